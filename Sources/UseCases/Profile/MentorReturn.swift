import JSONTree
package import Jobs
package import Logging
import Mentoring
import PostgreSQL
import Social
import Store
import Wire

/// Lets a mentor take requests again on the day for which they said so.
package struct MentorReturn: JobHandler {
    package static let kind = "mentor.return"

    private let profiles: MentorProfiles
    private let logger: Logger

    package init(profiles: MentorProfiles, logger: Logger) {
        self.profiles = profiles
        self.logger = logger
    }

    static func schedule(_ profile: MentorProfile, of mentor: ActorID, in transaction: Transaction) async throws {
        guard let day = profile.returnsOn else { return }
        let start = day.start(in: profile.zone)
        try await JobQueue().enqueue(
            NewJob(
                kind: kind, payload: ["mentor": .string(String(mentor.rawValue)), "day": .string(day.text)],
                key: "\(mentor.rawValue) \(DateTime.format(start))", priority: 150, dueAt: start),
            in: transaction)
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let mentor = job.payload["mentor"]?.string.flatMap({ Int64($0) }),
            let day = job.payload["day"]?.string.flatMap({ ReturnDay($0) })
        else { return .dead(reason: "payload names no mentor and day") }
        do {
            try await profiles.bringBack(ActorID(rawValue: mentor), on: day)
            return .done
        } catch {
            logger.warning("mentor's return failed", metadata: ["mentor": "\(mentor)", "error": "\(error)"])
            return .retry(after: .seconds(60), reason: "\(error)")
        }
    }
}
