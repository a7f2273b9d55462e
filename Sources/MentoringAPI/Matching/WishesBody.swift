import JSONTree
import Mentoring
import Wire

/// Wishes as bodies: what people send, and what they get.
extension WishesDraft {
    /// All of them; what is left out is not wished.
    init(fields: JSONFields) {
        self.init()
        goals = fields.optional("goals", .text(length: 0...20_000)) ?? ""
        expertise = fields.optional("expertise", .names) ?? []
        languages = fields.optional("languages", .names) ?? []
        styles = fields.optional("styles", .names) ?? []
        isFreeOnly = fields.optional("free_only", .bool) ?? false
        mostRate = fields.optional("most_rate", .rate)
        zone = fields.optional("zone", .text(length: 1...100))
        rules = fields.optional("rules", .list(of: .object(Self.rule), count: 0...AvailabilityDraft.mostRules)) ?? []
    }

    private static func rule(_ fields: JSONFields) -> AvailabilityDraft.Rule {
        AvailabilityDraft.Rule(
            weekday: fields.required("weekday", .text(length: 0...20)),
            hours: AvailabilityDraft.Hours(
                from: fields.required("from", .text(length: 0...10)), to: fields.required("to", .text(length: 0...10))))
    }
}

extension JSONRule<[String]> {
    fileprivate static var names: JSONRule { .list(of: .text(length: 0...200), count: 0...100) }
}

extension Wishes {
    var json: JSON {
        var rate: Rate?
        if case .atMost(let most) = budget { rate = most }
        return [
            "goals": .string(goals), "expertise": .strings(expertise.map(\.text)),
            "languages": .strings(languages.map(\.text)), "styles": .strings(styles.map(\.rawValue)),
            "free_only": .bool(budget == .free), "most_rate": rate.map(\.json) ?? .null,
            "zone": zone.map { .string($0.name) } ?? .null,
            "rules": .array(
                hours.map { rule in
                    [
                        "weekday": .string(rule.weekday.rawValue), "from": .string(rule.hours.from.description),
                        "to": .string(rule.hours.to.description),
                    ]
                }),
        ]
    }
}
