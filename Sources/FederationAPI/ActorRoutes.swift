import ActivityStreams
package import Federation
import JSONTree
package import PostgreSQL
package import Social
import Store
package import WebServer
import Wire

/// Actors and their collections: documents for servers, pages for people, at the same addresses.
package struct ActorRoutes: Sendable {
    static let pageSize = 20

    private let database: Pool
    private let community: Community
    private let actors: LocalActors
    private let gate: FetchGate
    private let page: @Sendable (Actor) async throws -> Answer

    /// - Parameter page: the readable page of an actor.
    package init(
        database: Pool, community: Community, actors: LocalActors, gate: FetchGate,
        page: @escaping @Sendable (Actor) async throws -> Answer
    ) {
        self.database = database
        self.community = community
        self.actors = actors
        self.gate = gate
        self.page = page
    }

    package var routes: [Route] {
        [
            Route(.get, "/users/{name}", access: .open) { try await show($0) },
            Route(.get, "/@{name}", access: .open) { try await show($0) },
            Route(.get, "/actor", access: .open) { try await showInstanceActor($0) },
            Route(.get, "/users/{name}/outbox", access: .open) { try await outbox($0, actor) },
            Route(.get, "/actor/outbox", access: .open) { try await outbox($0, instanceActor) },
        ]
            + ["followers", "following"].flatMap { collection in
                [
                    Route(.get, "/users/{name}/\(collection)", access: .open) {
                        try await empty(collection, $0, actor)
                    },
                    Route(.get, "/actor/\(collection)", access: .open) {
                        try await empty(collection, $0, instanceActor)
                    },
                ]
            }
    }

    private func show(_ exchange: Exchange) async throws -> Answer {
        guard exchange.prefersActivityStreams else { return try await page(try await actor(exchange)) }
        let reader = try await gate.reader(of: exchange)
        let document = try await actors.document(of: try await actor(exchange))
        return gate.answer(.activityStreams(document.json), to: reader, seconds: 180)
    }

    private func showInstanceActor(_ exchange: Exchange) async throws -> Answer {
        let actor = try await instanceActor(exchange)
        guard exchange.prefersActivityStreams else { return try await page(actor) }
        try gate.open()
        return Answer.activityStreams(try await actors.document(of: actor).json).publicly(seconds: 180)
    }

    private func outbox(_ exchange: Exchange, _ owner: (Exchange) async throws -> Actor) async throws -> Answer {
        let reader = try await gate.reader(of: exchange)
        let actor = try await owner(exchange)
        return gate.answer(try await outbox(of: actor, exchange), to: reader, seconds: 60)
    }

    private func outbox(of actor: Actor, _ exchange: Exchange) async throws -> Answer {
        let id = community.addresses.outbox(of: actor.uri)
        guard exchange.query("page") != nil else {
            let count = try await database.publicActivityCount(of: actor.id)
            return .activityStreams(Collection.paged(id: id, totalItems: count, first: "\(id)?page=true"))
        }
        let before = exchange.query("before").flatMap { Int64($0) }
        let found = try await database.publicActivities(of: actor.id, before: before, limit: Self.pageSize)
        let next = found.count == Self.pageSize ? found.last.map { "\(id)?page=true&before=\($0.id)" } : nil
        let items = try found.map { try JSON.parse(Array($0.body.utf8)) }
        return .activityStreams(
            Collection.page(
                id: "\(id)?page=true" + (before.map { "&before=\($0)" } ?? ""), of: id, items: items, next: next))
    }

    private func empty(_ collection: String, _ exchange: Exchange, _ owner: (Exchange) async throws -> Actor)
        async throws -> Answer
    {
        let reader = try await gate.reader(of: exchange)
        let actor = try await owner(exchange)
        let addresses = community.addresses
        let id = collection == "followers" ? addresses.followers(of: actor.uri) : addresses.following(of: actor.uri)
        return gate.answer(
            .activityStreams(Collection.summary(id: id, totalItems: 0)), to: reader, seconds: 180)
    }

    private func actor(_ exchange: Exchange) async throws -> Actor {
        guard let name = Username(exchange.parameter("name")), let actor = try await database.localActor(name),
            actor.kind == .person
        else { throw Problem.notFound }
        return actor
    }

    private func instanceActor(_ exchange: Exchange) async throws -> Actor {
        guard let actor = try await database.actor(uri: community.addresses.instanceActor) else {
            throw Problem.notFound
        }
        return actor
    }
}
