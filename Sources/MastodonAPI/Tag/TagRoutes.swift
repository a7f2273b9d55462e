import JSONTree
import SafeText
import Social
import Store
package import WebServer
import Wire

/// Hashtags, and following them (docs.joinmastodon.org/methods/tags and …/followed_tags).
package struct TagRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        [
            Route(.get, "/api/v1/tags/{name}", access: .reader(.readFollows)) { exchange in
                try await answer(try Self.name(exchange), exchange)
            },
            Route(.post, "/api/v1/tags/{name}/follow", access: .token(.writeFollows)) { exchange in
                let name = try Self.name(exchange)
                try await services.database.insertFollowedTag(name, by: try exchange.requireAccount().actor.id)
                return try await answer(name, exchange)
            },
            Route(.post, "/api/v1/tags/{name}/unfollow", access: .token(.writeFollows)) { exchange in
                let name = try Self.name(exchange)
                try await services.database.deleteFollowedTag(name, by: try exchange.requireAccount().actor.id)
                return try await answer(name, exchange)
            },
            Route(.get, "/api/v1/followed_tags", access: .token(.readFollows)) { try await followed($0) },
        ]
    }

    private func followed(_ exchange: Exchange) async throws -> Answer {
        let found = try await services.database.followedTags(
            by: try exchange.requireAccount().actor.id, exchange.page(try exchange.input(), usual: 100, most: 200))
        let tags = found.map {
            TagEntity(name: $0.name, addresses: services.community.addresses, isFollowed: true).json
        }
        return .page(tags, positions: found.map(\.position), of: exchange, at: services.community.origin)
    }

    private func answer(_ name: String, _ exchange: Exchange) async throws -> Answer {
        var isFollowed: Bool?
        if let reader = exchange.account?.actor.id { isFollowed = try await services.database.followsTag(name, reader) }
        return .json(TagEntity(name: name, addresses: services.community.addresses, isFollowed: isFollowed).json)
    }

    private static func name(_ exchange: Exchange) throws(Problem) -> String {
        guard let name = hashtagName(exchange.parameter("name")) else { throw Problem.notFound }
        return name
    }
}
