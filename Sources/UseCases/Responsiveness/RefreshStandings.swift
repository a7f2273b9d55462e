package import Foundation
import Jobs
import Mentoring
package import PostgreSQL
import Social
import Store
import Wire

/// Does once a day for all mentors what ``KeepStandings`` does for one: what was lately is not any more.
package struct RefreshStandings: DailyJob {
    package static let kind = "mentors.standing"
    private static let step = 500

    private let database: Pool

    package init(database: Pool) { self.database = database }

    package func doDaily() async throws { try await refresh(at: Date()) }

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
