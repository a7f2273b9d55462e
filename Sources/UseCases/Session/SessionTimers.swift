import Foundation
import JSONTree
package import Jobs
package import Logging
import Mentoring
package import PostgreSQL
import Store
import Wire

/// Writes down when the clock has to look at a session again.
package struct KeepSessionTimer: SessionConsequence {
    private let queue = JobQueue()

    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard let timer = SessionTimer.next(for: change.session, now: change.session.updatedAt) else { return }
        let id = change.session.id.uuidString.lowercased()
        try await queue.enqueue(
            NewJob(
                kind: RunSessionTimer.kind, payload: ["session": .string(id), "at": .string(DateTime.format(timer.at))],
                key: "\(id) \(DateTime.format(timer.at))", priority: 50, dueAt: timer.at),
            in: transaction)
    }
}

/// Does what time alone brings: expiry, settling, the repetition of an answer that got no receipt. A timer that is no
/// longer right finds nothing to do; the change that made it so has set another.
package struct RunSessionTimer: JobHandler {
    package static let kind = "session.timer"

    private let database: Pool
    private let desk: SessionDesk
    private let logger: Logger

    package init(database: Pool, desk: SessionDesk, logger: Logger) {
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
            logger.warning("session timer failed", metadata: ["session": "\(id)", "error": "\(error)"])
            return .retry(after: .seconds(30), reason: "\(error)")
        }
    }
}
