import ActivityStreams
import Federation
import FederationAPI
import Foundation
import JSONTree
import Mentoring
import Social
import Store
import TestSupport
import Testing
import WebServer
import Wire

struct ActorRoutesTests {
    private func routes(_ federation: TestFederation) -> [Route] {
        ActorRoutes(
            database: federation.home.database, community: federation.community,
            actors: LocalActors(database: federation.home.database, community: federation.community),
            gate: federation.gate()
        ) { .page("page of \($0.handle.name)") }.routes
    }

    private let server = [(name: "accept", value: "application/activity+json")]

    @Test("The same address gives a document to servers and a page to people")
    func negotiates() async throws {
        try await withFederation(at: "https://a.example") { federation in
            let home = federation.home
            _ = try await home.mentor("noor")
            for target in ["/users/noor", "/@noor", "/actor"] {
                let document = await routes(federation).answer("GET", target, fields: server)
                #expect(document.status == 200)
                #expect(document.field("content-type") == "application/activity+json; charset=utf-8")
                #expect(document.field("vary")?.contains("Accept") == true)
                let page = await routes(federation).answer("GET", target, fields: [("accept", "text/html")])
                #expect(page.field("content-type") == "text/html; charset=utf-8")
            }
        }
    }

    @Test("Another server reads our actor with its keys and its profile")
    func isReadable() async throws {
        try await withFederation(at: "https://a.example") { federation in
            let home = federation.home
            let noor = try await home.mentor("noor").actor
            let answer = await routes(federation).answer("GET", "/users/noor", fields: server)
            let document = try #require(ActorDocument(try json(answer.text)))
            #expect(document.id == noor.uri)
            #expect(document.kind == .person)
            #expect(document.inbox == noor.inbox)
            #expect(document.sharedInbox?.string == "https://a.example/inbox")
            #expect(document.keys.map(\.id.string) == ["https://a.example/users/noor#main-key"])
            #expect(document.speaksMentoring)
            #expect(document.mentor?.expertise == ["sql"])
            #expect(document.mentor?.offers.count == 3)
            for secret in ["PRIVATE", "mail.example"] { #expect(!answer.text.contains(secret)) }
        }
    }

    @Test("A profile that is not published is in no document")
    func unpublished() async throws {
        try await withFederation(at: "https://a.example") { federation in
            let home = federation.home
            var draft = ProfileDraft.open
            draft.isPublished = false
            _ = try await home.person("noor", profile: draft)
            let answer = await routes(federation).answer("GET", "/users/noor", fields: server)
            #expect(try #require(ActorDocument(try json(answer.text))).mentor == nil)
            #expect(!answer.text.contains("I help with SQL"))
        }
    }

    @Test(
        "Whom we do not have is 404 in every form",
        arguments: [
            "/users/nobody", "/users/NOOR", "/users/noor%00", "/users/a.example", "/users/eli", "/@nobody",
            "/users/nobody/outbox",
            "/users/nobody/followers", "/users/..%2Factor",
        ])
    func unknown(target: String) async throws {
        try await withFederation(at: "https://a.example") { federation in
            let home = federation.home
            _ = try await home.mentor("noor")
            _ = try await home.neighbour("eli")
            #expect(await routes(federation).answer("GET", target, fields: server).status == 404)
        }
    }

    @Test("The outbox shows what is public, page by page, and says where it goes on")
    func outbox() async throws {
        try await withFederation(at: "https://a.example") { federation in
            let home = federation.home
            let noor = try await home.mentor("noor").actor
            for number in 0..<45 {
                _ = try await home.database.insertActivity(
                    uri: home.community.addresses.activity(UUID()), actor: noor.id, kind: "Create", audience: [],
                    isPublic: number % 9 != 0, body: #"{"number":\#(number)}"#)
            }
            let outbox = try json(await routes(federation).answer("GET", "/users/noor/outbox").text)
            #expect(outbox["type"] == "OrderedCollection")
            #expect(outbox["totalItems"] == 40)
            var numbers: [Int] = []
            var next = outbox["first"]?.string
            var pages = 0
            while let address = next {
                let target = address.replacing("https://a.example", with: "")
                let page = try json(await routes(federation).answer("GET", target).text)
                #expect(page["id"]?.string == address)
                #expect(page["partOf"]?.string == "https://a.example/users/noor/outbox")
                numbers += (page["orderedItems"]?.array ?? []).compactMap { $0["number"]?.int }
                next = page["next"]?.string
                pages += 1
            }
            #expect(numbers == (0..<45).filter { $0 % 9 != 0 }.reversed())
            #expect(pages == 3)
        }
    }

    @Test("Who follows whom is nobody's business", arguments: ["followers", "following"])
    func collections(name: String) async throws {
        try await withFederation(at: "https://a.example") { federation in
            let home = federation.home
            _ = try await home.mentor("noor")
            let answer = await routes(federation).answer("GET", "/users/noor/\(name)")
            let document = try json(answer.text)
            #expect(document["type"] == "OrderedCollection")
            #expect(document["totalItems"] == 0)
            #expect(document["orderedItems"] == nil)
            #expect(document["id"]?.string == "https://a.example/users/noor/\(name)")
        }
    }
}
