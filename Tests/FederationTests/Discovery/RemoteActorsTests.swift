import ActivityStreams
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Federation

struct RemoteActorsTests {
    @Test("An actor is fetched once a day, by address or by handle, and signed for")
    func freshness() async throws {
        try await withFederation { federation in
            let database = federation.home.database
            let peer = try await TestPeer.start()
            let noor = try peer.person("noor")
            let handle = try handle("noor@\(peer.origin.authority)")
            let first = try await federation.remoteActors.actor(handle, on: database)
            #expect(first.uri == noor.uri)
            #expect(first.speaksMentoring)
            for _ in 0..<3 {
                #expect(try await federation.remoteActors.actor(handle, on: database) == first)
                #expect(try await federation.remoteActors.actor(noor.uri, on: database) == first)
            }
            let request = try #require(peer.requests("/users/noor").first)
            #expect(peer.requests("/users/noor").count == 1)
            #expect(request.field("accept")?.contains("application/activity+json") == true)
            #expect(
                request.field("signature")?.contains("keyId=\"\(federation.community.origin)/actor#main-key\"") == true)

            try await database.execute(
                "update actors set fetched_at = now() - interval '25 hours' where id = \(first.id)")
            #expect(try await federation.remoteActors.actor(noor.uri, on: database).id == first.id)
            #expect(peer.requests("/users/noor").count == 2)
        }
    }

    @Test(
        "What a server answers is told apart",
        arguments: [
            (404, RemoteActors.Failure.notFound), (410, .gone), (403, .notFound), (500, .unreachable),
            (429, .unreachable),
        ])
    func failures(status: Int, failure: RemoteActors.Failure) async throws {
        try await withFederation { federation in
            let peer = try await TestPeer.start()
            peer.answer(.init(status), at: "/users/x")
            let address = try peer.address("/users/x")
            await #expect(throws: failure) {
                try await federation.remoteActors.actor(address, on: federation.home.database)
            }
        }
    }

    @Test("What is no actor of its own address is unusable")
    func unusable() async throws {
        try await withFederation { federation in
            let (peer, other) = (try await TestPeer.start(), try await TestPeer.start("e"))
            let noor = try peer.person("noor")
            let eve = try other.person("eve")
            peer.serve(noor.document.json, at: "/page", as: "text/html")
            peer.serve(noor.document.json, at: "/json", as: "application/json")
            peer.serve(eve.document.json, at: "/foreign")
            peer.serve(["id": .string("\(peer.origin)/note"), "type": "Note"], at: "/note")
            peer.serve(["type": "Person"], at: "/nameless")
            peer.answer(
                .init(200, fields: [("content-type", "application/activity+json")], body: Array("{".utf8)),
                at: "/broken")
            peer.answer(.init(302, fields: [("location", eve.uri.string)]), at: "/elsewhere")
            for target in ["/page", "/json", "/foreign", "/note", "/nameless", "/broken", "/elsewhere"] {
                let address = try peer.address(target)
                await #expect(throws: RemoteActors.Failure.unusable, "\(target)") {
                    try await federation.remoteActors.actor(address, on: federation.home.database)
                }
            }
            #expect(try await federation.home.count(.actors) == 1)
        }
    }

    @Test("An alias at the same origin leads to the actor's own address")
    func alias() async throws {
        try await withFederation { federation in
            let peer = try await TestPeer.start()
            let noor = try peer.person("noor")
            peer.serve(noor.document.json, at: "/@noor")
            let actor = try await federation.remoteActors.actor(
                try peer.address("/@noor"), on: federation.home.database)
            #expect(actor.uri == noor.uri)
            #expect(peer.requests("/users/noor").count == 1)
        }
    }

    @Test("The handle shown is another host's only if that host confirms it (B12)")
    func claimedHandle() async throws {
        try await withFederation { federation in
            let (peer, other) = (try await TestPeer.start(), try await TestPeer.start("short"))
            let noor = try peer.person("noor")
            var document = noor.document
            document.webfinger = "noor@\(other.origin.authority)"
            peer.serve(document.json, at: "/users/noor")
            let database = federation.home.database
            let denied = try await federation.remoteActors.actor(noor.uri, on: database)
            #expect(denied.handle == (try handle("noor@\(peer.origin.authority)")))

            other.serve(
                [
                    "subject": .string("acct:noor@\(other.origin.authority)"),
                    "links": [["rel": "self", "type": "application/activity+json", "href": .string(noor.uri.string)]],
                ],
                at: "/.well-known/webfinger?resource=acct:noor@\(other.origin.authority)", as: "application/jrd+json")
            try await database.execute("update actors set fetched_at = null where id = \(denied.id)")
            let confirmed = try await federation.remoteActors.actor(noor.uri, on: database)
            #expect(confirmed.id == denied.id)
            #expect(confirmed.handle == (try handle("noor@\(other.origin.authority)")))
        }
    }

    @Test("Nobody elsewhere gets a handle at our host (B11)")
    func ourHandles() async throws {
        try await withFederation { federation in
            let peer = try await TestPeer.start()
            let eve = try peer.person("eve")
            var document = eve.document
            document.webfinger = "noor@\(federation.community.domain)"
            peer.serve(document.json, at: "/users/eve")
            let actor = try await federation.remoteActors.actor(eve.uri, on: federation.home.database)
            #expect(actor.handle == (try handle("eve@\(peer.origin.authority)")))
            #expect(actor.isLocal == false)
        }
    }

    @Test("An unfit bio is cut, and does not keep the actor out")
    func longBio() async throws {
        try await withFederation { federation in
            let peer = try await TestPeer.start()
            let noor = try peer.person("noor")
            var document = noor.document.json.object ?? JSON.Object()
            document["summary"] = .string("<p>" + String(repeating: "e\u{301}\u{302}", count: 5000) + "</p>")
            document["mnt:mentorStatus"] = "open"
            document["mnt:acceptsRequestsFrom"] = "anyone"
            peer.serve(.object(document), at: "/users/noor")
            let actor = try await federation.remoteActors.actor(noor.uri, on: federation.home.database)
            #expect(actor.uri == noor.uri)
        }
    }
}
