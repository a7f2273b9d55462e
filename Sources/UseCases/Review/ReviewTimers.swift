package import Foundation
package import Jobs
package import Logging
import Mentoring
package import PostgreSQL
import Store

/// Opens a session for ratings once it is known to have taken place, and writes down when the clock has to show what
/// was given.
package struct OpenReviews: SessionConsequence {
    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard let (event, _) = change.event, change.session.status == .completed else { return }
        switch event.kind {
        case .reported where event.by == .mentee, .settled: break
        default: return
        }
        try await transaction.markCompleted(change.session.id, at: event.at)
        guard let due = SessionReviews(of: change.session, completedAt: event.at, given: []).opensAt else { return }
        try await RunReviewTimer.set(for: change.session.id, at: due, in: transaction)
    }
}

/// Shows the rating of one side alone when the other's time is over.
package struct RunReviewTimer: SessionAlarm {
    package static let kind = "review.timer"

    package let database: Pool
    package let logger: Logger
    private let desk: ReviewDesk

    package init(database: Pool, desk: ReviewDesk, logger: Logger) {
        self.database = database
        self.desk = desk
        self.logger = logger
    }

    package func ring(_ session: UUID, at now: Date, in transaction: Transaction) async throws {
        try await desk.runTimer(of: session, at: now, in: transaction)
    }
}
