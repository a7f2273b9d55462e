package import PostgreSQL
package import Social

/// What happened between two people.
package enum RelationHappening: Sendable {
    /// `actor` asks `other`, who has to decide.
    case asked(Follow)
    /// `actor` follows `other` from now on.
    case followed(Follow)
    /// `other` lets `actor` follow.
    case accepted(Follow)
    /// `other` does not let `actor` follow, or no longer.
    case rejected(Follow)
    /// `actor` no longer follows `other`.
    case unfollowed(Follow)
    /// `actor` wants nothing to do with `other`.
    case blocked
    case unblocked
}

package struct RelationChange: Sendable {
    package let what: RelationHappening
    /// The follower or the one who blocks.
    package let actor: Actor
    package let other: Actor

    package init(_ what: RelationHappening, actor: Actor, other: Actor) {
        self.what = what
        self.actor = actor
        self.other = other
    }
}

/// Something that must follow from what happens between people; written in the same transaction.
package protocol RelationConsequence: Sendable {
    func follow(_ change: RelationChange, in transaction: Transaction) async throws
}
