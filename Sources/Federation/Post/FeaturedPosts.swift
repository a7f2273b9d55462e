import ActivityStreams
package import Jobs
import JSONTree
import Outbound
package import PostgreSQL
import Social
import Store
package import UseCases
package import Wire

/// Leaves for later to ask which posts somebody elsewhere shows first: when somebody here looks at them or begins to
/// follow them, and once a day at most. What changes in between their server tells by Add and Remove.
package struct FeaturedPosts: RelationConsequence {
    package func follow(_ change: RelationChange, in transaction: Transaction) async throws {
        guard change.actor.isLocal, case .followed = change.what else { return }
        try await ask(change.other.id, in: transaction)
    }

    /// A person of this community looks at somebody.
    package func lookedAt(_ actor: ActorID, on database: Pool) async throws {
        try await database.transaction { try await ask(actor, in: $0) }
    }

    private func ask(_ actor: ActorID, in transaction: Transaction) async throws {
        guard let collection = try await transaction.takeFeaturedTurn(of: actor) else { return }
        try await JobQueue().enqueue(
            NewJob(
                kind: FetchFeatured.kind, payload: ["actor": .string(String(actor.rawValue))],
                key: String(actor.rawValue), lane: "fetch \(DomainName(host: collection.host).registrable)",
                priority: 150),
            in: transaction)
    }
}

/// Asks somebody's server which posts they show first, and fetches those that are not known.
package struct FetchFeatured: JobHandler {
    package static let kind = "actor.featured"
    static let attempts = 5
    /// Of a collection, and posts in it.
    static let mostPages = 5
    static let mostPosts = 15

    private let database: Pool
    private let find: FindPost
    private let reactions: ReactionDesk
    private let patience: Duration

    /// - Parameter patience: after this time nothing more is asked for in one go.
    package init(database: Pool, find: FindPost, reactions: ReactionDesk, patience: Duration = .seconds(30)) {
        self.database = database
        self.find = find
        self.reactions = reactions
        self.patience = patience
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let number = job.payload["actor"]?.string.flatMap({ Int64($0) }) else {
            return .dead(reason: "payload names no actor")
        }
        let end = ContinuousClock.now + patience
        do {
            guard let actor = try await database.actor(id: ActorID(rawValue: number)), actor.goneAt == nil,
                let collection = try await database.actorProfile(of: actor.id).featured,
                let addresses = try await addresses(in: collection, of: actor, until: end)
            else { return .done }
            let (posts, failure) = try await posts(at: addresses, by: actor, until: end)
            try await database.transaction { try await reactions.pin(exactly: posts, by: actor, in: $0) }
            return failure.map { later(job, because: $0) } ?? .done
        } catch let failure as DocumentFetcher.Failure where !failure.isTransient {
            return .done
        } catch {
            return later(job, because: error)
        }
    }

    private func later(_ job: Job, because error: any Error) -> JobOutcome {
        job.attempts < Self.attempts ? .retry(after: .seconds(300 * job.attempts), reason: "\(error)") : .done
    }

    /// What a collection lists of its owner's origin: only there posts of theirs can be. Nil when it is no collection.
    private func addresses(in collection: URI, of actor: Actor, until end: ContinuousClock.Instant) async throws
        -> [URI]?
    {
        guard var page = try await find.collection(at: collection) else { return nil }
        var found: [URI] = []
        var seen: Set<URI> = [collection]
        while true {
            let posts = page.items.filter { item in item.type.map(postTypes.contains) ?? true }
            found += posts.compactMap(\.uri).filter { $0.isSameOrigin(as: actor.uri) && !found.contains($0) }
            guard found.count < Self.mostPosts, let next = page.next, seen.count < Self.mostPages,
                ContinuousClock.now < end, seen.insert(next).inserted,
                let following = try await find.collection(at: next)
            else { return Array(found.prefix(Self.mostPosts)) }
            page = following
        }
    }

    /// Those of them that can be had, and why another try may bring more.
    private func posts(at addresses: [URI], by actor: Actor, until end: ContinuousClock.Instant) async throws
        -> ([Post], (any Error)?)
    {
        var posts: [Post] = []
        var last: (any Error)?
        for address in addresses {
            guard ContinuousClock.now < end else { return (posts, DocumentFetcher.Failure.unreachable(.timeout)) }
            do {
                if let post = try await find(address, by: actor) { posts.append(post) }
            } catch let failure as DocumentFetcher.Failure {
                if failure.isTransient { last = failure }
            }
        }
        return (posts, last)
    }
}
