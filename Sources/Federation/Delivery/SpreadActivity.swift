package import Jobs
package import Logging
package import PostgreSQL
import Store
import Wire

/// Writes the deliveries of one activity to all followers, page by page. Each page and how far it came are committed
/// together, so that a crash in between repeats and loses none.
package struct SpreadActivity: JobHandler {
    package static let kind = "spread"
    /// Before ordinary deliveries, which would have nothing to do without it.
    static let priority = 60
    /// Inboxes of one host that get an activity. A server with many people has a shared one.
    static let perHost = 10
    private static let found = 10_000
    /// Less than the lease; the rest is for the next turn.
    private static let longestTurn = Duration.seconds(30)

    private let database: Pool
    private let logger: Logger
    private let pageSize: Int
    private let deliveries = Deliveries()
    private let queue = JobQueue()

    /// - Parameter pageSize: how many deliveries one transaction writes.
    package init(database: Pool, logger: Logger, pageSize: Int = 500) {
        self.database = database
        self.logger = logger
        self.pageSize = pageSize
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard var order = SpreadOrder(job.payload) else { return .dead(reason: "payload names no activity or actor") }
        let end = ContinuousClock.now + Self.longestTurn
        do {
            while true {
                var inboxes = try await inboxes(after: order)[...]
                if inboxes.isEmpty { return .done }
                while !inboxes.isEmpty {
                    if Task.isCancelled || ContinuousClock.now > end { return .released }
                    let page = inboxes.prefix(pageSize)
                    guard let next = try await write(page, of: order, job: job) else { return .done }
                    inboxes = inboxes.dropFirst(pageSize)
                    order = next
                }
            }
        } catch {
            logger.warning("cannot spread an activity", metadata: ["job": "\(job.id)", "error": "\(error)"])
            return .retry(after: .seconds(30), reason: "\(error)")
        }
    }

    /// The next inboxes, found once for many pages.
    func inboxes(after order: SpreadOrder) async throws -> [URI] {
        try await database.followerInboxes(
            of: order.followed, after: order.cursor, perHost: Self.perHost, limit: max(Self.found, pageSize))
    }

    /// Writes one page; gives what is left, nil when the activity is gone.
    func write(_ page: ArraySlice<URI>, of order: SpreadOrder, job: Job) async throws -> SpreadOrder? {
        guard let last = page.last else { return order }
        return try await database.transaction { transaction in
            guard try await transaction.activity(id: order.activity) != nil else { return nil }
            let written = Set(order.without)
            try await deliveries.write(
                page.filter { !written.contains($0) }
                    .map { DeliveryOrder(activity: order.activity, inbox: $0, followersOf: order.followed) },
                sequence: order.sequence, priority: 100, supersedes: order.supersedes, in: transaction)
            var next = order
            next.cursor = last.string
            guard try await queue.advance(job, to: next.payload, in: transaction) else { throw LostLease() }
            return next
        }
    }

    /// Takes back the page of a process that was thought dead: another has written it.
    private struct LostLease: Error {}
}
