import Foundation
import JSONTree
package import Mentoring
package import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/availability`: when the holder of the token takes sessions as a mentor.
package struct AvailabilityRoutes: Sendable {
    private let database: Pool
    private let availabilities: Availabilities
    private let notice: Notice

    /// - Parameter notice: how far ahead the community wants to hear of cancels and moves.
    package init(database: Pool, availabilities: Availabilities, notice: Notice = Notice()) {
        self.database = database
        self.availabilities = availabilities
        self.notice = notice
    }

    package var routes: [Route] {
        [
            Route(.get, "/api/mentoring/availability", access: .token(.read)) { exchange in
                let account = try exchange.requireAccount()
                guard let settings = try await availabilities.settings(of: account, now: Date()) else {
                    throw Problem(status: 404, message: "You have set no times yet. PUT them to this address.")
                }
                return try await answer(settings, account)
            },
            Route(.put, "/api/mentoring/availability", access: .token(.write), bodyLimit: 1 << 20) { exchange in
                let account = try exchange.requireAccount()
                let draft = try AvailabilityBody.draft(exchange)
                return try await answer(try await availabilities.save(draft, of: account, now: Date()), account)
            },
        ]
    }

    private func answer(_ settings: Availabilities.Settings, _ account: Account) async throws -> Answer {
        let people = try await database.actors(ids: Set(settings.inAbsences.flatMap { [$0.mentee, $0.mentor] }))
        let places = try await database.seriesPlaces(of: settings.inAbsences.map(\.id))
        var object = settings.availability.jsonObject
        object["sessions_in_absences"] = .array(
            settings.inAbsences.map {
                SessionEntity(
                    session: $0, reader: account.actor.id, people: people, notice: notice, place: places[$0.id]
                ).json
            })
        return Answer.json(.object(object)).privately
    }
}
