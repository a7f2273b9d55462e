package import Jobs
import JSONTree
package import PostgreSQL
import Store

/// Forgets, once a day, the ids of activities that no peer sends again any more.
package struct ForgetOldReceipts: JobHandler {
    package static let kind = "receipts.forget"

    private let database: Pool

    package init(database: Pool) { self.database = database }

    /// Makes sure that the daily job is there.
    package static func schedule(on database: Pool) async throws {
        try await database.transaction { transaction in
            try await JobQueue().enqueue(NewJob(kind: kind, payload: [:], key: "daily", priority: 200), in: transaction)
        }
    }

    package func run(_ job: Job) async -> JobOutcome {
        do {
            try await database.forgetOldReceipts()
            return .retry(after: .seconds(24 * 3600), reason: "daily")
        } catch {
            return .retry(after: .seconds(600), reason: "\(error)")
        }
    }
}
