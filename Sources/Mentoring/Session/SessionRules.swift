package import Foundation
import Wire

/// What may happen to a session (federation profile 6.1 and 6.8). Pure: the caller locks the row, asks, and stores what
/// comes back with all its consequences in one transaction.
///
/// Three principles decide every row:
/// - Nobody promises for somebody else: a session is agreed only where its mentor accepted that very revision.
/// - Each side may always withdraw: a cancel wins over everything, and the owner may always end a session.
/// - The owner's copy decides the rest; a mirror believes it, unless its own mentor has said something newer.
package enum SessionRules {
    /// - Parameters:
    ///   - mentorIsFree: whether no other session of the mentor takes `slotInQuestion`. The owner of a session with a
    ///     remote mentor answers from what it knows itself; a community that tolerates overlaps there passes true.
    ///   - clash: what stands in the way of an acceptance until the mentor overrides it.
    ///   - holding: for how long a new time is kept from others.
    ///   - notice: how far ahead this community wants to hear of cancels and moves.
    package static func decide(
        _ command: SessionCommand, on session: Session, now: Date, mentorIsFree: Bool, clash: TakenTime? = nil,
        holding: Holding = .never, notice: Notice = Notice()
    ) -> Decision {
        let hearing = Hearing(
            command: command, session: session, now: now, mentorIsFree: mentorIsFree, clash: clash, holding: holding,
            notice: notice)
        guard command.action.isOpen(to: command.role, in: session.custody) else { return hearing.refuse(.wrongRole) }
        return switch command.action {
        case .accept(let place, let note, let override, let start):
            hearing.accept(place: place, note: note, override: override, of: start)
        case .decline(let reason, let peers): hearing.decline(reason, suggesting: peers)
        case .cancel(let reason): hearing.cancel(reason)
        case .propose(let slots, let reason): hearing.propose(slots, reason)
        case .inquire(let question): hearing.inquire(question)
        case .tell(let text, let inquiry): hearing.tell(text, inquiry: inquiry)
        // A report of the mentor is an Offer, too.
        case .declineProposal(let offer, let reason) where offer != nil && offer == session.mentorReport?.activity:
            hearing.dispute(reason)
        case .declineProposal(let proposal, let reason): hearing.declineProposal(proposal, reason)
        case .reschedule(let move): hearing.reschedule(move)
        case .confirm(let slot): hearing.confirm(slot)
        case .confirmDecline(let answer): hearing.confirmDecline(of: answer)
        case .expire: hearing.expire()
        case .report(let outcome): hearing.report(outcome)
        case .dispute(let reason): hearing.dispute(reason)
        case .settle: hearing.settle()
        case .remind: hearing.remind()
        case .acknowledge: hearing.acknowledge()
        }
    }

    /// The time for which `mentorIsFree` must be known, with this session's own times left out of the count; nil when
    /// it does not matter.
    package static func slotInQuestion(_ action: SessionAction, on session: Session) -> Slot? {
        switch action {
        case .accept: session.slot
        case .reschedule(let move): move.slot
        case .confirm: session.status == .declined ? session.slot : nil
        default: nil
        }
    }

    /// How somebody whose account goes away, or who blocks the other, leaves an open session; nil where there is
    /// nothing to leave. The reason needs words, as every person's does (federation profile 6.7 "Block", 6.8 "Delete of
    /// an actor").
    package static func departure(of role: Role, from session: Session, reason: Reason, now: Date) -> SessionAction? {
        switch (role, session.status) {
        case (.mentee, .pending): .cancel(reason)
        case (.mentor, .pending): session.custody.isHome(of: .mentor) ? .decline(reason) : .cancel(reason)
        case (.mentee, .scheduled), (.mentor, .scheduled): now < session.slot.start ? .cancel(reason) : nil
        default: nil
        }
    }

}

/// One command before the rules, with what they need to judge it.
struct Hearing {
    let command: SessionCommand
    let session: Session
    let now: Date
    let mentorIsFree: Bool
    var clash: TakenTime?
    var holding = Holding.never
    var notice = Notice()

    /// Whether the actor acts here: then answers go to a person, and nothing is sent back.
    var isHome: Bool { session.custody.isHome(of: command.role) }

    var hasStarted: Bool { now >= session.slot.start }

    /// When the sender says it was said. A time from the future is no order: then arrival counts.
    var published: Date {
        command.published > now.addingTimeInterval(SessionTimes.clockTolerance) ? now : command.published
    }

