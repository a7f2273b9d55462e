import Foundation
import Social
import Store
import TestSupport
import Testing
import Wire

struct KeyQueriesTests {
    private func key(_ text: String, of actor: Actor, _ algorithm: StoredKey.Algorithm = .rsa, pem: String = "PEM")
        throws -> StoredKey
    {
        StoredKey(
            uri: try uri(text), actor: actor.id, algorithm: algorithm, publicPEM: pem, privatePEM: nil,
            fetchedAt: Date())
    }

    @Test func keepsOnlyTheGivenKeys() async throws {
        try await withCommunity { home in
            let noor = try await home.neighbour("noor")
            let (one, two) = ("https://b.example/users/noor#one", "https://b.example/users/noor#two")
            try await home.database.replaceKeys(
                of: noor.id, with: [try key(one, of: noor), try key(two, of: noor, .ed25519)])
            #expect(try await home.database.keys(of: noor.id).map(\.uri.string) == [two, one])
            try await home.database.replaceKeys(of: noor.id, with: [try key(one, of: noor, pem: "NEW")])
            let kept = try await home.database.keys(of: noor.id)
            #expect(kept.map(\.uri.string) == [one])
            #expect(kept.map(\.publicPEM) == ["NEW"])
            #expect(try await home.database.key(try uri(two)) == nil)
            try await home.database.replaceKeys(of: noor.id, with: [])
            #expect(try await home.count(.actorKeys) == 0)
        }
    }

    @Test("Nobody takes over the key id of another (A08)")
    func refusesTheKeyOfAnother() async throws {
        try await withCommunity { home in
            let (noor, eve) = (try await home.neighbour("noor"), try await home.neighbour("eve", at: "e.example"))
            let id = "https://b.example/users/noor#main-key"
            try await home.database.replaceKeys(of: noor.id, with: [try key(id, of: noor, pem: "NOOR")])
            try await home.database.replaceKeys(of: eve.id, with: [try key(id, of: eve, pem: "EVE")])
            let stored = try #require(try await home.database.key(try uri(id)))
            #expect(stored.actor == noor.id)
            #expect(stored.publicPEM == "NOOR")
            #expect(try await home.database.keys(of: eve.id).isEmpty)
        }
    }
}
