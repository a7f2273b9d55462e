package import PostgreSQL
import Social
package import Wire

extension Queryable {
    /// Waits for whoever publishes with the same key at this moment; the post that a key stands for, nil for a new key.
    package func claimIdempotencyKey(_ key: String, of account: ActorID) async throws -> PostID? {
        _ = try await row(
            "select pg_advisory_xact_lock(hashtextextended(\("publish \(account.rawValue) \(key)"), 0))")
        return try await row(
            """
            select post_id from idempotency_keys
            where account_id = \(account) and key = \(key) and created_at > now() - interval '1 hour'
            """
        ).map { try $0.get("post_id") }
    }

    package func saveIdempotencyKey(_ key: String, of account: ActorID, for post: PostID) async throws {
        _ = try await execute(
            """
            insert into idempotency_keys (account_id, key, post_id) values (\(account), \(key), \(post))
            on conflict (account_id, key) do update set post_id = excluded.post_id, created_at = now()
            """)
    }

    package func forgetOldIdempotencyKeys() async throws {
        _ = try await execute("delete from idempotency_keys where created_at < now() - interval '2 hours'")
    }
}
