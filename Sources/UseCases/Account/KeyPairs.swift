import Foundation
import Keys
import Social
import Store
import Wire

/// The two key pairs of every actor of this community: RSA-2048, which every server can check, and Ed25519 beside it.
enum KeyPairs {
    static func generate(for actor: URI, id: ActorID, at addresses: Addresses) throws -> [StoredKey] {
        try [
            (KeyAlgorithm.rsa, StoredKey.Algorithm.rsa, addresses.mainKey(of: actor)),
            (.ed25519, .ed25519, addresses.ed25519Key(of: actor)),
        ].map { algorithm, stored, uri in
            let key = try PrivateKey.generate(algorithm)
            return StoredKey(
                uri: uri, actor: id, algorithm: stored, publicPEM: key.publicKey.spkiPEM, privatePEM: try key.pem,
                fetchedAt: Date())
        }
    }
}
