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
    private func withRoutes(_ body: (TestCommunity, [Route]) async throws -> Void) async throws {
        try await withFederation(at: "https://a.example") { federation in
            let home = federation.home
            let routes = ActorRoutes(
                database: home.database, community: home.community,
                actors: LocalActors(database: home.database, community: home.community),
                posts: PublishedPosts(database: home.database, community: home.community),
                gate: federation.gate()
            ) { .page("page of \($0.handle.name)") }.routes
            try await body(home, routes)
        }
    }

    private let server = [(name: "accept", value: "application/activity+json")]

    @Test("The same address gives a document to servers and a page to people")
    func negotiates() async throws {
        try await withRoutes { home, routes in
            _ = try await home.mentor("noor")
            for target in ["/users/noor", "/@noor", "/actor"] {
                let document = await routes.answer("GET", target, fields: server)
                #expect(document.status == 200)
                #expect(document.field("content-type") == "application/activity+json; charset=utf-8")
                #expect(document.field("vary")?.contains("Accept") == true)
                let page = await routes.answer("GET", target, fields: [("accept", "text/html")])
                #expect(page.field("content-type") == "text/html; charset=utf-8")
            }
        }
    }

    @Test("Another server reads our actor with its keys and its profile")
    func isReadable() async throws {
        try await withRoutes { home, routes in
            let noor = try await home.mentor("noor").actor
            let answer = await routes.answer("GET", "/users/noor", fields: server)
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
        try await withRoutes { home, routes in
            var draft = ProfileDraft.open
            draft.isPublished = false
            _ = try await home.person("noor", profile: draft)
            let answer = await routes.answer("GET", "/users/noor", fields: server)
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
        try await withRoutes { home, routes in
            _ = try await home.mentor("noor")
            _ = try await home.neighbour("eli")
            #expect(await routes.answer("GET", target, fields: server).status == 404)
        }
    }
}
