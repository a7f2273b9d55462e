/// What not everybody of a community may do there. Nowhere else does it matter what role somebody has.
///
/// What people may do with sessions follows from their part in each of them, and not from a role: neither moderators nor
/// administrators read what two people say to each other.
package enum Permission: CaseIterable, Hashable, Sendable {
    /// Reading applications to be a mentor, and answering them.
    case answerApplications
    /// Taking down the words of ratings that were reported, or that everybody can read.
    case moderateReviews
    /// Seeing who is said not to have come to sessions, and deciding where that is disputed.
    case judgeNoShows
    /// Reading what all sessions of the community come to, in numbers.
    case readFigures

    /// Who may.
    package var roles: Set<Account.Role> {
        switch self {
        case .answerApplications, .moderateReviews, .judgeNoShows, .readFigures: [.moderator, .administrator]
        }
    }
}

extension Account {
    package func may(_ permission: Permission) -> Bool { permission.roles.contains(role) }
}
