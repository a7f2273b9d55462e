import Foundation
import JSONTree
package import Jobs
package import Logging
import Mentoring
package import PostgreSQL
import Store
import Wire

/// Opens a session for ratings once it is known to have taken place, and writes down when the clock has to show what
/// was given.
package struct OpenReviews: SessionConsequence {
    private let queue = JobQueue()

    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard let (event, _) = change.event, change.session.status == .completed else { return }
        switch event.kind {
        case .reported where event.by == .mentee, .settled: break
        default: return
        }
        try await transaction.markCompleted(change.session.id, at: event.at)
        guard let due = SessionReviews(of: change.session, completedAt: event.at, given: []).opensAt else { return }
        let id = change.session.id.uuidString.lowercased()
        try await queue.enqueue(
            NewJob(
                kind: RunReviewTimer.kind, payload: ["session": .string(id), "at": .string(DateTime.format(due))],
                key: id, priority: 50, dueAt: due),
            in: transaction)
    }
}

/// Shows the rating of one side alone when the other's time is over.
package struct RunReviewTimer: JobHandler {
    package static let kind = "review.timer"

    private let database: Pool
    private let desk: ReviewDesk
    private let logger: Logger

    package init(database: Pool, desk: ReviewDesk, logger: Logger) {
        self.database = database
        self.desk = desk
        self.logger = logger
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let id = job.payload["session"]?.string.flatMap({ UUID(uuidString: $0) }) else {
            return .dead(reason: "payload names no session")
        }
        // The queue goes by the database's clock, which may be ahead of this machine's.
        let due = job.payload["at"]?.string.flatMap(DateTime.parse) ?? .distantPast
        let now = max(DateTime.cutToMilliseconds(Date()), due)
        do {
            try await database.transaction { transaction in
                try await desk.runTimer(of: id, at: now, in: transaction)
            }
            return .done
        } catch {
            logger.warning("review timer failed", metadata: ["session": "\(id)", "error": "\(error)"])
            return .retry(after: .seconds(30), reason: "\(error)")
        }
    }
}
