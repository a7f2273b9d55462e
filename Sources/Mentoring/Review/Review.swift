package import Foundation
package import Wire

/// One side's rating of a session, as far as it is known here.
package struct Review: Hashable, Sendable {
    package let id: UUID
    package let session: UUID
    /// Who gave it; the other of the two is rated.
    package let by: Role
    package let author: ActorID
    package let subject: ActorID
    /// Id of the Note by which it travels.
    package let address: URI
    package let givenAt: Date
    /// nil while another server has only promised it.
    package let rating: Rating?
    /// SHA-256 of the Note that was promised, where it was.
    package let digest: [UInt8]?
    /// When the two got to see it.
    package let revealedAt: Date?
    /// When a moderator took its words down.
    package let clearedAt: Date?

    package init(
        id: UUID, session: UUID, by: Role, author: ActorID, subject: ActorID, address: URI, givenAt: Date,
        rating: Rating?, digest: [UInt8]? = nil, revealedAt: Date? = nil, clearedAt: Date? = nil
    ) {
        self.id = id
        self.session = session
        self.by = by
        self.author = author
        self.subject = subject
        self.address = address
        self.givenAt = givenAt
        self.rating = rating
        self.digest = digest
        self.revealedAt = revealedAt
        self.clearedAt = clearedAt
    }
}

/// Why a rating is not taken.
package enum ReviewRefusal: String, Error, CaseIterable, Sendable {
    case notCompleted = "not_completed"
    case alreadyRated = "already_rated"
    /// The time for ratings is over, or the other's has been shown.
    case tooLate = "too_late"
}
