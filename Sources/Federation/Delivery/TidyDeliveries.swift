package import Jobs
import JSONTree
package import PostgreSQL
import Store

/// Removes, once a day, old dead letters and what is remembered of hosts that were never there.
package struct TidyDeliveries: JobHandler {
    package static let kind = "deliveries.tidy"

    private let database: Pool
    private let queue = JobQueue()

    package init(database: Pool) { self.database = database }

    /// Makes sure that the daily job is there.
    package static func schedule(on database: Pool) async throws {
        try await database.transaction { transaction in
            try await JobQueue().enqueue(NewJob(kind: kind, payload: [:], key: "daily", priority: 200), in: transaction)
        }
    }

    package func run(_ job: Job) async -> JobOutcome {
        do {
            try await queue.tidy(on: database)
            try await database.forgetUnprovenHosts()
            return .retry(after: .seconds(24 * 3600), reason: "daily")
        } catch {
            return .retry(after: .seconds(600), reason: "\(error)")
        }
    }
}
