import JSONTree
import Social
import Store
package import WebServer

/// How somebody writes and reads (docs.joinmastodon.org/methods/preferences).
package struct PreferenceRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        [Route(.get, "/api/v1/preferences", access: .token(.readAccounts)) { try await show($0) }]
    }

    private func show(_ exchange: Exchange) async throws -> Answer {
        let posting = try await services.database.postingDefaults(of: try exchange.requireAccount().actor.id)
        return .json([
            "posting:default:visibility": .string(posting.visibility.clientName),
            "posting:default:sensitive": .bool(posting.isSensitive),
            "posting:default:language": posting.language.map(JSON.string) ?? .null,
            "reading:expand:media": "default",
            "reading:expand:spoilers": false,
            "reading:autoplay:gifs": false,
        ])
    }
}
