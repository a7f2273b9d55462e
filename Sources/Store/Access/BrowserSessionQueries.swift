package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    package func insertBrowserSession(hash: [UInt8], account: ActorID) async throws {
        _ = try await execute(
            "insert into browser_sessions (hash, account_id) values (\(hash), \(account))")
    }

    /// Who is signed in by a session that was used within the last 30 days and began within the last year.
    package func browserSessionAccount(hash: [UInt8]) async throws -> Account? {
        let found = try await row(
            """
            select \(Account.columns), used_at < now() - interval '1 hour' as is_stale
            from browser_sessions join (\(Account.source)) on accounts.actor_id = browser_sessions.account_id
            where hash = \(hash) and used_at > now() - interval '30 days'
                and browser_sessions.created_at > now() - interval '1 year'
            """)
        guard let found else { return nil }
        if try found.get("is_stale", as: Bool.self) {
            _ = try await execute("update browser_sessions set used_at = now() where hash = \(hash)")
        }
        return try Account(found)
    }

    package func deleteBrowserSession(hash: [UInt8]) async throws {
        _ = try await execute("delete from browser_sessions where hash = \(hash)")
    }

    package func forgetOldBrowserSessions() async throws {
        _ = try await execute("delete from browser_sessions where used_at < now() - interval '31 days'")
    }
}
