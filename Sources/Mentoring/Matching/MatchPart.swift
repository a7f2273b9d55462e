/// One of the things by which a mentor suits somebody, as far as something was wished or is known of it.
package struct MatchPart: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case expertise, time, language, responsiveness, load, style, rate

        /// How much it counts beside the others.
        package var weight: Double {
            switch self {
            case .expertise: 0.35
            case .time: 0.25
            case .language: 0.15
            case .responsiveness: 0.1
            case .load, .style, .rate: 0.05
            }
        }
    }

    package let kind: Kind
    /// From 0 to 1.
    package let value: Double
    /// What speaks for the mentor, as a person would say it.
    package let reasons: [String]

    init(_ kind: Kind, _ value: Double, _ reasons: [String?] = []) {
        self.kind = kind
        self.value = min(max(value, 0), 1)
        self.reasons = reasons.compactMap(\.self)
    }
}
