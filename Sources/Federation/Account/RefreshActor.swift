package import Jobs
import JSONTree
package import PostgreSQL
import Social
import Store
import Wire

/// Takes an actor anew from its origin, because it said that it changed.
package struct RefreshActor: JobHandler {
    package static let kind = "actor.refresh"
    static let attempts = 5

    private let database: Pool
    private let actors: RemoteActors

    package init(database: Pool, actors: RemoteActors) {
        self.database = database
        self.actors = actors
    }

    static func enqueue(_ uri: URI, in transaction: Transaction) async throws {
        try await JobQueue().enqueue(
            NewJob(
                kind: kind, payload: ["uri": .string(uri.string)], key: uri.string,
                lane: "fetch \(DomainName(host: uri.host).registrable)"),
            in: transaction)
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let uri = job.payload["uri"]?.string.flatMap({ URI($0) }) else {
            return .dead(reason: "payload names no actor")
        }
        do {
            try await actors.refresh(uri, on: database)
            return .done
        } catch RemoteActors.Failure.unreachable where job.attempts < Self.attempts {
            return .retry(after: .seconds(300 * job.attempts), reason: "unreachable")
        } catch is RemoteActors.Failure {
            return .done
        } catch {
            return .retry(after: .seconds(60), reason: "\(error)")
        }
    }
}
