import Keys
package import PostgreSQL
package import Social
import Store

/// Registers programs and knows them again (RFC 7591 in the form of the Mastodon API).
package struct Apps: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    /// - Returns: the app, and its secret, which is shown only now.
    package func register(_ draft: AppDraft) async throws -> (app: App, secret: String) {
        let secret = Secret.make()
        let app = try await database.insertApp(
            draft, clientID: SecureRandom.token(), secretHash: Secret.hash(made: secret))
        return (app, secret)
    }

    package func app(clientID: String) async throws -> App? {
        guard clientID.utf8.count <= 200 else { return nil }
        return try await database.app(clientID: clientID)
    }

    package func app(_ id: Int64) async throws -> App? { try await database.app(id) }

    /// The app that proves who it is by its secret.
    package func authenticate(clientID: String, secret: String) async throws -> App? {
        guard let app = try await app(clientID: clientID), let given = Secret.hash(secret),
            let kept = try await database.secretHash(of: app.id), constantTimeEqual(given, kept)
        else { return nil }
        return app
    }
}
