import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import WebServer
import Wire

/// `/api/mentoring/discover`: finding mentors.
package struct DiscoverRoutes: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    package var routes: [Route] {
        [Route(.get, "/api/mentoring/discover", access: .token(.read)) { try await discover($0) }]
    }

    private func discover(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let now = Date()
        let search = MentorSearch(
            expertise: try Self.terms(exchange.query("expertise"), "expertise", as: { ExpertiseTag($0)?.text }),
            languages: try Self.terms(exchange.query("language"), "language", as: { LanguageTag($0)?.text }),
            zones: try await zones(exchange, now: now), type: try Self.text(exchange.query("type"), "type"),
            freeOnly: try Self.flag(exchange, "free"), text: try Self.text(exchange.query("q"), "q"),
            home: try exchange.choice("community", of: MentorSearch.Home.allCases),
            withPaused: try Self.flag(exchange, "paused"), withFull: try Self.flag(exchange, "full"), reader: reader,
            after: try Self.place(exchange), limit: try exchange.limit())
        let found = try await database.mentors(search)
        let records = try await database.records(of: found.map(\.actor.id), at: now)
        let next = found.count == search.limit ? found.last.map { JSON.string($0.place.text) } : nil
        return Answer.json([
            "mentors": .array(
                found.map { mentor in
                    [
                        "person": PersonEntity.json(mentor.actor), "profile": mentor.profile.json,
                        "responsiveness": records[mentor.actor.id]?.responsiveness(at: now).map(\.json) ?? .null,
                    ]
                }),
            "next": next ?? .null,
        ]).privately
    }

    /// The zones whose day shares enough hours with that of the asker's; nil where that is all the same.
    private func zones(_ exchange: Exchange, now: Date) async throws -> [String]? {
        guard let name = exchange.query("zone") else {
            if exchange.query("hours") != nil {
                throw FieldError(field: "zone", message: "Name the zone with which hours are to be shared.")
            }
            return nil
        }
        guard let zone = TimeZoneName(name) else { throw FieldError(field: "zone", message: Slot.zoneAdvice) }
        let wanted = exchange.query("hours").map { Int($0) ?? 0 } ?? 4
        guard Daytime.hours.contains(wanted) else {
            throw FieldError(field: "hours", message: "Use \(Daytime.hours.lowerBound) to \(Daytime.hours.upperBound).")
        }
        return try await database.mentorZones().filter { other in
            TimeZoneName(other).map { Daytime.sharedHours(of: zone, and: $0, at: now) >= Double(wanted) } ?? false
        }
    }

    private static func place(_ exchange: Exchange) throws(FieldError) -> ShelfPlace? {
        guard let text = exchange.query("after") else { return nil }
        guard let place = ShelfPlace(text) else {
            throw FieldError(field: "after", message: "Use the value that 'next' gave.")
        }
        return place
    }

    private static func flag(_ exchange: Exchange, _ name: String) throws(FieldError) -> Bool {
        switch exchange.query(name) {
        case nil, "false": false
        case "true": true
        default: throw FieldError(field: name, message: "Use true or false.")
        }
    }

    private static func terms(_ text: String?, _ field: String, as read: (String) -> String?) throws -> [String] {
        try (text ?? "").split(separator: ",").map { word in
            guard let term = read(String(word)) else {
                throw FieldError(field: field, message: "Separate them by commas; one of them cannot be one.")
            }
            return term
        }
    }

    private static func text(_ text: String?, _ field: String) throws(FieldError) -> String? {
        guard let text else { return nil }
        guard text.utf8.count <= 200, !text.utf8.contains(0) else {
            throw FieldError(field: field, message: "Use at most 200 bytes of text.")
        }
        return text
    }
}
