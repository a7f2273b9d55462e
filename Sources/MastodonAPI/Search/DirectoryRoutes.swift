import JSONTree
import Social
import Store
package import WebServer
import Wire

/// People who want to be found: mentors who take requests first (docs.joinmastodon.org/methods/directory and
/// …/suggestions).
package struct DirectoryRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        [
            Route(.get, "/api/v1/directory", access: .reader(.readAccounts)) { try await directory($0) },
            Route(.get, "/api/v1/suggestions", access: .token(.readAccounts)) { exchange in
                .json(.array(try await suggested(exchange)))
            },
            Route(.get, "/api/v2/suggestions", access: .token(.readAccounts)) { exchange in
                let accounts = try await suggested(exchange)
                return .json(
                    .array(accounts.map { ["source": "staff", "sources": ["featured"], "account": $0] }))
            },
        ]
    }

    private func directory(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        let found = try await services.database.directory(
            Directory(
                localOnly: input.flag("local") ?? false, newestFirst: input.text("order") == "new",
                limit: max(1, min(input.integer("limit") ?? 40, 80)),
                offset: max(0, min(input.integer("offset") ?? 0, 100_000))))
        return .json(.array(try await services.entities.accounts(found)))
    }

    /// Mentors whom the reader does not follow yet.
    private func suggested(_ exchange: Exchange) async throws -> [JSON] {
        let limit = max(1, min(try exchange.input().integer("limit") ?? 40, 80))
        let found = try await services.database.suggestions(for: try exchange.requireAccount().actor.id, limit: limit)
        return try await services.entities.accounts(found)
    }
}
