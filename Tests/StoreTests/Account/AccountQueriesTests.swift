import Foundation
import Social
import Store
import TestSupport
import Testing
import Wire

struct AccountQueriesTests {
    @Test func keepsAnAccount() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            #expect(try await home.database.account(try username("mika")) == mika)
            #expect(mika.email == "mika@mail.example")
            #expect(mika.role == .member)
            _ = try await home.person("noor")
            #expect(try await home.database.accounts().map(\.actor.handle.name) == ["mika", "noor"])
            #expect(try await home.database.accountCount() == 2)
        }
    }

    @Test("Neither remote actors nor the community's own are accounts")
    func onlyPeopleOfOurs() async throws {
        try await withCommunity { home in
            let (noor, instance) = (try await home.neighbour("noor"), try await home.instanceActor())
            #expect(try await home.database.account(id: noor.id) == nil)
            #expect(try await home.database.account(id: instance.id) == nil)
            #expect(try await home.database.account(try username("noor")) == nil)
            #expect(try await home.database.accountCount() == 0)
        }
    }

    @Test(arguments: ["mika@mail.example", "MIKA@Mail.example"])
    func takesAnAddressOnce(email: String) async throws {
        try await withCommunity { home in
            _ = try await home.person("mika")
            let zed = try await home.instanceActor()
            #expect(
                try await home.database.insertAccount(zed.id, email: email, passwordHash: "", role: .member) == false)
        }
    }

    @Test("A token is found by its hash alone, and forgotten by its name")
    func tokens() async throws {
        try await withCommunity { home in
            let (mika, noor) = (try await home.person("mika"), try await home.person("noor"))
            let (one, two, three): ([UInt8], [UInt8], [UInt8]) = ([1, 0, 255], [2], [3])
            let id = mika.actor.id
            try await home.database.insertToken(hash: one, name: "phone", scopes: [.read], account: id)
            try await home.database.insertToken(hash: two, name: "laptop", scopes: [.read, .write], account: id)
            try await home.database.insertToken(hash: three, name: "phone", scopes: [.read], account: noor.actor.id)
            let grant = try #require(try await home.database.tokenGrant(hash: one))
            #expect(grant.account == mika)
            #expect(grant.scopes == [.read])
            try await home.database.deleteTokens(named: "phone", account: id)
            #expect(try await home.database.tokenGrant(hash: one) == nil)
            #expect(try await home.database.tokenGrant(hash: two)?.scopes == [.read, .write])
            #expect(try await home.database.tokenGrant(hash: three)?.account == noor)
            #expect(try await home.database.tokenGrant(hash: []) == nil)
        }
    }
}
