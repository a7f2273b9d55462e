import ActivityStreams
import PostgreSQL
import Social
import Store
import Wire

/// Asks the actor behind an inbox that nobody knows any more for the one it has now.
struct Readdress: Sendable {
    enum Outcome: Equatable {
        case moved(URI)
        case unchanged
        /// We know nobody with this inbox.
        case unknown
        case unreachable
    }

    private let database: Pool
    private let actors: RemoteActors

    init(database: Pool, actors: RemoteActors) {
        self.database = database
        self.actors = actors
    }

    func callAsFunction(_ inbox: URI) async throws -> Outcome {
        guard let known = try await database.actor(behindInbox: inbox) else { return .unknown }
        let fetched: FetchedActor
        do throws(RemoteActors.Failure) {
            fetched = try await actors.fetch(known.uri)
        } catch {
            if error == .gone { try await database.markGone(known.id) }
            return error == .unreachable ? .unreachable : .unchanged
        }
        guard fetched.document.id == known.uri else { return .unchanged }
        let actor = try await database.transaction { try await fetched.save(in: $0) }
        let now = known.inbox == inbox ? actor.inbox : actor.sharedInbox ?? actor.inbox
        return now == inbox ? .unchanged : .moved(now)
    }
}
