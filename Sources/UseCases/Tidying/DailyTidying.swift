import Jobs
package import PostgreSQL
import Store

/// Takes away, once a day, what nobody will ask for any more: ids of activities that no peer sends again, codes and
/// browser sessions that cannot be used, keys of requests that nobody repeats, times that are kept for nobody any more,
/// pictures that no post shows, what was written for streams, and what feeds show beyond their length.
package struct DailyTidying: DailyJob {
    package static let kind = "tidy"
    /// Entries that a home or list keeps: as far as people scroll back.
    static let feedLength = 4000

    private let database: Pool

    package init(database: Pool) { self.database = database }

    package func doDaily() async throws {
        try await database.forgetOldReceipts()
        try await database.forgetOldCodes()
        try await database.forgetOldBrowserSessions()
        try await database.forgetOldIdempotencyKeys()
        try await database.forgetWaitingMedia()
        try await database.forgetOldHolds()
        try await database.sweepStreams()
        try await database.trimFeeds(to: Self.feedLength)
    }
}
