/// What not everybody of a community may do there. Nowhere else does it matter what role somebody has.
///
/// What people may do with sessions follows from their part in each of them, and not from a role: neither moderators nor
/// administrators read what two people say to each other.
package enum Permission: CaseIterable, Hashable, Sendable {
    /// Reading applications to be a mentor, and answering them.
    case answerApplications

    /// Who may.
    package var roles: Set<Account.Role> {
        switch self {
        case .answerApplications: [.moderator, .administrator]
        }
    }
}

extension Account {
    package func may(_ permission: Permission) -> Bool { permission.roles.contains(role) }
}
