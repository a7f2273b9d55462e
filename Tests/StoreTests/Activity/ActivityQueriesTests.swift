import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct ActivityQueriesTests {
    @Test("The bytes of an activity are kept as they are")
    func keepsBytes() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            let noor = try uri("https://b.example/users/noor")
            let address = home.community.addresses.activity(UUID())
            let body = #"{"b": 1,  "a":"\u00e9 é 'quoted' \\"}"#
            let id = try await home.database.insertActivity(
                uri: address, actor: mika.actor.id, kind: "Invite", audience: [noor], isPublic: false, body: body)
            let stored = try #require(try await home.database.activity(id: id))
            #expect(Array(stored.body.utf8) == Array(body.utf8))
            #expect(stored.audience == [noor.string])
            #expect(stored.kind == "Invite")
            #expect(stored.actor == mika.actor.id)
            #expect(stored.isPublic == false)
            #expect(try await home.database.activity(uri: address)?.id == id)
            await #expect(throws: PostgresError.self) {
                try await home.database.insertActivity(
                    uri: address, actor: mika.actor.id, kind: "", audience: [], isPublic: true, body: "")
            }
        }
    }

    @Test("Of many at once, one alone is the first to receive an activity")
    func receivesOnce() async throws {
        try await withCommunity(poolSize: 8) { home in
            let noor = try await home.neighbour("noor")
            let activity = try uri("https://b.example/activities/1")
            let firsts = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await home.database.markReceived(activity, from: noor.id) }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(firsts == 1)
        }
    }

    @Test("Tombstones and receipts are forgotten when they are old, not before")
    func forgets() async throws {
        try await withCommunity { home in
            let database = home.database
            let noor = try await home.neighbour("noor")
            let (old, new) = (try uri("https://b.example/old"), try uri("https://b.example/new"))
            for address in [old, new] {
                try await database.insertTombstone(address)
                try await database.insertTombstone(address)
                #expect(try await database.markReceived(address, from: noor.id))
            }
            try await database.execute(
                "update tombstones set created_at = now() - interval '91 days' where uri = \(old)")
            try await database.execute(
                "update tombstones set created_at = now() - interval '89 days' where uri = \(new)")
            try await database.execute(
                "update received_activities set received_at = now() - interval '31 days' where uri = \(old)")
            try await database.execute(
                "update received_activities set received_at = now() - interval '29 days' where uri = \(new)")
            try await database.forgetOldReceipts()
            #expect(try await database.isTombstone(old) == false)
            #expect(try await database.isTombstone(new))
            #expect(try await database.markReceived(old, from: noor.id))
            #expect(try await database.markReceived(new, from: noor.id) == false)
        }
    }
}
