import Foundation
import Keys
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct ReceptionQueriesTests {
    @Test("The first word of an activity tells its sender, key and host as they stand")
    func tellsOnce() async throws {
        try await withCommunity { home in
            let database = home.database
            let noor = try await home.neighbour("noor")
            let (activity, key) = (try uri("https://b.example/activities/1"), try uri("\(noor.uri)#key"))
            try await database.replaceKeys(
                of: noor.id,
                with: [
                    StoredKey(
                        uri: key, actor: noor.id, algorithm: .rsa, publicPEM: "PEM", privatePEM: nil, fetchedAt: Date())
                ])
            let first = try #require(
                try await database.receive(activity, from: noor.id, at: "b.example", signedWith: key))
            #expect(first.sender == noor)
            #expect(first.isNew)
            #expect(first.publicPEM == "PEM")
            #expect(!first.isHostKnown)
            try await database.rememberHost("b.example")
            let second = try #require(
                try await database.receive(activity, from: noor.id, at: "b.example", signedWith: key))
            #expect(!second.isNew)
            #expect(second.isHostKnown)
            let found = try #require(try await database.keyWithOwner(key))
            #expect(found.owner == noor)
            #expect(found.key.uri == key)
        }
    }

    @Test("A key of another, and an actor whom nobody knows, prove nothing")
    func provesNothing() async throws {
        try await withCommunity { home in
            let database = home.database
            let (noor, eve) = (try await home.neighbour("noor"), try await home.neighbour("eve"))
            let (activity, key) = (try uri("https://b.example/activities/1"), try uri("\(noor.uri)#key"))
            try await database.replaceKeys(
                of: noor.id,
                with: [
                    StoredKey(
                        uri: key, actor: noor.id, algorithm: .rsa, publicPEM: "PEM", privatePEM: nil, fetchedAt: Date())
                ])
            let reception = try await database.receive(activity, from: eve.id, at: "b.example", signedWith: key)
            #expect(try #require(reception).publicPEM == nil)
            let nobody = try await database.receive(
                activity, from: ActorID(rawValue: 1), at: "b.example", signedWith: key)
            #expect(nobody == nil)
        }
    }
}
