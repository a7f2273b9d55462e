import Foundation
import JSONTree
package import Keys
package import PostgreSQL
import Store
import Wire

/// The key by which services that carry messages to programs know this community (RFC 8292). Programs hold their
/// subscriptions against its public half, so there is one for all daemons and it stays for ever.
package struct PushKey: Sendable {
    private let pair: P256KeyPair
    private let sealing: [UInt8]

    /// Reads the key; the first who comes makes it.
    package static func ensure(on database: Pool) async throws -> PushKey {
        if let kept = try await database.pushKey() { return try PushKey(pem: kept) }
        return try PushKey(pem: try await database.pushKey(orKeep: try P256KeyPair.generate().pem))
    }

    package init(pem: String) throws(KeyError) {
        pair = try P256KeyPair(pem: pem)
        sealing = HKDF.expand(
            HKDF.extract(salt: [], secret: Array(pem.utf8)), info: Array("mentord tokens of push subscriptions".utf8),
            length: AES128GCM.keyLength)
    }

    /// The public half as programs know it.
    package var text: String { Base64.encode(pair.publicKey.point, as: .urlSafe) }

    /// A statement to the owner of an endpoint, and to nobody else, that this community sends (RFC 8292 section 2).
    ///
    /// - Parameter contact: where the owner can complain, as a URI.
    func statement(to endpoint: URI, contact: String, now: Date) throws -> String {
        let claims: JSON = [
            "aud": .string(endpoint.origin.description),
            "exp": .int(Int(exactly: (now.timeIntervalSince1970 + Self.lifetime).rounded()) ?? 0),
            "sub": .string(contact),
        ]
        let header: JSON = ["typ": "JWT", "alg": "ES256"]
        let signed = [header, claims].map { Base64.encode($0.serialized(), as: .urlSafe) }.joined(separator: ".")
        return "\(signed).\(Base64.encode(try pair.sign(signed.utf8), as: .urlSafe))"
    }

    /// In seconds; more than a day is refused.
    private static let lifetime: TimeInterval = 12 * 3600
}

/// A program finds out by its own token for which of its accounts a message is, so that the token must be in each one
/// (in the encrypted part, which no service reads), though tokens are otherwise kept as hashes alone.
///
/// So the token of a program that subscribes, and of no other, is kept, encrypted with a key that comes from the push
/// key. This protects it where a single table or statement becomes known. Who has all of the database has the push key,
/// too, and with it the tokens of those programs: as they have the keys with which this community's people sign. The
/// token goes away with the subscription, and the subscription with the token.
extension PushKey {
    /// - Parameter id: of the token's row; opened with another one it is nothing.
    func seal(_ token: String, of id: Int64) throws(KeyError) -> [UInt8] {
        let nonce = SecureRandom.bytes(AES128GCM.nonceLength)
        return nonce + (try AES128GCM.seal(Array(token.utf8), key: sealing, nonce: nonce, context: Self.context(id)))
    }

    /// Nil where it was sealed for another row, or with another key.
    func open(_ sealed: [UInt8], of id: Int64) -> String? {
        AES128GCM.open(
            Array(sealed.dropFirst(AES128GCM.nonceLength)), key: sealing,
            nonce: Array(sealed.prefix(AES128GCM.nonceLength)), context: Self.context(id)
        ).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func context(_ id: Int64) -> [UInt8] { Array("token \(id)".utf8) }
}
