package import Jobs
import JSONTree
package import PostgreSQL
import Store

/// Takes away, once a day, what nobody will ask for any more: ids of activities that no peer sends again, codes and
/// browser sessions that cannot be used, keys of requests that nobody repeats, pictures that no post shows, what was written
/// for streams, and what feeds show beyond their length.
package struct DailyTidying: JobHandler {
    package static let kind = "tidy"
    /// Entries that a home or list keeps: as far as people scroll back.
    static let feedLength = 4000

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
            try await database.forgetOldCodes()
            try await database.forgetOldBrowserSessions()
            try await database.forgetOldIdempotencyKeys()
            try await database.forgetWaitingMedia()
            try await database.sweepStreams()
            try await database.trimFeeds(to: Self.feedLength)
            return .retry(after: .seconds(24 * 3600), reason: "daily")
        } catch {
            return .retry(after: .seconds(600), reason: "\(error)")
        }
    }
}
