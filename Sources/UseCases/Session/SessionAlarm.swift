package import Foundation
import JSONTree
package import Jobs
package import Logging
package import PostgreSQL
import Wire

/// Does something about one session when its time has come. What is no longer right then finds nothing to do.
package protocol SessionAlarm: JobHandler {
    var database: Pool { get }
    var logger: Logger { get }

    /// - Parameter now: not before the time for which it was set.
    func ring(_ session: UUID, at now: Date, in transaction: Transaction) async throws
}

extension SessionAlarm {
    static func set(for session: UUID, at due: Date, in transaction: Transaction) async throws {
        let id = session.uuidString.lowercased()
        try await JobQueue().enqueue(
            NewJob(
                kind: kind, payload: ["session": .string(id), "at": .string(DateTime.format(due))],
                key: "\(id) \(DateTime.format(due))", priority: 50, dueAt: due),
            in: transaction)
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let id = job.payload["session"]?.string.flatMap({ UUID(uuidString: $0) }) else {
            return .dead(reason: "payload names no session")
        }
        // The queue goes by the database's clock, which may be ahead of this machine's.
        let due = job.payload["at"]?.string.flatMap(DateTime.parse) ?? .distantPast
        let now = max(DateTime.cutToMilliseconds(Date()), due)
        do {
            try await database.transaction { transaction in try await ring(id, at: now, in: transaction) }
            return .done
        } catch {
            logger.warning("\(Self.kind) failed", metadata: ["session": "\(id)", "error": "\(error)"])
            return .retry(after: .seconds(30), reason: "\(error)")
        }
    }
}
