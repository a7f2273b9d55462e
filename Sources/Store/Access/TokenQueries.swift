package import PostgreSQL
package import Social
package import Wire

/// Whom a bearer token speaks for and what it allows.
package struct TokenGrant: Hashable, Sendable {
    package let id: Int64
    /// Nil for a token that an app has for itself.
    package let account: Account?
    /// Nil for a token that an operator made.
    package let app: Int64?
    package let scopes: Set<Scope>

    package init(id: Int64, account: Account?, app: Int64?, scopes: Set<Scope>) {
        self.id = id
        self.account = account
        self.app = app
        self.scopes = scopes
    }
}

extension Queryable {
    package func insertToken(
        hash: [UInt8], name: String, scopes: [Scope], account: ActorID?, app: Int64? = nil, code: [UInt8]? = nil
    ) async throws {
        _ = try await execute(
            """
            insert into tokens (actor_id, app_id, hash, name, scopes, code_hash)
            values (\(account), \(app), \(hash), \(name), \(scopes.map(\.rawValue)), \(code))
            """)
    }

    package func deleteTokens(named name: String, account: ActorID) async throws {
        _ = try await execute(
            "delete from tokens where actor_id = \(account) and name = \(name) and app_id is null")
    }

    /// Ends every token that was given for a code.
    package func deleteTokens(code: [UInt8]) async throws {
        _ = try await execute("delete from tokens where code_hash = \(code)")
    }

    package func deleteToken(_ id: Int64) async throws {
        _ = try await execute("delete from tokens where id = \(id)")
    }

    package func tokenGrant(hash: [UInt8]) async throws -> TokenGrant? {
        try await row(
            """
            select tokens.id as token_id, tokens.app_id, tokens.scopes, tokens.actor_id as holder, \(Account.columns)
            from tokens left join (\(Account.source)) on accounts.actor_id = tokens.actor_id
            where tokens.hash = \(hash)
            """
        ).map { row in
            let scopes: [String] = try row.get("scopes")
            let holder: Int64? = try row.get("holder")
            return TokenGrant(
                id: try row.get("token_id"), account: holder == nil ? nil : try Account(row),
                app: try row.get("app_id"), scopes: Set(scopes.compactMap { Scope(rawValue: $0) }))
        }
    }
}
