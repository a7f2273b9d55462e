import JSONTree
import Social
import Store
package import UseCases
package import WebServer

/// Programs introduce themselves (docs.joinmastodon.org/methods/apps).
package struct AppRoutes: Sendable {
    private let apps: Apps
    private let pushKey: String

    /// - Parameter pushKey: by which programs know who sends them messages.
    package init(apps: Apps, pushKey: String) {
        self.apps = apps
        self.pushKey = pushKey
    }

    package var routes: [Route] {
        [
            Route(.post, "/api/v1/apps", access: .open, bodyLimit: 65_536, pace: .rare) { try await register($0) },
            Route(.get, "/api/v1/apps/verify_credentials", access: .anyToken) { try await verify($0) },
        ]
    }

    private func register(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        let draft = try AppDraft(
            name: input.text("client_name") ?? "", website: input.text("website"),
            redirects: input.texts("redirect_uris") ?? [], scopes: input.text("scopes"))
        let (app, secret) = try await apps.register(draft)
        var object = object(app)
        object["client_id"] = .string(app.clientID)
        object["client_secret"] = .string(secret)
        object["client_secret_expires_at"] = 0
        return .json(.object(object)).privately
    }

    private func verify(_ exchange: Exchange) async throws -> Answer {
        guard let id = exchange.grant?.app, let app = try await apps.app(id) else { throw Problem.notFound }
        return .json(.object(object(app))).privately
    }

    private func object(_ app: App) -> JSON.Object {
        [
            "id": .string(String(app.id)), "name": .string(app.name), "website": app.website.map(JSON.string) ?? .null,
            "scopes": .strings(app.scopes.map(\.rawValue)),
            "redirect_uri": .string(app.redirects.map(\.text).joined(separator: "\n")),
            "redirect_uris": .strings(app.redirects.map(\.text)), "vapid_key": .string(pushKey),
        ]
    }
}
