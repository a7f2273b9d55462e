import Social
import Store
import WebServer
import Wire

extension ClientServices {
    /// The actor that a path names by number.
    func actor(_ exchange: Exchange, _ name: String = "id") async throws -> Actor {
        guard let id = Input.id(exchange.parameter(name)),
            let actor = try await database.actor(id: ActorID(rawValue: id))
        else { throw Problem.notFound }
        return actor
    }

    /// Somebody of this community by the name in their handle. That of the community itself is its host.
    func localActor(named name: String) async throws -> Actor? {
        if name == community.origin.host { return try await database.actor(uri: community.addresses.instanceActor) }
        guard let name = Username(name) else { return nil }
        return try await database.localActor(name)
    }

    /// The post that a path names by its own number, or by that of a boost of it, if the reader may see it.
    func entry(_ exchange: Exchange) async throws -> FeedEntry {
        guard let id = Input.id(exchange.parameter("id")) else { throw Problem.notFound }
        if let post = try await database.post(PostID(rawValue: id), for: exchange.viewer) {
            return FeedEntry(post: post)
        }
        guard let entry = try await database.boostEntry(id, for: exchange.viewer) else { throw Problem.notFound }
        return entry
    }

    /// The post itself, whichever of the two was named.
    func post(_ exchange: Exchange) async throws -> Post { try await entry(exchange).post }

    /// The status as the reader sees it now.
    func answer(_ post: PostID, to exchange: Exchange) async throws -> Answer {
        guard let post = try await database.post(post, for: exchange.viewer),
            let status = try await entities.status(post, for: exchange.account?.actor.id)
        else { throw Problem.notFound }
        return .json(status)
    }

    func relationship(_ other: ActorID, to exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        guard let relationship = try await entities.relationships(of: account.actor.id, to: [other]).first else {
            throw Problem.notFound
        }
        return .json(relationship)
    }
}

extension Exchange {
    var viewer: Viewer { account.map { .actor($0.actor.id) } ?? .nobody }
}
