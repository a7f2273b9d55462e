package import Wire

/// What the rules make of a command. In both cases the caller stores `session`.
package enum Decision: Hashable, Sendable {
    case applied(Session, SessionEvent, replies: [Reply])
    /// Nothing happened. The session that comes along is the one given, except for its book-keeping: the last answer
    /// heard (`answer`) and `restatedAt`.
    case refused(Refusal, Session, replies: [Reply])

    package var session: Session {
        switch self {
        case .applied(let session, _, _), .refused(_, let session, _): session
        }
    }

    package var event: SessionEvent? {
        if case .applied(_, let event, _) = self { event } else { nil }
    }

    package var refusal: Refusal? {
        if case .refused(let refusal, _, _) = self { refusal } else { nil }
    }

    package var replies: [Reply] {
        switch self {
        case .applied(_, _, let replies), .refused(_, _, let replies): replies
        }
    }
}

/// What must go back to the other side beyond the event itself; only ever to another community, except `acceptOffered`.
package enum Reply: Hashable, Sendable {
    /// Owner: Update with state `confirmed`, in reply to the command's activity.
    case confirm
    /// Owner: its present state once more, in reply to the command's activity. The whole Event in an Update; once it is
    /// cancelled or expired, the Delete with its Tombstone.
    case restate
    /// Mirror: the stored activity of that id once more, byte for byte.
    case repeatAnswer(URI)
    /// Mirror: there is no such agreement, and will be none: the Accept taken back, or else a Reject of the Invite.
    case deny
    /// Mirror: the revision that it knows, in a TentativeAccept without words.
    case acknowledge
    /// The mentor's community accepts at once, because the mentee took a time that the mentor had offered and that is
    /// still free. The caller decides `accept` by the mentor next, in the same transaction.
    case acceptOffered
}

/// Why nothing happened.
package enum Refusal: Hashable, Sendable {
    /// This very activity has had its effect.
    case duplicate
    /// The mentor has given that answer before.
    case alreadyAnswered
    /// The mentor said something newer that was heard first.
    case overtaken
    case notPending(SessionStatus)
    /// To leave a pending session the mentor declines it; the mentee's cancel needs none.
    case notScheduled(SessionStatus)
    case ended(SessionStatus)
    /// The meeting's time has come.
    case tooLate
    /// It is too early to say how the meeting went.
    case notStarted
    /// Too soon after the start to say that somebody did not come.
    case withinGrace
    /// The clock came too early.
    case notDue
    case staleRevision(current: Int)
    /// Names a revision that this copy has never seen.
    case unknownRevision(current: Int)
    case wrongRole
    /// The actor is no party of the session, or not who sent the request.
    case wrongActor
    case unknownProposal
    /// The answered proposal does not hold that time.
    case notOffered
    case slotTaken
    /// Something of the mentor's is nearer than the mentor wants it, or the time is kept for somebody else: the mentor
    /// can accept all the same, by saying so.
    case tooNear(TakenTime)
    /// The mentor has as many mentees as they can have at once.
    case mentorFull
    case slotInPast
    case slotTooFarAhead
    case tooManySlots
    /// The move changes nothing.
    case unchanged
    case reasonMissing
    /// The owner speaks of an agreement to which our mentor never agreed.
    case neverAccepted
    case alreadyReported
    case nothingToDispute
    /// The mentor has no open question.
    case nothingAsked

    /// Stable name for answers of the API and for metrics.
    package var label: String {
        switch self {
        case .duplicate: "duplicate"
        case .alreadyAnswered: "already_answered"
        case .overtaken: "overtaken"
        case .notPending: "not_pending"
        case .notScheduled: "not_scheduled"
        case .ended: "ended"
        case .tooLate: "too_late"
        case .notStarted: "not_started"
        case .withinGrace: "within_grace"
        case .notDue: "not_due"
        case .staleRevision: "stale_revision"
        case .unknownRevision: "unknown_revision"
        case .wrongRole: "wrong_role"
        case .wrongActor: "wrong_actor"
        case .unknownProposal: "unknown_proposal"
        case .notOffered: "not_offered"
        case .slotTaken: "slot_taken"
        case .tooNear: "too_near"
        case .mentorFull: "mentor_full"
        case .slotInPast: "slot_in_past"
        case .slotTooFarAhead: "slot_too_far_ahead"
        case .tooManySlots: "too_many_slots"
        case .unchanged: "unchanged"
        case .reasonMissing: "reason_missing"
        case .neverAccepted: "never_accepted"
        case .alreadyReported: "already_reported"
        case .nothingToDispute: "nothing_to_dispute"
        case .nothingAsked: "nothing_asked"
        }
    }
}
