import Foundation
import JSONTree
package import Jobs
package import Logging
package import PostgreSQL
import Social
import Wire

/// Looks when one mentor has time.
package struct RefreshSupply: JobHandler {
    package static let kind = "mentor.supply"

    private let database: Pool
    private let supply: MentorSupply
    private let logger: Logger

    package init(database: Pool, supply: MentorSupply, logger: Logger) {
        self.database = database
        self.supply = supply
        self.logger = logger
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let mentor = job.payload["mentor"]?.string.flatMap({ Int64($0) }).map(ActorID.init(rawValue:)) else {
            return .dead(reason: "payload names no mentor")
        }
        // The queue goes by the database's clock, which may be ahead of this machine's.
        let now = max(Date(), job.payload["at"]?.string.flatMap(DateTime.parse) ?? .distantPast)
        do {
            try await database.transaction { try await supply.refresh(mentor, now: now, in: $0) }
            return .done
        } catch {
            logger.warning("free time not worked out", metadata: ["mentor": "\(mentor.rawValue)", "error": "\(error)"])
            return .retry(after: .seconds(30), reason: "\(error)")
        }
    }
}
