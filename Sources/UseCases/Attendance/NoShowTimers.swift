package import Foundation
package import Jobs
package import Logging
import Mentoring
package import PostgreSQL
import Store

/// Keeps who is said not to have come to a session, as the two of it say now, and writes down from when on it counts.
package struct KeepNoShows: SessionConsequence {
    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        switch change.event?.happened.kind {
        case .reported, .disputed, .settled, .cancelled: break
        default: return
        }
        let noShows = change.session.noShows
        try await transaction.save(noShows, of: change.session.id)
        for time in Set(noShows.compactMap(\.standsFrom)) {
            try await RunNoShowTimer.set(for: change.session.id, at: time, in: transaction)
        }
    }
}

/// Lets the community's ladder have its effect from the moment on from which somebody's absence counts.
package struct RunNoShowTimer: SessionAlarm {
    package static let kind = "no_show.timer"

    package let database: Pool
    package let logger: Logger
    private let desk: NoShowDesk

    package init(database: Pool, desk: NoShowDesk, logger: Logger) {
        self.database = database
        self.desk = desk
        self.logger = logger
    }

    package func ring(_ session: UUID, at now: Date, in transaction: Transaction) async throws {
        try await desk.count(session, at: now, in: transaction)
    }
}