    /// The revision that the command speaks of. Without a number it is the present one, unless the command was
    /// published before that one was known.
    var revision: Int {
        if let revision = command.revision { return revision }
        let isOlder = !isHome && session.revision > 0 && published < session.revisedAt
        return isOlder ? session.revision - 1 : session.revision
    }

    /// Whether a person of this community left out the words that they owe.
    func lacksWords(_ reason: Reason) -> Bool { isHome && command.role != .clock && reason.text == nil }
}

extension Hearing {
    /// What a refusal can send back.
    enum Echo {
        case nothing, confirmation, state, lastAnswer, knowledge, denial
        /// The state, even within the hour: the sender has just begun to believe something else.
        case stateAtOnce
    }

    /// - Parameter kind: the remote mentor's answer that was heard although it does not bind.
    func refuse(_ refusal: Refusal, sending echo: Echo = .nothing, hearing kind: MentorAnswer.Kind? = nil) -> Decision {
        var session = session
        if let kind, !isHome { hear(kind, &session) }
        guard let reply = reply(echo) else { return .refused(refusal, session, replies: []) }
        session.restatedAt = now
        return .refused(refusal, session, replies: [reply])
    }

    func apply(
        _ kind: SessionEvent.Kind, by role: Role? = nil, replies: [Reply] = [], change: (inout Session) -> Void
    ) -> Decision {
        var session = session
        change(&session)
        session.updatedAt = now
        let isLate =
            switch kind {
            case .cancelled(let reason): isLate(reason)
            case .rescheduled: isLate(Reason(.unspecified))
            default: false
            }
        let event = SessionEvent(
            kind, by: role ?? command.role, at: now, revision: session.revision, activity: command.activity,
            isLate: isLate && role == nil)
        return .applied(session, event, replies: replies)
    }

    /// The echo as a reply: to another community only, and, but for `stateAtOnce`, once per hour and session.
    func reply(_ echo: Echo) -> Reply? {
        guard !isHome, isRestatementDue || echo == .stateAtOnce else { return nil }
        switch echo {
        case .nothing: return nil
        case .confirmation: return session.custody == .owner ? .confirm : nil
        case .state, .stateAtOnce: return session.custody == .owner ? .restate : nil
        case .lastAnswer:
            guard session.custody == .mirror else { return nil }
            guard !session.mustDeny else { return .deny }
            guard let last = session.lastWord, isPast(last.published) else { return nil }
            return .repeatAnswer(last.activity)
        case .knowledge: return session.custody == .mirror ? .acknowledge : nil
        case .denial: return session.custody == .mirror ? .deny : nil
        }
    }

    private var isRestatementDue: Bool { session.restatedAt.map(isPast) ?? true }

    private func isPast(_ moment: Date) -> Bool { now.timeIntervalSince(moment) >= SessionTimes.restatement }

    /// Keeps the newest answer of the mentor; on a tie the one that withdraws.
    func hear(_ kind: MentorAnswer.Kind, _ session: inout Session) {
        if let last = session.answer, published < last.published || (published == last.published && kind == .accepted) {
            return
        }
        session.answer = MentorAnswer(kind: kind, activity: command.activity, published: published)
    }

    /// Whether the sender leaves or moves what was agreed later than this community wants it.
    private func isLate(_ reason: Reason) -> Bool {
        guard reason.code != .illness, let late = notice.lateFrom(session, for: command.role) else { return false }
        return published >= late
    }

    func end(
        _ session: inout Session, as status: SessionStatus, by role: Role? = nil, _ reason: Reason,
        suggesting peers: [URI] = []
    ) {
        session.status = status
        session.ending = Ending(
            by: role ?? command.role, reason: reason, at: now, activity: command.activity,
            isLate: status == .cancelled && role == nil && isLate(reason), suggested: peers)
        session.proposal = nil
        session.inquiry = nil
        session.heldSlot = nil
        session.heldUntil = nil
    }
}

extension Session {
    /// Whether a mirror's session is over, but not by an answer of its mentor's that could be repeated: an Accept, the last
    /// one that there is, would revive it on the other side alone.
    fileprivate var mustDeny: Bool {
        (status == .cancelled || status == .expired) && (answer.map { $0.kind == .accepted } ?? true)
    }

    /// What a mirror would repeat: the Accept that holds, else the mentor's newest answer or offer.
    var lastWord: (activity: URI, published: Date)? {
        if status == .scheduled, let agreement { return (agreement.activity, agreement.published) }
        let words = [answer.map { ($0.activity, $0.published) }, proposal.map { ($0.activity, $0.published) }]
        return words.compactMap(\.self).max { $0.1 < $1.1 }
    }
}
