package import Foundation
package import Jobs
package import Logging
import Mentoring
package import PostgreSQL
import Wire

/// Writes down when the clock has to look at a session again.
package struct KeepSessionTimer: SessionConsequence {
    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard let timer = SessionTimer.next(for: change.session, now: change.session.updatedAt) else { return }
        try await RunSessionTimer.set(for: change.session.id, at: timer.at, in: transaction)
    }
}

/// Does what time alone brings: expiry, settling, what is said again. The change that made
/// a timer wrong has set another.
package struct RunSessionTimer: SessionAlarm {
    package static let kind = "session.timer"

    package let database: Pool
    package let logger: Logger
    private let desk: SessionDesk

    package init(database: Pool, desk: SessionDesk, logger: Logger) {
        self.database = database
        self.desk = desk
        self.logger = logger
    }

    package func ring(_ session: UUID, at now: Date, in transaction: Transaction) async throws {
        if let later = try await desk.runTimer(of: session, at: now, in: transaction) {
            try await Self.set(for: session, at: later, in: transaction)
        }
    }
}
