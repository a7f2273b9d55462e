/// Whether money may be asked for a session of a type.
package enum PricingRule: String, CaseIterable, Sendable {
    case alwaysFree = "always_free"
    case mentorSetsRate = "mentor_sets_rate"
}

/// One row of a community's catalogue: a sort of session that people can ask for.
package struct SessionType: Hashable, Sendable {
    /// Unique in the community, `[a-z0-9_]{1,40}`; never shown to people.
    package let name: String
    package let label: String
    package let description: String
    /// Minutes that a session of this type can last; ascending, not empty.
    package let durations: [Int]
    package let pricing: PricingRule
    /// Place in lists, small first.
    package let position: Int
    /// Whether new sessions of the type can be asked for. Old ones keep it either way.
    package let isOffered: Bool

    /// Takes a row that was checked before by `SessionTypeDraft`.
    package init(
        name: String, label: String, description: String, durations: [Int], pricing: PricingRule, position: Int,
        isOffered: Bool
    ) {
        self.name = name
        self.label = label
        self.description = description
        self.durations = durations
        self.pricing = pricing
        self.position = position
        self.isOffered = isOffered
    }
}

/// What a session keeps of its type: a copy, because the catalogue may change and other communities have their own.
package struct SessionKind: Hashable, Sendable {
    package let name: String
    package let label: String
    /// nil where another community did not say.
    package let pricing: PricingRule?

    package init(_ type: SessionType) {
        name = type.name
        label = type.label
        pricing = type.pricing
    }

    /// A type of another community, or one read back: fitted to 40 and 80 characters, the label standing in for a
    /// missing name and the name for a missing label.
    package init(name: String, label: String, pricing: PricingRule?) {
        let name = PlainText.fitted(name, limit: SessionTypeDraft.nameLength.upperBound, lines: .one)
        let label = PlainText.fitted(label, limit: SessionTypeDraft.labelLength.upperBound, lines: .one)
        self.name = name.isEmpty ? "other" : name
        self.label = label.isEmpty ? self.name : label
        self.pricing = pricing
    }
}
