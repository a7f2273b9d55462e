import JSONTree
import Mentoring
import Social
import UseCases
import Wire

extension Suggestions.Suggestion {
    func json(_ communities: CommunityEntity) -> JSON {
        [
            "person": PersonEntity.json(actor), "community": communities.json(actor), "profile": facts.profile.json,
            "responsiveness": facts.responsiveness.map(\.json) ?? .null, "score": .share(match.score),
            "parts": .array(
                match.parts.map { part in
                    [
                        "name": .string(part.kind.rawValue), "value": .share(part.value),
                        "weight": .share(part.kind.weight),
                    ]
                }),
            "reasons": .strings(match.reasons),
            "session": session.map { session in
                [
                    "type": .string(session.offer.type), "minutes": .int(session.minutes),
                    "rate": session.offer.rate.map(\.json) ?? .null,
                ]
            } ?? .null,
            "times_known": .bool(areTimesKnown),
            "times": .array(match.times.map { .string(DateTime.format($0)) }),
        ]
    }
}

extension JSON {
    /// A number from 0 to 1, to hundredths.
    fileprivate static func share(_ value: Double) -> JSON {
        JSON.Number((value * 100).rounded() / 100).map(JSON.number) ?? 0
    }
}
