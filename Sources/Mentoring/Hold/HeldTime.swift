package import Foundation
package import Wire

/// A time of a mentor of ours that is kept for one person. No two of a mentor overlap.
package struct HeldTime: Hashable, Sendable {
    package let id: UUID
    package let mentor: ActorID
    /// For whom it is kept.
    package let holder: ActorID
    /// Name of the session type that is wished.
    package let type: String
    package let start: Date
    package let minutes: Int
    /// From then on it is anybody's again.
    package let until: Date
    /// The request that waits for its answer; nil while its holder is still writing one.
    package let session: UUID?

    package init(
        id: UUID, mentor: ActorID, holder: ActorID, type: String, start: Date, minutes: Int, until: Date,
        session: UUID? = nil
    ) {
        self.id = id
        self.mentor = mentor
        self.holder = holder
        self.type = type
        self.start = start
        self.minutes = minutes
        self.until = until
        self.session = session
    }
}

extension Session {
    /// What is kept for it while it waits; nil where nothing is. A time that it has agreed already needs no keeping.
    ///
    /// - Parameter id: of what would be kept.
    package func heldTime(id: UUID, now: Date) -> HeldTime? {
        guard status == .pending, custody != .owner, let heldUntil, heldUntil > now,
            heldSlot?.isSameTime(as: slot) != true
        else { return nil }
        return HeldTime(
            id: id, mentor: mentor, holder: mentee, type: kind.name, start: slot.start, minutes: slot.minutes,
            until: heldUntil, session: self.id)
    }

    /// Whether the two differ in what is kept for them.
    package func holdsOther(than session: Session) -> Bool {
        status != session.status || heldUntil != session.heldUntil || !slot.isSameTime(as: session.slot)
    }
}
