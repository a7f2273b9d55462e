import ActivityStreams
package import Federation
import Foundation
import JSONTree
package import PostgreSQL
package import Social
import Store
package import WebServer
import Wire

/// Actors and their collections: documents for servers, pages for people, at the same addresses.
package struct ActorRoutes: Sendable {
    static let pageSize = 40

    private let database: Pool
    private let community: Community
    private let actors: LocalActors
    private let posts: PublishedPosts
    private let gate: FetchGate
    private let page: @Sendable (Actor) async throws -> Answer

    /// - Parameter page: the readable page of an actor.
    package init(
        database: Pool, community: Community, actors: LocalActors, posts: PublishedPosts, gate: FetchGate,
        page: @escaping @Sendable (Actor) async throws -> Answer
    ) {
        self.database = database
        self.community = community
        self.actors = actors
        self.posts = posts
        self.gate = gate
        self.page = page
    }

    package var routes: [Route] {
        [
            Route(.get, "/users/{name}", access: .open) { try await show($0) },
            Route(.get, "/@{name}", access: .open) { try await show($0) },
            // Readable unsigned whatever else is not: with its key others verify the request by which we fetch theirs.
            Route(.get, "/actor", access: .open) { exchange in
                let actor = try await instanceActor()
                guard exchange.prefersActivityStreams else { return try await page(actor) }
                try gate.open()
                return Answer.activityStreams(try await actors.document(of: actor).json).publicly(seconds: 180)
                    .validated(against: exchange, lastModified: actor.updatedAt)
            },
        ]
            + collection("outbox", outbox) + collection("featured", featured)
            + collection("followers") { try await list(.followers, of: $0, $1) }
            + collection("following") { try await list(.following, of: $0, $1) }
    }

    private func collection(
        _ name: String, _ document: @escaping @Sendable (Actor, Exchange) async throws -> JSON
    ) -> [Route] {
        let answer: @Sendable (Exchange, (Exchange) async throws -> Actor) async throws -> Answer = { exchange, owner in
            let reader = try await gate.reader(of: exchange)
            let document = try await document(try await owner(exchange), exchange)
            return gate.answer(.activityStreams(document), to: reader, seconds: 180).validated(against: exchange)
        }
        return [
            Route(.get, "/users/{name}/\(name)", access: .open) { try await answer($0, person) },
            Route(.get, "/actor/\(name)", access: .open) { try await answer($0) { _ in try await instanceActor() } },
        ]
    }

    // MARK: Documents

    private func show(_ exchange: Exchange) async throws -> Answer {
        guard exchange.prefersActivityStreams else { return try await page(try await person(exchange)) }
        let reader = try await gate.reader(of: exchange)
        let actor = try await person(exchange)
        let document = try await actors.document(of: actor)
        return gate.answer(.activityStreams(document.json), to: reader, seconds: 180)
            .validated(against: exchange, lastModified: actor.updatedAt)
    }

    private func outbox(_ actor: Actor, _ exchange: Exchange) async throws -> JSON {
        guard exchange.query("page") != nil else { return try await posts.outbox(of: actor) }
        return try await posts.outboxPage(of: actor, before: exchange.query("before").flatMap { Int64($0) })
    }

    private func featured(_ actor: Actor, _ exchange: Exchange) async throws -> JSON {
        try await posts.featured(of: actor)
    }

    /// How many, and who: the latter only of those who want to be found.
    private func list(_ side: FollowSide, of actor: Actor, _ exchange: Exchange) async throws -> JSON {
        let addresses = community.addresses
        let id = side == .followers ? addresses.followers(of: actor.uri) : addresses.following(of: actor.uri)
        let count = try await database.followCount(side, of: actor.id)
        guard actor.isDiscoverable, try await !database.hidesCollections(actor.id) else {
            return Collection.summary(id: id, totalItems: count)
        }
        guard exchange.query("page") != nil else {
            return Collection.paged(id: id, totalItems: count, first: "\(id)?page=true")
        }
        let before = exchange.query("before").flatMap { Int64($0) }
        let found = try await database.followed(side, of: actor.id, before: before, limit: Self.pageSize)
        let next = found.count == Self.pageSize ? found.last.map { "\(id)?page=true&before=\($0.position)" } : nil
        return Collection.page(
            id: "\(id)?page=true" + (before.map { "&before=\($0)" } ?? ""), of: id,
            items: found.map { .string($0.actor.uri.string) }, next: next)
    }

    // MARK: Whose

    private func person(_ exchange: Exchange) async throws -> Actor {
        guard let name = Username(exchange.parameter("name")), let actor = try await database.localActor(name),
            actor.kind == .person || actor.kind == .service
        else { throw Problem.notFound }
        guard actor.goneAt == nil else { throw Problem.gone }
        return actor
    }

    private func instanceActor() async throws -> Actor {
        guard let actor = try await database.actor(uri: community.addresses.instanceActor) else {
            throw Problem.notFound
        }
        return actor
    }
}
