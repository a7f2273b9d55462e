import JSONTree
package import PostgreSQL

/// What is done once a day, by one job that is never finished.
package protocol DailyJob: JobHandler {
    /// The day's work. What fails is tried again after ten minutes.
    func doDaily() async throws
}

extension DailyJob {
    /// Makes sure that the job is there.
    package static func schedule(on database: Pool) async throws {
        try await database.transaction { transaction in
            try await JobQueue().enqueue(NewJob(kind: kind, payload: [:], key: "daily", priority: 200), in: transaction)
        }
    }

    package func run(_ job: Job) async -> JobOutcome {
        do {
            try await doDaily()
            return .retry(after: .seconds(24 * 3600), reason: "daily")
        } catch {
            return .retry(after: .seconds(600), reason: "\(error)")
        }
    }
}
