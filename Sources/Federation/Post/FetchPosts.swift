import ActivityStreams
package import Jobs
import JSONTree
package import PostgreSQL
import Social
import Store
package import UseCases
import Wire

/// Leaves the fetching of a post for later: nothing is fetched while a peer waits for its answer.
struct FetchPosts: Sendable {
    enum Purpose: Equatable {
        /// Somebody passed it on, with an activity of this id.
        case boost(by: ActorID, activity: URI)
        /// Its author shows it first from now on.
        case pin(by: ActorID)
        /// It stands above a post that is shown here, so many steps up.
        case thread(depth: Int)
    }

    /// Steps up a thread that are fetched.
    static let longestThread = 64
    /// Fetches from one domain that may wait; more are not worth the trouble.
    static let mostWaiting = 200

    func enqueue(_ uri: URI, for purpose: Purpose, in transaction: Transaction) async throws {
        var payload: JSON.Object = ["uri": .string(uri.string)]
        switch purpose {
        case .boost(let actor, let activity):
            payload["booster"] = .string(String(actor.rawValue))
            payload["boost"] = .string(activity.string)
        case .pin(let author): payload["pinner"] = .string(String(author.rawValue))
        case .thread(let depth):
            guard depth <= Self.longestThread else { return }
            payload["depth"] = .int(depth)
        }
        let lane = "fetch \(DomainName(host: uri.host).registrable)"
        let queue = JobQueue()
        guard try await queue.count(lane: lane, in: transaction) < Self.mostWaiting else { return }
        try await queue.enqueue(
            NewJob(
                kind: FetchPost.kind, payload: .object(payload),
                key: "\(uri) \(payload["boost"]?.string ?? payload["pinner"]?.string ?? "")", lane: lane,
                priority: 150),
            in: transaction)
    }
}

/// Fetches a post and does what it was fetched for.
package struct FetchPost: JobHandler {
    package static let kind = "post.fetch"
    static let attempts = 5

    private let database: Pool
    private let find: FindPost
    private let reactions: ReactionDesk

    package init(database: Pool, find: FindPost, reactions: ReactionDesk) {
        self.database = database
        self.find = find
        self.reactions = reactions
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let uri = job.payload["uri"]?.string.flatMap({ URI($0) }) else {
            return .dead(reason: "payload names no post")
        }
        do {
            if job.payload["pinner"] != nil {
                if let pinner = try await actor("pinner", of: job.payload, on: database) {
                    try await pin(uri, by: pinner)
                }
            } else if let post = try await find(uri) {
                try await serve(job.payload, post)
            }
            return .done
        } catch let failure as DocumentFetcher.Failure where !failure.isTransient {
            return .done
        } catch RemoteActors.Failure.gone, RemoteActors.Failure.notFound, RemoteActors.Failure.unusable {
            return .done
        } catch {
            return job.attempts < Self.attempts ? .retry(after: .seconds(60 * job.attempts), reason: "\(error)") : .done
        }
    }

    private func serve(_ payload: JSON, _ post: Post) async throws {
        try await database.transaction { transaction in
            if let depth = payload["depth"]?.int, post.replyTo == nil, let parent = post.content.replyTo {
                try await find.intake.fetching.enqueue(parent, for: .thread(depth: depth + 1), in: transaction)
            }
            if let activity = payload["boost"]?.string.flatMap({ URI($0) }),
                let booster = try await actor("booster", of: payload, on: transaction)
            {
                do {
                    try await reactions.boost(post.id, by: booster, activity: activity, in: transaction)
                } catch is PostRefusal {}
            }
        }
    }

    private func pin(_ uri: URI, by author: Actor) async throws {
        guard let post = try await find(uri, by: author) else { return }
        do {
            try await database.transaction { try await reactions.pin(post.id, by: author, in: $0) }
        } catch is PostRefusal {}
    }

    private func actor(_ key: String, of payload: JSON, on database: some Queryable) async throws -> Actor? {
        guard let number = payload[key]?.string.flatMap({ Int64($0) }),
            let actor = try await database.actor(id: ActorID(rawValue: number)), actor.goneAt == nil
        else { return nil }
        return actor
    }
}
