import Foundation
import JSONTree
import Keys
import TestSupport
import Testing
import Wire

@testable import Push

struct PushKeyTests {
    @Test("However many daemons begin at once, there is one key, and it stays")
    func one() async throws {
        try await withCommunity { home in
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 { group.addTask { try await PushKey.ensure(on: home.database).text } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(texts.count == 1)
            #expect(try await PushKey.ensure(on: home.database).text == texts.first)
        }
    }

    @Test("A token is opened with the key and for the row that it was sealed for, and nothing else")
    func sealing() throws {
        let pair = try P256KeyPair.generate()
        let key = try PushKey(pem: try pair.pem)
        let sealed = try key.seal("a token", of: 7)
        #expect(key.open(sealed, of: 7) == "a token")
        #expect(try PushKey(pem: try pair.pem).open(sealed, of: 7) == "a token")
        #expect(key.open(sealed, of: 8) == nil)
        #expect(key.open(Array(sealed.dropLast()), of: 7) == nil)
        #expect(key.open([], of: 7) == nil)
        #expect(try PushKey(pem: try P256KeyPair.generate().pem).open(sealed, of: 7) == nil)
        #expect(try key.seal("a token", of: 7) != sealed)
    }

    @Test("A statement is for the origin of one endpoint and lapses within a day (RFC 8292 section 2)")
    func statement() throws {
        let key = try PushKey(pem: try P256KeyPair.generate().pem)
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let statement = try key.statement(
            to: try uri("https://push.example:8443/secret/place?x=1"), contact: "mailto:postmaster@a.example", now: now)
        let parts = statement.split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        let claims = try json(String(decoding: try #require(Base64.decode(parts[1].utf8, as: .urlSafe)), as: UTF8.self))
        #expect(
            claims == [
                "aud": "https://push.example:8443", "exp": .int(1_800_000_000 + 12 * 3600),
                "sub": "mailto:postmaster@a.example",
            ])
        #expect(Base64.decode(parts[2].utf8, as: .urlSafe)?.count == 64)
    }
}
