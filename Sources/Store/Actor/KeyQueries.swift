package import Foundation
package import PostgreSQL
package import Social
package import Wire

/// A key of an actor as stored; the private half only for our own.
package struct StoredKey: Sendable {
    package enum Algorithm: String, Sendable { case rsa, ed25519 }

    package let uri: URI
    package let actor: ActorID
    package let algorithm: Algorithm
    package let publicPEM: String
    package let privatePEM: String?
    package let fetchedAt: Date

    package init(
        uri: URI, actor: ActorID, algorithm: Algorithm, publicPEM: String, privatePEM: String?, fetchedAt: Date
    ) {
        self.uri = uri
        self.actor = actor
        self.algorithm = algorithm
        self.publicPEM = publicPEM
        self.privatePEM = privatePEM
        self.fetchedAt = fetchedAt
    }
}

extension Queryable {
    package func key(_ uri: URI) async throws -> StoredKey? {
        try await row("select \(StoredKey.columns) from actor_keys where uri = \(uri)").map(StoredKey.init)
    }

    /// A key with its owner.
    package func keyWithOwner(_ uri: URI) async throws -> (key: StoredKey, owner: Actor)? {
        try await row(
            """
            select \(Actor.columns), actor_id, algorithm, public_pem, private_pem, actor_keys.uri as key_uri,
                actor_keys.fetched_at as key_fetched_at
            from actor_keys join actors on actors.id = actor_id where actor_keys.uri = \(uri)
            """
        ).map {
            let key = StoredKey(
                uri: try $0.get("key_uri"), actor: try $0.get("actor_id"), algorithm: try $0.get("algorithm"),
                publicPEM: try $0.get("public_pem"), privatePEM: try $0.get("private_pem"),
                fetchedAt: try $0.get("key_fetched_at"))
            return (key, try Actor($0))
        }
    }

    package func keys(of actor: ActorID) async throws -> [StoredKey] {
        try await rows("select \(StoredKey.columns) from actor_keys where actor_id = \(actor) order by algorithm")
            .map(StoredKey.init)
    }

    /// Makes the given keys the only ones of an actor.
    package func replaceKeys(of actor: ActorID, with keys: [StoredKey]) async throws {
        _ = try await execute(
            "delete from actor_keys where actor_id = \(actor) and uri <> all(\(keys.map(\.uri.string))::text[])")
        for key in keys {
            _ = try await execute(
                """
                insert into actor_keys (uri, actor_id, algorithm, public_pem, private_pem)
                values (\(key.uri), \(actor), \(key.algorithm), \(key.publicPEM), \(key.privatePEM))
                on conflict (uri) do update set algorithm = excluded.algorithm, public_pem = excluded.public_pem,
                    private_pem = excluded.private_pem, fetched_at = now()
                where actor_keys.actor_id = excluded.actor_id
                """)
        }
    }
}

extension StoredKey {
    static let columns: SQL = "uri, actor_id, algorithm, public_pem, private_pem, fetched_at"

    init(_ row: Row) throws {
        self.init(
            uri: try row.get("uri"), actor: try row.get("actor_id"), algorithm: try row.get("algorithm"),
            publicPEM: try row.get("public_pem"), privatePEM: try row.get("private_pem"),
            fetchedAt: try row.get("fetched_at"))
    }
}
