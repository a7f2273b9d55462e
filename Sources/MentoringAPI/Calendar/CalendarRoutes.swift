import Foundation
import JSONTree
import Mentoring
import Social
package import UseCases
package import WebServer

/// `/api/mentoring/calendars`: the calendars elsewhere that say when the holder of the token is busy.
package struct CalendarRoutes: Sendable {
    private let calendars: MentorCalendars

    package init(calendars: MentorCalendars) { self.calendars = calendars }

    package var routes: [Route] {
        let all = "/api/mentoring/calendars"
        return [
            Route(.get, all, access: .token(.read)) { exchange in
                let found = try await calendars.all(of: try exchange.requireAccount())
                return Answer.json([
                    "calendars": .array(found.map(\.json)), "most": .int(OutsideCalendar.most),
                ]).privately
            },
            Route(.post, all, access: .token(.write)) { try await add($0) },
            Route(.delete, "\(all)/{id}", access: .token(.write)) { exchange in
                let account = try exchange.requireAccount()
                guard let id = Int64(exchange.parameter("id")), try await calendars.remove(id, of: account) else {
                    throw Problem.notFound
                }
                return Answer(status: 204).privately
            },
            Route(.post, "\(all)/{id}/refresh", access: .token(.write)) { try await refresh($0) },
        ]
    }

    private func add(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let draft = try exchange.read { fields in
            CalendarDraft(
                name: fields.required("name", .text(length: 0...1000)),
                address: fields.required("address", .text(length: 0...10_000)))
        }
        switch try await calendars.add(draft, of: account, now: Date()) {
        case .added(let calendar): return Answer.json(calendar.json, status: 201).privately
        case .tooMany:
            throw Problem.conflict(
                "You have \(OutsideCalendar.most) calendars already. Remove one first.",
                details: [("conflict", "too_many")])
        case .known(let calendar):
            throw Problem.conflict(
                "A calendar of this address is there already.",
                details: [("conflict", "known"), ("calendar", calendar.json)])
        }
    }

    private func refresh(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        guard let id = Int64(exchange.parameter("id")) else { throw Problem.notFound }
        switch try await calendars.refresh(id, of: account, now: Date()) {
        case nil: throw Problem.notFound
        case .begun(let calendar): return Answer.json(calendar.json, status: 202).privately
        case .tooSoon(let wait): throw Problem.tooMany(retryAfter: wait)
        }
    }
}
