package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
package import Wire

/// What became of a rating, as those who act on it see it.
package struct ReviewChange: Sendable {
    package enum What: Sendable { case given, revealed }

    package let what: What
    package let review: Review
    package let session: Session
    package let author: Actor
    package let subject: Actor
    /// Until when the session can be rated.
    package let closesAt: Date
    /// Whether the other side has given a rating, too.
    package let isAnswered: Bool
    package let at: Date
}

/// Something that must follow from a rating; written in the same transaction.
package protocol ReviewConsequence: Sendable {
    func follow(_ change: ReviewChange, in transaction: Transaction) async throws
}
