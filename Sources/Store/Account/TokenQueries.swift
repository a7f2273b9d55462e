package import PostgreSQL
package import Social
package import Wire

/// Who a bearer token speaks for and what it allows.
package struct TokenGrant: Sendable {
    package let account: Account
    package let scopes: Set<Scope>
}

extension Queryable {
    package func insertToken(hash: [UInt8], name: String, scopes: [Scope], account: ActorID) async throws {
        _ = try await execute(
            """
            insert into tokens (actor_id, hash, name, scopes)
            values (\(account), \(hash), \(name), \(scopes.map(\.rawValue)))
            """)
    }

    package func deleteTokens(named name: String, account: ActorID) async throws {
        _ = try await execute("delete from tokens where actor_id = \(account) and name = \(name)")
    }

    package func tokenGrant(hash: [UInt8]) async throws -> TokenGrant? {
        try await row(
            """
            select \(Account.columns), tokens.scopes
            from tokens join \(Account.source) on accounts.actor_id = tokens.actor_id
            where tokens.hash = \(hash)
            """
        ).map { row in
            let scopes: [String] = try row.get("scopes")
            return TokenGrant(account: try Account(row), scopes: Set(scopes.compactMap(Scope.init)))
        }
    }
}
