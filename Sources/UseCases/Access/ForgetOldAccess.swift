package import Jobs
import JSONTree
package import PostgreSQL
import Store

/// Forgets, once a day, codes and browser sessions that nobody can use any more.
package struct ForgetOldAccess: JobHandler {
    package static let kind = "access.forget"

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
            try await database.forgetOldCodes()
            try await database.forgetOldBrowserSessions()
            return .retry(after: .seconds(24 * 3600), reason: "daily")
        } catch {
            return .retry(after: .seconds(600), reason: "\(error)")
        }
    }
}
