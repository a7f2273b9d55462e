import Foundation
import Jobs
package import PostgreSQL
import Store
import Wire

/// Looks once a day when every mentor has time: with the days new ones come into reach.
package struct RefreshSupplies: DailyJob {
    package static let kind = "mentors.supply"
    private static let step = 500

    private let database: Pool
    private let supply: MentorSupply

    package init(database: Pool, supply: MentorSupply) {
        self.database = database
        self.supply = supply
    }

    package func doDaily() async throws {
        var last: ActorID?
        while true {
            let mentors = try await database.mentorsWithHours(after: last, limit: Self.step)
            guard let end = mentors.last else { return }
            for mentor in mentors {
                try await database.transaction { try await supply.refresh(mentor, now: Date(), in: $0) }
            }
            last = end
        }
    }
}
