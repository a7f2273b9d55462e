package import PostgreSQL
package import Social
import Wire

/// What happened to somebody of this community as a whole.
package enum AccountHappening: Sendable {
    /// The actor's document reads differently from now on.
    case changed
    case moved(to: Actor)
    /// Nothing of the account is left but the traces that others hold.
    case deleted(acquainted: [Actor])
}

package struct AccountChange: Sendable {
    package let what: AccountHappening
    package let actor: Actor

    package init(_ what: AccountHappening, of actor: Actor) {
        self.what = what
        self.actor = actor
    }
}

/// Something that must follow from what happens to an account; written in the same transaction.
package protocol AccountConsequence: Sendable {
    func follow(_ change: AccountChange, in transaction: Transaction) async throws
}
