import Keys
package import PostgreSQL
package import Social
import Store

/// Who is signed in in which browser. The secret lies in a cookie there, and here as SHA-256.
package struct BrowserSessions: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    package func account(of secret: String) async throws -> Account? {
        guard let hash = Secret.hash(secret) else { return nil }
        return try await database.browserSessionAccount(hash: hash)
    }

    package func end(_ secret: String) async throws {
        guard let hash = Secret.hash(secret) else { return }
        try await database.deleteBrowserSession(hash: hash)
    }
}
