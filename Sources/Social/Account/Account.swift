package import Foundation
package import Wire

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

/// What a token allows.
package enum Scope: String, CaseIterable, Sendable {
    case read, write

    /// Reads a list separated by spaces or commas; an unknown scope is an error that names it.
    package static func list(_ text: String) throws(FieldError) -> [Scope] {
        var scopes: [Scope] = []
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
            guard let scope = Scope(rawValue: String(word)) else {
                throw FieldError(
                    field: "scopes",
                    message: "'\(word.prefix(50))' is not a scope. Use \(allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            if !scopes.contains(scope) { scopes.append(scope) }
        }
        guard !scopes.isEmpty else { throw FieldError(field: "scopes", message: "Name at least one scope.") }
        return scopes
    }
}
