import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct ActorQueriesTests {
    static func remote(_ name: String = "noor", host: String = "b.example") throws -> RemoteActor {
        RemoteActor(
            uri: try uri("https://\(host)/users/\(name)"), kind: .person, handle: try handle("\(name)@\(host)"),
            name: "Noor ✨", summary: "<p>Hi</p>", url: try uri("https://\(host)/@\(name)"),
            inbox: try uri("https://\(host)/users/\(name)/inbox"), sharedInbox: try uri("https://\(host)/inbox"),
            speaksMentoring: true)
    }

    @Test func keepsARemoteActor() async throws {
        try await withCommunity { home in
            let remote = try Self.remote()
            let id = try await home.database.save(remote)
            let actor = try #require(try await home.database.actor(uri: remote.uri))
            #expect(actor.id == id)
            #expect(actor == (try await home.database.actor(id: id)))
            #expect(actor.handle == remote.handle)
            #expect(actor.isLocal == false)
            #expect(actor.name == remote.name)
            #expect(actor.summary == remote.summary)
            #expect(actor.url == remote.url)
            #expect(actor.inbox == remote.inbox)
            #expect(actor.sharedInbox == remote.sharedInbox)
            #expect(actor.speaksMentoring)
            #expect(actor.fetchedAt != nil)
        }
    }

    @Test("Fetching again refreshes everything but the id")
    func refreshes() async throws {
        try await withCommunity { home in
            var remote = try Self.remote()
            let id = try await home.database.save(remote)
            remote.kind = .service
            remote.name = ""
            remote.url = nil
            remote.sharedInbox = nil
            remote.speaksMentoring = false
            #expect(try await home.database.save(remote) == id)
            let actor = try #require(try await home.database.actor(id: id))
            #expect(actor.kind == .service)
            #expect(actor.displayName == "noor")
            #expect(actor.url == nil)
            #expect(actor.sharedInbox == nil)
            #expect(actor.speaksMentoring == false)
        }
    }

    @Test("A handle that went to another actor finds the one fetched last (B13)")
    func reboundHandle() async throws {
        try await withCommunity { home in
            let old = try await home.database.save(try Self.remote())
            var moved = try Self.remote()
            moved.uri = try uri("https://b.example/users/noor-new")
            let new = try await home.database.save(moved)
            #expect(old != new)
            #expect(try await home.database.remoteActor(moved.handle)?.id == new)
            try await home.database.execute("update actors set gone_at = now() where id = \(new)")
            #expect(try await home.database.remoteActor(moved.handle)?.id == old)
        }
    }

    @Test("Names of ours and of others never meet")
    func localNames() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            let namesake = try await home.neighbour("mika")
            #expect(try await home.database.localActor(try username("mika")) == mika.actor)
            #expect(mika.actor.isLocal)
            #expect(mika.actor.handle.description == "mika@a.example")
            #expect(try await home.database.remoteActor(try handle("mika@a.example")) == nil)
            #expect(try await home.database.remoteActor(namesake.handle) == namesake)
            let found = try await home.database.actors(ids: [mika.actor.id, namesake.id, ActorID(rawValue: 5)])
            #expect(found == [mika.actor.id: mika.actor, namesake.id: namesake])
            #expect(try await home.database.actors(ids: []).isEmpty)
        }
    }

    @Test func takesAUsernameOnce() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika").actor
            let second = try await home.database.insertLocalActor(
                uri: try uri("https://a.example/users/other"), kind: .person, username: "mika", name: "",
                url: mika.uri, inbox: mika.inbox, sharedInbox: mika.inbox)
            #expect(second == nil)
        }
    }

    @Test("An address that is too long is refused by the table, not cut")
    func tooLong() async throws {
        try await withCommunity { home in
            var remote = try Self.remote()
            remote.name = String(repeating: "x", count: 201)
            let error = await #expect(throws: PostgresError.self) { try await home.database.save(remote) }
            #expect(error?.state == .checkViolation)
        }
    }
}
