package import Foundation
package import Wire

/// What somebody wants to happen to a session, whichever entrance it came through.
package struct SessionCommand: Hashable, Sendable {
    package let action: SessionAction
    /// The role that the authenticated actor has (`Session.role`).
    package let role: Role
    /// The revision that it speaks of; nil means what stood when it was published.
    package let revision: Int?
    package let published: Date
    /// The activity that carries it, or will.
    package let activity: URI

    package init(_ action: SessionAction, by role: Role, revision: Int? = nil, published: Date, activity: URI) {
        self.action = action
        self.role = role
        self.revision = revision
        self.published = published
        self.activity = activity
    }
}

package enum SessionAction: Hashable, Sendable {
    /// Accept. A place replaces the one that was asked for; `override` is the mentor's word that what is near, or kept
    /// for somebody else, shall not stand in the way. `start` is the time that the other community says it accepts.
    case accept(place: Place?, note: String?, override: Bool = false, of: Date? = nil)
    /// Reject of the Invite. By the clock: an automatic answer, such as policy. With others whom the mentor suggests.
    case decline(Reason, suggesting: [URI] = [])
    /// Delete of the Event by its owner; by the mentor, Delete of their own Accept (or Undo, Leave).
    case cancel(Reason)
    /// Offer of other times; of none: the mentee shall choose another time.
    case propose([Slot], Reason)
    /// TentativeAccept of the Invite with a question: the mentor wants to know more.
    case inquire(String)
    /// Update that answers it; nil means the one that is open.
    case tell(String, inquiry: URI? = nil)
    /// Reject of an Offer; nil means the one that is open.
    case declineProposal(of: URI?, Reason)
    /// Update to a new revision. A remote one must carry its number in the command.
    case reschedule(Move)
    /// The owner's Update with state `confirmed`: receipt of an Accept. With the time that the owner holds for agreed.
    case confirm(Slot? = nil)
    /// The owner's Update with state `declined`; with the answer that it is in reply to, where it names one.
    case confirmDecline(of: URI?)
    /// The clock's, when nobody answered in time; or the owner's Delete with reason `expired`.
    case expire
    /// The owner's Update with an outcome, or the mentor's Offer of one.
    case report(Outcome)
    /// The mentor's Reject of the outcome that the mentee reported.
    case dispute(Reason)
    /// The clock's: the mentor's report counts after the mentee's long silence.
    case settle
    /// The clock's: who has to act is reminded of it.
    case remind
    /// TentativeAccept of the Invite without words, by the mentor's server: the revision that it knows.
    case acknowledge

    /// Stable name for logs and metrics.
    package var label: String {
        switch self {
        case .accept: "accept"
        case .decline: "decline"
        case .cancel: "cancel"
        case .propose: "propose"
        case .inquire: "inquire"
        case .tell: "tell"
        case .declineProposal: "decline_proposal"
        case .reschedule: "reschedule"
        case .confirm: "confirm"
        case .confirmDecline: "confirm_decline"
        case .expire: "expire"
        case .report: "report"
        case .dispute: "dispute"
        case .settle: "settle"
        case .remind: "remind"
        case .acknowledge: "acknowledge"
        }
    }

    /// Who may ever do this on a copy in that custody. What the other community's people and timers do reaches us as
    /// the mentee's or the mentor's word.
    package func isOpen(to role: Role, in custody: Custody) -> Bool {
        switch self {
        case .accept, .propose, .inquire: role == .mentor
        case .acknowledge: role == .mentor && custody == .owner
        case .decline: role == .mentor || (role == .clock && custody.isHome(of: .mentor))
        case .cancel, .report, .dispute: role != .clock
        case .declineProposal, .reschedule, .tell: role == .mentee
        case .confirm, .confirmDecline: role == .mentee && custody == .mirror
        case .expire: role == .clock || (role == .mentee && custody == .mirror)
        case .settle: role == .clock && custody != .mirror
        case .remind: role == .clock
        }
    }
}

/// A new version of what is asked: the values that shall hold, changed or not.
package struct Move: Hashable, Sendable {
    package let slot: Slot
    package let place: Place
    package let rate: Rate?
    /// The Offer that it takes up.
    package let answering: URI?
    /// What the owner's Update says; nil for the usual time.
    package let answerBy: Date?
    /// Until when the owner believes the new time to be kept.
    package let heldUntil: Date?

    package init(
        slot: Slot, place: Place, rate: Rate?, answering: URI? = nil, answerBy: Date? = nil, heldUntil: Date? = nil
    ) {
        self.slot = slot
        self.place = place
        self.rate = rate
        self.answering = answering
        self.answerBy = answerBy
        self.heldUntil = heldUntil
    }

    /// Nothing but another time.
    package init(of session: Session, to slot: Slot, answering: URI? = nil) {
        self.init(slot: slot, place: session.place, rate: session.rate, answering: answering)
    }

    /// Whether it differs from the session in what an answer binds to.
    func isMaterial(for session: Session) -> Bool {
        !slot.isSameTime(as: session.slot) || place.medium != session.place.medium || rate != session.rate
    }
}
