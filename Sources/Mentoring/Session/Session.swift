package import Foundation
package import Wire

/// A meeting between a mentee and a mentor, from the question to the outcome; one copy of it (see `Custody`).
///
/// Only `SessionRules` changes a session; the initialiser is for `Store` and for `requested`.
package struct Session: Hashable, Sendable {
    /// No revision above it is believed.
    package static let lastRevision = 999_999

    package let id: UUID
    /// Id of the Event; the mentee's community owns it.
    package let uri: URI
    /// Id of the Invite, one for the session's whole life.
    package let invite: URI
    package internal(set) var mentee: ActorID
    package internal(set) var mentor: ActorID
    package let custody: Custody
    /// The party elsewhere whose server knows no sessions: all is said to them in direct posts, and what they write
    /// back is read as ``Talk``. Only in custody `here`.
    package let inPosts: Role?
    package let kind: SessionKind
    package let topic: String
    package let message: String
    package let requestedAt: Date

    package internal(set) var slot: Slot
    package internal(set) var place: Place
    /// nil is free.
    package internal(set) var rate: Rate?
    /// `mnt:revision`: counts what was materially changed (time, medium of the place, price). Answers name it.
    package internal(set) var revision: Int
    /// When the present revision became known here.
    package internal(set) var revisedAt: Date
    package internal(set) var status: SessionStatus
    /// Until when a pending session waits for its answer; never after its start.
    package internal(set) var answerBy: Date
    /// Until when the time asked for is kept from others, as far as that is known here; nil where it is not, and once
    /// the session waits no more. Never after `answerBy`.
    package internal(set) var heldUntil: Date?
    package internal(set) var agreement: Agreement?
    package internal(set) var answer: MentorAnswer?
    package internal(set) var proposal: Proposal?
    /// What the mentor last asked about the present revision of a request.
    package internal(set) var inquiry: Inquiry?
    /// The agreed time of a session that was moved, kept free until the move is answered or the session ends.
    package internal(set) var heldSlot: Slot?
    /// Set exactly while declined, cancelled or expired.
    package internal(set) var ending: Ending?
    package internal(set) var menteeReport: OutcomeReport?
    package internal(set) var mentorReport: OutcomeReport?
    /// The mentee's objection to what the mentor reported.
    package internal(set) var menteeDispute: Dispute?
    package internal(set) var mentorDispute: Dispute?
    /// When this side last told the other, unasked, what it already knew.
    package internal(set) var restatedAt: Date?
    /// When who has to act was last reminded of it.
    package internal(set) var remindedAt: Date?
    package internal(set) var updatedAt: Date

    package init(
        id: UUID, uri: URI, invite: URI, mentee: ActorID, mentor: ActorID, custody: Custody, kind: SessionKind,
        topic: String, message: String, requestedAt: Date, slot: Slot, place: Place, rate: Rate?, revision: Int,
        revisedAt: Date, status: SessionStatus, answerBy: Date, heldUntil: Date? = nil, agreement: Agreement? = nil,
        answer: MentorAnswer? = nil,
        proposal: Proposal? = nil, inquiry: Inquiry? = nil, heldSlot: Slot? = nil, ending: Ending? = nil, menteeReport: OutcomeReport? = nil,
        mentorReport: OutcomeReport? = nil, menteeDispute: Dispute? = nil, mentorDispute: Dispute? = nil,
        restatedAt: Date? = nil, remindedAt: Date? = nil, updatedAt: Date, inPosts: Role? = nil
    ) {
        self.id = id
        self.uri = uri
        self.invite = invite
        self.mentee = mentee
        self.mentor = mentor
        self.custody = custody
        self.inPosts = inPosts
        self.kind = kind
        self.topic = topic
        self.message = message
        self.requestedAt = requestedAt
        self.slot = slot
        self.place = place
        self.rate = rate
        self.revision = revision
        self.revisedAt = revisedAt
        self.status = status
        self.answerBy = answerBy
        self.heldUntil = heldUntil
        self.agreement = agreement
        self.answer = answer
        self.proposal = proposal
        self.inquiry = inquiry
        self.heldSlot = heldSlot
        self.ending = ending
        self.menteeReport = menteeReport
        self.mentorReport = mentorReport
        self.menteeDispute = menteeDispute
        self.mentorDispute = mentorDispute
        self.restatedAt = restatedAt
        self.remindedAt = remindedAt
        self.updatedAt = updatedAt
    }
}

extension Session {
    /// The role that an actor has in this session; nil for everybody else, whose activities must be dropped.
    ///
    /// - Parameter former: earlier ids of the actor whose Move was verified; the session knows the party by one of them
    ///   until `replacing` was stored (federation profile 6.8, "actor Moved").
    package func role(of actor: ActorID, formerly former: Set<ActorID> = []) -> Role? {
        if actor == mentee || former.contains(mentee) { return .mentee }
        if actor == mentor || former.contains(mentor) { return .mentor }
        return nil
    }

    /// Whom of this community somebody elsewhere has to do with.
    package var partyOfOurs: ActorID { custody == .mirror || inPosts == .mentee ? mentor : mentee }

    /// The session with a party's new id, after a verified Move and the new actor's first activity on the session.
    package func replacing(_ role: Role, by actor: ActorID) -> Session {
        var session = self
        switch role {
        case .mentee: session.mentee = actor
        case .mentor: session.mentor = actor
        case .clock: break
        }
        return session
    }

    /// The time on which both have agreed, and on which both can rely: of a session that is being moved the earlier
    /// one.
    package var agreedSlot: Slot? { takenSlots.first }

    /// Times that this session keeps from others in the mentor's calendar.
    package var takenSlots: [Slot] {
        switch status {
        case .scheduled: [slot]
        case .pending: heldSlot.map { [$0] } ?? []
        case .declined, .cancelled, .expired, .completed, .noShow: []
        }
    }

    /// How the meeting went, once that is decided: the mentee's report, or the mentor's where the mentee kept silent.
    package var outcome: Outcome? {
        switch status {
        case .completed, .noShow: (menteeReport ?? mentorReport)?.outcome
        case .pending, .scheduled, .declined, .cancelled, .expired: nil
        }
    }

    /// Whether a mirror's `scheduled` was acknowledged by the owner; true wherever no receipt is needed.
    package var isConfirmed: Bool { agreement?.confirmedAt != nil || status != .scheduled }
}
