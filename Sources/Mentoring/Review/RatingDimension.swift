/// What a rating looks at: five things of a mentor, five of a mentee.
package enum RatingDimension: String, CaseIterable, Sendable {
    case sessionQuality = "session_quality"
    case helpfulness
    case communication
    case knowledgeSharing = "knowledge_sharing"
    case availability
    case engagement
    case effort
    case commitment
    case responsiveness

    /// What whoever has that role in a session is rated by; the clock by nothing.
    package static func of(_ subject: Role) -> [RatingDimension] {
        switch subject {
        case .mentor: [.sessionQuality, .helpfulness, .communication, .knowledgeSharing, .availability]
        case .mentee: [.engagement, .effort, .communication, .commitment, .responsiveness]
        case .clock: []
        }
    }

    /// The term of `mnt:scores`, without its prefix.
    package var wireName: String {
        switch self {
        case .sessionQuality: "sessionQuality"
        case .knowledgeSharing: "knowledgeSharing"
        // The other word is where actors say when they have time.
        case .availability: "reachability"
        default: rawValue
        }
    }
}
