import Keys
package import PostgreSQL
package import Social
package import Store

/// Bearer tokens: handed out once, kept only as SHA-256.
package struct Tokens: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    /// A new token of 256 random bits. Tokens of the same name that the account had before stop working.
    package func issue(name: String, scopes: [Scope], to account: Account) async throws -> String {
        let token = SecureRandom.token()
        try await database.transaction { transaction in
            try await transaction.deleteTokens(named: name, account: account.actor.id)
            try await transaction.insertToken(
                hash: Self.hash(token), name: name, scopes: scopes, account: account.actor.id)
        }
        return token
    }

    /// Who a token speaks for; nil when nobody.
    package func grant(of token: String) async throws -> TokenGrant? {
        guard (20...200).contains(token.utf8.count) else { return nil }
        return try await database.tokenGrant(hash: Self.hash(token))
    }

    private static func hash(_ token: String) -> [UInt8] { Digest.sha256(Array(token.utf8)) }
}
