import Social
import Store
package import WebServer
import Wire

/// Posts that somebody kept or liked (docs.joinmastodon.org/methods/bookmarks and …/favourites).
package struct KeptPostRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        [
            Route(.get, "/api/v1/bookmarks", access: .token(.readBookmarks)) { exchange in
                try await answer(exchange) { try await services.database.bookmarks(of: $0, $1) }
            },
            Route(.get, "/api/v1/favourites", access: .token(.readFavourites)) { exchange in
                try await answer(exchange) { try await services.database.likedPosts(of: $0, $1) }
            },
        ]
    }

    private func answer(_ exchange: Exchange, _ find: (ActorID, Page) async throws -> [KeptPost]) async throws -> Answer
    {
        let reader = try exchange.requireAccount().actor.id
        let found = try await find(reader, exchange.page(try exchange.input(), usual: 20, most: 40))
        let statuses = try await services.entities.statuses(found.map { FeedEntry(post: $0.post) }, for: reader)
        return .page(statuses, positions: found.map(\.position), of: exchange, at: services.community.origin)
    }
}
