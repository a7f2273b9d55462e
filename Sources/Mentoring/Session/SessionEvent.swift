package import Foundation
package import Wire

/// What happened to a session: its history for people, and what activities, notifications and mails are made from.
package struct SessionEvent: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case requested
        /// `despite` is what the mentor accepted it in spite of.
        case accepted(note: String?, despite: TakenTime? = nil)
        /// The mentor accepted or declined once more; nothing changed. Not for people.
        case answerRenewed
        case declined(Reason)
        case cancelled(Reason)
        case proposed([Slot], Reason)
        /// The mentor asks something before they answer.
        case inquired(String)
        case told(IntakeAnswer)
        /// The mentee wants none of the times of that Offer.
        case proposalDeclined(of: URI, Reason)
        /// A new revision; `answering` is the Offer that was taken up.
        case rescheduled(from: Slot, to: Slot, answering: URI?)
        /// The owner's receipt reached the mirror. Not for people.
        case confirmed
        case expired
        case reported(Outcome)
        case disputed(Reason)
        /// The mentor's report counts, the mentee having kept silent.
        case settled(Outcome)
        /// That side was reminded that it is their turn.
        case reminded(Role)

        /// Stable name for storage, logs and metrics.
        package var label: String {
            switch self {
            case .requested: "requested"
            case .accepted: "accepted"
            case .answerRenewed: "answer_renewed"
            case .declined: "declined"
            case .cancelled: "cancelled"
            case .proposed: "proposed"
            case .inquired: "inquired"
            case .told: "told"
            case .proposalDeclined: "proposal_declined"
            case .rescheduled: "rescheduled"
            case .confirmed: "confirmed"
            case .expired: "expired"
            case .reported: "reported"
            case .disputed: "disputed"
            case .settled: "settled"
            case .reminded: "reminded"
            }
        }

        /// Whether the two people are told.
        package var isShown: Bool {
            switch self {
            case .answerRenewed, .confirmed: false
            default: true
            }
        }
    }

    package let kind: Kind
    package let by: Role
    /// When it took effect here.
    package let at: Date
    /// The session's revision after it.
    package let revision: Int
    package let activity: URI
    /// Of a cancel or a move: whether it came later than this community wants it of that side (see ``Notice``).
    package let isLate: Bool

    package init(_ kind: Kind, by role: Role, at: Date, revision: Int, activity: URI, isLate: Bool = false) {
        self.kind = kind
        self.by = role
        self.at = at
        self.revision = revision
        self.activity = activity
        self.isLate = isLate
    }

    /// Until when its delivery is worth trying (federation profile 6.8, column "retry until"), given the session after
    /// the event.
    package func deliverUntil(_ session: Session) -> Date {
        switch kind {
        case .requested, .inquired, .told, .reminded: session.answerBy
        case .proposed, .proposalDeclined: session.slot.start
        case .accepted, .answerRenewed, .declined, .rescheduled, .confirmed:
            session.slot.start.addingTimeInterval(SessionTimes.answerDeliveryAfterStart)
        case .cancelled, .expired, .reported, .disputed, .settled: at.addingTimeInterval(SessionTimes.endingDelivery)
        }
    }
}
