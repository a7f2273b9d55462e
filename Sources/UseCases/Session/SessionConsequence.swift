package import Mentoring
package import PostgreSQL
package import Social
package import Wire

/// What a decision changed, as those who act on it see it.
package struct SessionChange: Sendable {
    /// The session after the change.
    package let session: Session
    /// What happened, with its number in the history; nil where only replies go out.
    package let event: (happened: SessionEvent, number: Int64)?
    package let replies: [Reply]
    /// The activity that brought the command, which replies refer to; nil where the clock made them due.
    package let cause: URI?
    package let mentee: Actor
    package let mentor: Actor
    /// Of which it is a part.
    package let act: SeriesAct?

    /// Whether the mentee takes a time that the mentor has offered, so that it is agreed with that.
    package var takesOffer: Bool { replies.contains(.acceptOffered) }

    /// Whether people hear of it by another part of the same act.
    package var isToldElsewhere: Bool { act?.speaks == false }

    package func actor(_ role: Role) -> Actor? {
        switch role {
        case .mentee: mentee
        case .mentor: mentor
        case .clock: nil
        }
    }
}

/// Something that must follow from what happens to a session: deliveries, notifications, timers. It writes what is to
/// be done in the same transaction, so that it exists if and only if the change does.
package protocol SessionConsequence: Sendable {
    func follow(_ change: SessionChange, in transaction: Transaction) async throws
}
