import Foundation
import JSONTree
package import Jobs
package import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// Looks every minute whether something is to be asked of the communities whose mentors are to be found here, and lets
/// lapse what is known of mentors of whom nobody would tell us any more. One job that is never finished.
package struct WatchDirectories: JobHandler {
    package static let kind = "directories.watch"
    private static let pause = Duration.seconds(60)
    /// How long somebody stays in what people search who was only looked at once.
    static let glance: TimeInterval = 3600

    private let database: Pool

    package init(database: Pool) { self.database = database }

    /// Makes sure that the job is there.
    package static func schedule(on database: Pool) async throws {
        try await database.transaction { transaction in
            try await JobQueue().enqueue(
                NewJob(kind: kind, payload: [:], key: "watch", priority: 150), in: transaction)
        }
    }

    package func run(_ job: Job) async -> JobOutcome {
        do {
            let now = Date()
            try await database.forgetStrangers(fetchedBefore: now.addingTimeInterval(-Self.glance))
            let neighbours = try await database.neighboursWithWork(
                now: now, timesBefore: now.addingTimeInterval(-NextTimes.freshness))
            try await database.transaction { transaction in
                for neighbour in neighbours {
                    try await Neighbours.work(on: neighbour.id, host: neighbour.address.host, in: transaction)
                }
            }
            return .retry(after: Self.pause, reason: "every minute")
        } catch {
            return .retry(after: Self.pause, reason: "\(error)")
        }
    }
}
