package import Foundation
package import Jobs
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
import Wire

/// Moves a mentor up or down among those who are looked for, as they answer or do not.
package struct KeepStandings: SessionConsequence {
    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        switch change.event?.happened.kind {
        case .accepted, .declined, .proposed, .expired: break
        default: return
        }
        let mentor = change.mentor.id
        let now = change.event?.happened.at ?? Date()
        let record = try await transaction.records(of: [mentor], at: now)[mentor]
        try await transaction.setStandings([mentor: Standing(record?.responsiveness(at: now))])
    }
}

/// Does the same for all once a day: what was lately is not any more.
package struct RefreshStandings: JobHandler {
    package static let kind = "mentors.standing"
    private static let step = 500

    private let database: Pool

    package init(database: Pool) { self.database = database }

    /// Makes sure that the daily job is there.
    package static func schedule(on database: Pool) async throws {
        try await database.transaction { transaction in
            try await JobQueue().enqueue(NewJob(kind: kind, payload: [:], key: "daily", priority: 200), in: transaction)
        }
    }

    package func run(_ job: Job) async -> JobOutcome {
        do {
            try await refresh(at: Date())
            return .retry(after: .seconds(24 * 3600), reason: "daily")
        } catch {
            return .retry(after: .seconds(600), reason: "\(error)")
        }
    }

    package func refresh(at now: Date) async throws {
        var last: ActorID?
        while true {
            let mentors = try await database.mentorIDs(after: last, limit: Self.step)
            guard let end = mentors.last else { return }
            let records = try await database.records(of: mentors, at: now)
            try await database.setStandings(
                Dictionary(uniqueKeysWithValues: mentors.map { ($0, Standing(records[$0]?.responsiveness(at: now))) }))
            last = end
        }
    }
}
