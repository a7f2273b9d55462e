import Foundation
import Keys
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

struct OpenAccountTests {
    private func open(_ home: TestCommunity, _ name: String = "mika", email: String = "mika@mail.example") async throws
        -> Account
    {
        let draft = try AccountDraft(username: name, name: " Mika ", email: email, password: "correct horse battery")
        return try await OpenAccount(
            database: home.database, community: home.community, hasher: PasswordHasher())(draft)
    }

    @Test("An account has an actor at our addresses and two key pairs that fit")
    func opens() async throws {
        try await withCommunity { home in
            let account = try await open(home)
            #expect(account.actor.uri.string == "https://a.example/users/mika")
            #expect(account.actor.inbox.string == "https://a.example/users/mika/inbox")
            #expect(account.actor.name == "Mika")
            #expect(account.actor.handle.description == "mika@a.example")
            let keys = try await home.database.keys(of: account.actor.id)
            #expect(
                keys.map(\.uri.string) == [
                    "https://a.example/users/mika#ed25519-key", "https://a.example/users/mika#main-key",
                ])
            for stored in keys {
                let pair = try PrivateKey(pem: try #require(stored.privatePEM))
                #expect(pair.publicKey == (try PublicKey(pem: stored.publicPEM)))
                #expect(pair.algorithm == (stored.algorithm == .rsa ? .rsa : .ed25519))
            }
            let row = try await home.database.row("select password_hash from accounts")
            let hash: String = try #require(row).get("password_hash")
            #expect(!hash.contains("horse"))
        }
    }

    @Test(
        "What is taken is named, and nothing is left behind",
        arguments: [
            (name: "mika", email: "other@mail.example", field: "username"),
            (name: "zed", email: "MIKA@mail.example", field: "email"),
        ])
    func namesWhatIsTaken(name: String, email: String, field: String) async throws {
        try await withCommunity { home in
            _ = try await open(home)
            let error = await #expect(throws: InvalidFields.self) { try await open(home, name, email: email) }
            #expect(error?.errors.map(\.field) == [field])
            #expect(try await home.count(.actors) == 1)
            #expect(try await home.count(.actorKeys) == 2)
        }
    }

    @Test("The community's own actor is made once")
    func instanceActor() async throws {
        try await withCommunity { home in
            let ensure = EnsureInstanceActor(database: home.database, community: home.community)
            let first = try await ensure()
            let keys = try await home.database.keys(of: first.id).map(\.publicPEM)
            #expect(try await ensure() == first)
            #expect(try await home.database.keys(of: first.id).map(\.publicPEM) == keys)
            #expect(first.kind == .application)
            #expect(first.uri.string == "https://a.example/actor")
        }
    }

    @Test("A person cannot take the name of the community's own actor")
    func hostIsNoUsername() async throws {
        try await withCommunity { home in
            let instance = try await EnsureInstanceActor(database: home.database, community: home.community)()
            #expect(Username(instance.handle.name) == nil)
        }
    }
}

struct TokensTests {
    @Test func findsTheHolder() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            let tokens = Tokens(database: home.database)
            let token = try await tokens.issue(name: "phone", scopes: [.read], to: mika)
            let grant = try #require(try await tokens.grant(of: token))
            #expect(grant.account == mika)
            #expect(grant.scopes == [.read])
            let row = try await home.database.row("select count(*) as n from tokens where hash = \(Array(token.utf8))")
            #expect(try #require(row).get("n") == 0)
        }
    }

    @Test("A new token of the same name ends the old one; other names stay")
    func replacesByName() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            let tokens = Tokens(database: home.database)
            let (old, other) = (
                try await tokens.issue(name: "phone", scopes: [.read], to: mika),
                try await tokens.issue(name: "laptop", scopes: [.read], to: mika)
            )
            let new = try await tokens.issue(name: "phone", scopes: [.write], to: mika)
            #expect(Set([old, other, new]).count == 3)
            #expect(try await tokens.grant(of: old) == nil)
            #expect(try await tokens.grant(of: other) != nil)
            #expect(try await tokens.grant(of: new)?.scopes == [.write])
        }
    }

    @Test(arguments: [
        "", "x", "'; select 1", String(repeating: "a", count: 43), String(repeating: "a", count: 100_000),
    ])
    func knowsNobody(token: String) async throws {
        try await withCommunity { home in
            let grant = try await Tokens(database: home.database).grant(of: token)
            #expect(grant == nil)
        }
    }
}
