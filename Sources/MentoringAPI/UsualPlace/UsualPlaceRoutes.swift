import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import WebServer
import Wire

/// `/api/mentoring/places`: where a mentor usually meets, which an acceptance without a place takes.
package struct UsualPlaceRoutes: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    package var routes: [Route] {
        let places = "/api/mentoring/places"
        return [
            Route(.get, places, access: .token(.read)) { exchange in
                let owner = try exchange.requireAccount().actor.id
                return Answer.json(["places": .array(try await database.usualPlaces(of: owner).map(\.json))]).privately
            },
            Route(.put, "\(places)/{medium}", access: .token(.write)) { exchange in
                let owner = try exchange.requireAccount().actor.id
                let medium = try Self.medium(exchange)
                let place = try exchange.read { PlaceDraft(medium: medium, $0) }.checked("")
                guard place.isExact else {
                    throw FieldError(field: medium == .online ? "link" : "detail", message: "Say where it is.")
                }
                try await database.setUsualPlace(place, of: owner)
                return Answer.json(place.json).privately
            },
            Route(.delete, "\(places)/{medium}", access: .token(.write)) { exchange in
                let owner = try exchange.requireAccount().actor.id
                guard try await database.removeUsualPlace(try Self.medium(exchange), of: owner) else {
                    throw Problem.notFound
                }
                return Answer(status: 204).privately
            },
        ]
    }

    private static func medium(_ exchange: Exchange) throws(Problem) -> Place.Medium {
        guard let medium = Place.Medium(rawValue: exchange.parameter("medium")) else { throw .notFound }
        return medium
    }
}

extension Place {
    var json: JSON {
        func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
        return [
            "medium": .string(medium.rawValue), "detail": text(detail), "link": text(link?.string),
            "platform": text(platform), "passcode": text(passcode),
        ]
    }
}
