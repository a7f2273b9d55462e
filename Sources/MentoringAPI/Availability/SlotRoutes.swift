package import Federation
import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/mentors/{handle}/slots`: when a mentor has time; and of those of this community, why not at others.
package struct SlotRoutes: Sendable {
    private let database: Pool
    private let community: Community
    private let availabilities: Availabilities
    private let remote: RemoteSlots

    package init(database: Pool, community: Community, availabilities: Availabilities, remote: RemoteTimes) {
        self.database = database
        self.community = community
        self.availabilities = availabilities
        self.remote = RemoteSlots(database: database, times: remote)
    }

    package var routes: [Route] {
        let slots = "/api/mentoring/mentors/{handle}/slots"
        return [
            Route(.get, slots, access: .token(.read)) { exchange in
                if let handle = foreignHandle(exchange) { return try await remote.answer(exchange, of: handle) }
                return try await answer(exchange) { found in
                    found.days.filter { !$0.free.isEmpty }.map(Self.json)
                }
            },
            Route(.get, "\(slots)/why", access: .token(.read)) { exchange in
                guard foreignHandle(exchange) == nil else {
                    throw Problem(
                        status: 404, message: "Why a time is not offered is known in the mentor's own community alone.")
                }
                return try await answer(exchange) { found in
                    found.days.map { day in
                        [
                            "date": .string(day.day.description), "starts": .times(day.free),
                            "removed": .array(RemovalEntity.all(of: day, isOwn: found.isOwn).map(\.json)),
                        ]
                    }
                }
            },
        ]
    }

    static func json(_ day: SlotDay) -> JSON {
        ["date": .string(day.day.description), "starts": .times(day.free)]
    }

    private func foreignHandle(_ exchange: Exchange) -> Handle? {
        Handle(exchange.parameter("handle")).flatMap { community.isOwn(domain: $0.domain) ? nil : $0 }
    }

    /// What an answer is made of.
    private struct Found {
        let days: [SlotDay]
        /// Whether mentors ask about themselves, who may know everything.
        let isOwn: Bool
    }

    private func answer(_ exchange: Exchange, days: (Found) -> [JSON]) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let now = Date()
        guard let (mentor, profile) = try await database.mentor(exchange.parameter("handle"), for: reader) else {
            throw Problem.notFound
        }
        let question = try exchange.slotQuestion().checked(
            offers: profile.offers, catalogue: try await database.catalogue(), now: now)
        let isAccepting = try await database.isOpen(profile, of: mentor.id, to: reader, at: now)
        // The mentor's own view goes on.
        let isOpen = isAccepting || mentor.id == reader
        let search = isOpen ? try await availabilities.search(mentor.id, question, for: reader, now: now) : nil
        let found = Found(days: search?.days(in: question.time, of: question.zone) ?? [], isOwn: mentor.id == reader)
        let away = search?.availability.absences(in: question.time) ?? []
        return Answer.json([
            "mentor": PersonEntity.json(mentor), "type": .string(question.type), "minutes": .int(question.minutes),
            "zone": .string(question.zone.name), "accepting": .bool(isAccepting), "known": true,
            "any_time": .bool(isOpen && search == nil), "days": .array(days(found)), "away": .array(away.map(\.json)),
        ]).privately
    }
}

extension Exchange {
    func slotQuestion() throws(InvalidFields) -> SlotQuestionDraft {
        var errors: [FieldError] = []
        func required(_ name: String) -> String {
            if let text = query(name) { return text }
            errors.append(FieldError(field: name, message: "Give it."))
            return ""
        }
        let (type, minutes, zone) = (required("type"), required("minutes"), required("zone"))
        let number = Int(minutes)
        if number == nil, query("minutes") != nil {
            errors.append(FieldError(field: "minutes", message: "Use a whole number of minutes."))
        }
        guard errors.isEmpty else { throw InvalidFields(errors) }
        return SlotQuestionDraft(type: type, minutes: number ?? 0, zone: zone, from: query("from"), to: query("to"))
    }
}

extension JSON {
    fileprivate static func times(_ times: [Date]) -> JSON { .array(times.map { .string(DateTime.format($0)) }) }
}
