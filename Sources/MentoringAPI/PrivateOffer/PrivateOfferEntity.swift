import Foundation
import JSONTree
import Mentoring
import Social
import Wire

/// An offer as its mentor and those for whom it is read it.
struct PrivateOfferEntity {
    let offer: PrivateOffer
    /// The times that can be taken now.
    let free: [Date]
    let people: [ActorID: Actor]
    /// Told once, to who made it.
    var link: URI?
    let now: Date

    var json: JSON {
        let terms = offer.terms
        return [
            "id": .string(String(offer.id)), "state": .string(offer.state(at: now).rawValue),
            "mentor": people[offer.mentor].map(PersonEntity.json) ?? .null,
            "for": offer.reader.flatMap { people[$0] }.map(PersonEntity.json) ?? .null,
            "type": ["name": .string(terms.kind.name), "label": .string(terms.kind.label)],
            "minutes": .int(terms.minutes), "rate": terms.rate.map(\.json) ?? .null,
            "message": .string(terms.message),
            "times": .array(
                terms.starts.map { start in
                    [
                        "start": .string(DateTime.format(start)),
                        "end": .string(DateTime.format(start.addingTimeInterval(Double(terms.minutes) * 60))),
                        "free": .bool(offer.state(at: now) == .open && free.contains(start)),
                    ]
                }),
            "created_at": .string(DateTime.format(offer.createdAt)),
            "expires_at": .string(DateTime.format(terms.expiresAt)),
            "session": offer.session.map { .string($0.uuidString.lowercased()) } ?? .null,
            "link": link.map { .string($0.string) } ?? .null,
        ]
    }
}
