import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
package import WebServer
import Wire

/// `/api/mentoring/discover`: finding mentors.
package struct DiscoverRoutes: Sendable {
    private let database: Pool
    private let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    package var routes: [Route] {
        [Route(.get, "/api/mentoring/discover", access: .token(.read)) { try await discover($0) }]
    }

    private func discover(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let now = Date()
        let order = try Self.order(exchange)
        let search = MentorSearch(
            expertise: try Self.terms(exchange.query("expertise"), "expertise", as: { ExpertiseTag($0)?.text }),
            languages: try Self.terms(exchange.query("language"), "language", as: { LanguageTag($0)?.text }),
            zones: try await zones(exchange, now: now), type: try Self.text(exchange.query("type"), "type"),
            freeOnly: try Self.flag(exchange, "free"), text: try Self.text(exchange.query("q"), "q"),
            freeBefore: try Self.days(exchange).map { now.addingTimeInterval(Double($0) * 86_400) },
            home: try CommunityEntity.home(exchange, own: community),
            withPaused: try Self.flag(exchange, "paused"), withFull: try Self.flag(exchange, "full"), reader: reader,
            order: order, limit: try exchange.limit())
        let found = try await database.mentors(search)
        let records = try await database.records(of: found.map(\.actor.id), at: now)
        let ratings = try await database.ratings(of: found.map(\.actor.id))
        let communities = try await CommunityEntity(of: found.map(\.actor), own: community, on: database)
        let next = found.count == search.limit ? found.last.flatMap { $0.next(in: order) } : nil
        return Answer.json([
            "mentors": .array(
                found.map { mentor in
                    [
                        "person": PersonEntity.json(mentor.actor), "community": communities.json(mentor.actor),
                        "profile": mentor.profile.json,
                        "responsiveness": records[mentor.actor.id]?.responsiveness(at: now).map(\.json) ?? .null,
                        "ratings": (ratings[mentor.actor.id] ?? .none).json,
                        "is_full": .bool(mentor.profile.isFull),
                        "next_free_at": mentor.nextFree.map { .string(DateTime.format($0)) } ?? .null,
                    ]
                }),
            "next": next.map { .string($0) } ?? .null,
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

    /// Within how many days there has to be a free time; nil where that is all the same.
    private static func days(_ exchange: Exchange) throws(FieldError) -> Int? {
        guard let text = exchange.query("free_within_days") else { return nil }
        guard let days = Int(text), (1...SlotQuestion.mostDays).contains(days) else {
            throw FieldError(field: "free_within_days", message: "Use 1 to \(SlotQuestion.mostDays).")
        }
        return days
    }

    private enum Sort: String, CaseIterable { case answering, soonest }

    private static func order(_ exchange: Exchange) throws(FieldError) -> MentorSearch.Order {
        switch try exchange.choice("sort", of: Sort.allCases) {
        case nil, .answering: .answering(after: try place(exchange, ShelfPlace.init))
        case .soonest: .soonest(after: try place(exchange, FreePlace.init))
        }
    }

    private static func place<Place>(
        _ exchange: Exchange, _ read: (String) -> Place?
    ) throws(FieldError) -> Place? {
        guard let text = exchange.query("after") else { return nil }
        guard let place = read(text) else {
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

extension FoundMentor {
    /// What a page that ends with this mentor gives to read on.
    fileprivate func next(in order: MentorSearch.Order) -> String? {
        switch order {
        case .answering: place.text
        case .soonest: nextFree.map { FreePlace(time: $0, mentor: actor.id).text }
        }
    }
}
