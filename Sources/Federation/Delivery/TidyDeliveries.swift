import Jobs
package import PostgreSQL
import Store

/// Removes, once a day, old dead letters and what is remembered of hosts that were never there.
package struct TidyDeliveries: DailyJob {
    package static let kind = "deliveries.tidy"

    private let database: Pool
    private let queue = JobQueue()

    package init(database: Pool) { self.database = database }

    package func doDaily() async throws {
        try await queue.tidy(on: database)
        try await database.forgetUnprovenHosts()
    }
}
