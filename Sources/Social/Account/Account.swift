package import Foundation

/// A person of this community who can sign in.
package struct Account: Hashable, Sendable {
    package enum Role: String, CaseIterable, Sendable {
        case member, moderator, administrator
    }

    package let actor: Actor
    package let email: String
    package let role: Role
    package let createdAt: Date

    package init(actor: Actor, email: String, role: Role, createdAt: Date) {
        self.actor = actor
        self.email = email
        self.role = role
        self.createdAt = createdAt
    }
}
