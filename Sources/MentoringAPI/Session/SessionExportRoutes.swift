import Foundation
import ICalendar
import Mentoring
package import PostgreSQL
package import Social
import Store
package import WebServer
import Wire

/// `/api/mentoring/sessions/export.csv` and `export.ics`: a person's own sessions to take along.
package struct SessionExportRoutes: Sendable {
    /// Sessions in one file; who has more reads on as the answer says.
    package static let most = 10_000
    /// Sessions that are held at a time.
    private static let page = 500

    private let database: Pool
    private let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    package var routes: [Route] {
        [
            Route(.get, Form.table.path, access: .token(.read)) { exchange in
                let reader = try exchange.requireAccount().actor.id
                let zone = try await zone(exchange, reader)
                let again = "&zone=\(zone.name.replacing("+", with: "%2B"))"
                return try await answer(
                    exchange, .table, beginning: CSV.line(SessionCopy.columns), end: "", next: again
                ) {
                    CSV.line($0.cells(in: zone))
                }
            },
            Route(.get, Form.calendar.path, access: .token(.read)) { exchange in
                try await answer(exchange, .calendar, beginning: CalendarFile.beginning, end: CalendarFile.end) {
                    $0.event.text
                }
            },
        ]
    }

    private enum Form: String {
        case table = "csv"
        case calendar = "ics"

        var path: String { "/api/mentoring/sessions/export.\(rawValue)" }
        var mediaType: String { self == .table ? CSV.mediaType : CalendarFile.mediaType }
    }

    /// - Parameter question: what has to be asked again for the next file.
    private func answer(
        _ exchange: Exchange, _ form: Form, beginning: String, end: String, next question: String = "",
        write: (SessionCopy) -> String
    ) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        var filter = SessionFilter(before: try exchange.cursor("before"), limit: Self.page)
        var body = Array(beginning.utf8)
        var rest = Self.most
        var next: Int64?
        repeat {
            let found = try await database.sessions(of: reader, filter)
            let people = try await database.actors(ids: Set(found.flatMap { [$0.session.mentee, $0.session.mentor] }))
            let meetings = try await database.meetings(of: found.map(\.session.id))
            for (_, session) in found {
                let page = community.addresses.session(session.id)
                let copy = SessionCopy(
                    session, of: reader, people: people, page: page, meeting: meetings[session.id])
                if let copy { body.append(contentsOf: write(copy).utf8) }
            }
            rest -= found.count
            next = found.count == filter.limit ? found.last?.number : nil
            filter.before = next
        } while next != nil && rest >= filter.limit
        body.append(contentsOf: end.utf8)
        var answer = Answer(status: 200, fields: [("content-type", form.mediaType)], body: body).privately
            .with("content-disposition", "attachment; filename=\"sessions.\(form.rawValue)\"")
        if let next {
            answer = answer.with("link", "<\(form.path)?before=\(next)\(question)>; rel=\"next\"")
        }
        return answer
    }

    /// The zone that is asked for, that of the reader's profile, or UTC where neither is known.
    private func zone(_ exchange: Exchange, _ reader: ActorID) async throws -> TimeZoneName {
        guard let name = exchange.query("zone") else { return try await database.profile(of: reader)?.zone ?? .utc }
        guard let zone = TimeZoneName(name) else { throw FieldError(field: "zone", message: Slot.zoneAdvice) }
        return zone
    }
}
