import Foundation
import Wire

/// A new revision by the mentee. It needs a new answer; until then an agreed time stays held (6.1). If the mentor
/// declines the move, the session ends and the held time is free: who only dislikes the new time proposes another.
extension Hearing {
    func reschedule(_ move: Move) -> Decision {
        isHome ? moveAsMentee(move) : moveByOwner(move)
    }

    private func moveAsMentee(_ move: Move) -> Decision {
        guard session.status.isOpen else { return refuse(.ended(session.status)) }
        guard !hasStarted else { return refuse(.tooLate) }
        if let mismatch { return refuse(mismatch) }
        let offered = offered(move.slot)
        if let answering = move.answering {
            guard session.proposal?.activity == answering else { return refuse(.unknownProposal) }
            guard offered != nil else { return refuse(.notOffered) }
        }
        if let fault = unusable(move.slot) { return refuse(fault) }
        guard move.isMaterial(for: session) else { return refuse(.unchanged) }
        return take(move, as: session.revision + 1, answering: offered)
    }

    private func moveByOwner(_ move: Move) -> Decision {
        // Who counts no revisions moves by another time alone, and takes a time that was proposed by moving to it.
        let isMaterial =
            command.revision == nil ? !move.slot.isSameTime(as: session.slot) : move.isMaterial(for: session)
        let answered = move.answering ?? (command.revision == nil ? offered(move.slot) : nil)
        let number = command.revision ?? (isMaterial ? session.revision + 1 : session.revision)
        guard number <= Session.lastRevision else { return refuse(.unknownRevision(current: session.revision)) }
        guard number > session.revision else {
            // Nothing new. Who restates the present revision may have missed our answer to it.
            guard number == session.revision else {
                return refuse(.staleRevision(current: session.revision), sending: .knowledge)
            }
            return isMaterial && session.status.isOpen ? recounted() : refuse(.duplicate, sending: .lastAnswer)
        }
        switch session.status {
        case .pending, .scheduled:
            return take(move, as: number, answering: answered)
        case .expired where session.ending?.by == .clock && now < move.slot.start:
            // Our own timer only guessed; the owner had moved it before.
            return take(move, as: number, answering: answered)
        case .declined:
            // Stays declined. A mentor who thinks better of it shall accept the time that stands now.
            return apply(
                .rescheduled(from: session.slot, to: move.slot, answering: nil),
                replies: [reply(.lastAnswer)].compactMap(\.self)
            ) {
                revise(&$0, by: move, to: number)
                if reply(.lastAnswer) != nil { $0.restatedAt = now }
            }
        case .cancelled, .expired, .completed, .noShow:
            return refuse(.ended(session.status), sending: .lastAnswer)
        }
    }

    /// The open proposal, where that time is among its times.
    private func offered(_ slot: Slot) -> URI? {
        session.proposal.flatMap { proposal in
            proposal.slots.contains { $0.isSameTime(as: slot) } ? proposal.activity : nil
        }
    }

    private func take(_ move: Move, as number: Int, answering offer: URI?) -> Decision {
        let isOffered = session.proposal.map { proposal in
            proposal.activity == offer && proposal.slots.contains { $0.isSameTime(as: move.slot) }
        }
        let acceptsNow =
            isOffered == true && mentorIsFree && session.custody.isHome(of: .mentor) && now < move.slot.start
        return apply(
            .rescheduled(from: session.slot, to: move.slot, answering: offer),
            replies: acceptsNow ? [.acceptOffered] : []
        ) {
            if $0.status == .scheduled { $0.heldSlot = $0.slot }
            $0.status = .pending
            $0.ending = nil
            $0.proposal = nil
            revise(&$0, by: move, to: number)
        }
    }

    private func revise(_ session: inout Session, by move: Move, to number: Int) {
        session.slot = move.slot
        session.place = isHome ? move.place : move.place.completed(from: session.place)
        session.rate = move.rate
        session.inquiry = nil
        session.revision = number
        session.revisedAt = now
        session.answerBy = SessionTimes.answerBy(
            since: now, slot: move.slot, held: session.heldSlot, stated: move.answerBy)
        session.heldUntil =
            session.status == .pending
            ? holding.end(since: now, answerBy: session.answerBy, stated: move.heldUntil) : nil
    }
}
