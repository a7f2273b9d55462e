import Keys
package import PostgreSQL
package import Social
package import Store

/// Bearer tokens: handed out once, kept only as SHA-256.
package struct Tokens: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    /// A new token of 256 random bits for somebody's own programs. Tokens of the same name that the account had before
    /// stop working.
    package func issue(name: String, scopes: [Scope], to account: Account) async throws -> String {
        let token = Secret.make()
        try await database.transaction { transaction in
            try await transaction.deleteTokens(named: name, account: account.actor.id)
            try await transaction.insertToken(
                hash: Secret.hash(made: token), name: name, scopes: scopes, account: account.actor.id)
        }
        return token
    }

    /// A token by which an app speaks for itself alone (RFC 6749 section 4.4).
    package func issue(to app: App, scopes: [Scope]) async throws -> String {
        let token = Secret.make()
        try await database.insertToken(
            hash: Secret.hash(made: token), name: app.name, scopes: scopes, account: nil, app: app.id)
        return token
    }

    /// Whom a token speaks for; nil when nobody.
    package func grant(of token: String) async throws -> TokenGrant? {
        guard let hash = Secret.hash(token) else { return nil }
        return try await database.tokenGrant(hash: hash)
    }

    /// Ends a token on its app's wish (RFC 7009).
    ///
    /// - Returns: false when the token belongs to another app; what does not exist is ended already.
    package func revoke(_ token: String, by app: App) async throws -> Bool {
        guard let grant = try await grant(of: token) else { return true }
        guard grant.app == app.id else { return false }
        try await database.deleteToken(grant.id)
        return true
    }
}
