package import PostgreSQL
import Social
package import Wire

/// What a password is compared with.
package struct Credentials: Sendable {
    package let account: ActorID
    package let passwordHash: String
}

extension Queryable {
    /// The account with a username or an e-mail address, given in lower case, that can sign in.
    package func credentials(signingInAs name: String) async throws -> Credentials? {
        let username = name.hasPrefix("@") ? String(name.dropFirst()) : name
        return try await row(
            """
            select actor_id, password_hash from \(Account.source)
            where (lower(email) = \(name) or (username = \(username) and domain is null)) and gone_at is null
            """
        ).map { Credentials(account: try $0.get("actor_id"), passwordHash: try $0.get("password_hash")) }
    }

    package func setPassword(_ hash: String, of account: ActorID) async throws {
        _ = try await execute("update accounts set password_hash = \(hash) where actor_id = \(account)")
    }

    /// Ends every token, code and browser session of an account.
    package func endAllAccess(of account: ActorID) async throws {
        _ = try await execute("delete from tokens where actor_id = \(account)")
        _ = try await execute("delete from authorization_codes where account_id = \(account)")
        _ = try await execute("delete from browser_sessions where account_id = \(account)")
    }
}
