/// Who may ask a mentor for a session. Each admits all that the ones below it admit.
package enum Audience: String, CaseIterable, Sendable {
    case anyone
    /// Followers of the mentor, and whom the mentor knows.
    case followers
    /// Whom the mentor follows or has met in a session.
    case known
    case nobody

    package func admits(_ acquaintance: Acquaintance) -> Bool {
        switch self {
        case .anyone: true
        case .followers: acquaintance >= .follower
        case .known: acquaintance >= .known
        case .nobody: false
        }
    }
}

/// How near somebody is to a mentor.
package enum Acquaintance: Int, Comparable, Sendable {
    case stranger, follower, known

    package static func < (one: Acquaintance, other: Acquaintance) -> Bool { one.rawValue < other.rawValue }
}
