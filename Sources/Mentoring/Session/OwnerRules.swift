import Wire

/// What the owner's server states to a mirror, and what time does to both.
extension Hearing {
    /// A receipt tells a mirror that its mentor's Accept arrived. It never makes an agreement by itself: otherwise
    /// anybody's server could promise for our mentor.
    ///
    /// An owner that speaks of an agreement which this side does not know, or no longer, must hear so before the
    /// meeting: the mentee would wait in vain.
    func confirm(_ slot: Slot?) -> Decision {
        guard revision >= session.revision else {
            return refuse(.staleRevision(current: session.revision), sending: .knowledge)
        }
        if session.status.isOpen, !hasStarted, !agrees(with: slot) { return recounted() }
        guard let agreement = session.agreement, agreement.revision == revision else {
            // An answer of ours that could be repeated is older than the one that the owner believes to have.
            return session.status.isOpen
                ? refuse(.neverAccepted) : refuse(.ended(session.status), sending: .denial)
        }
        switch session.status {
        case .scheduled where agreement.confirmedAt != nil:
            return refuse(.duplicate)
        case .declined where !mentorIsFree:
            // Held for declined, the time was given to somebody else: the mentor takes the Accept back.
            let reason = Reason(.taken)
            return apply(.cancelled(reason), by: .mentor) { end(&$0, as: .cancelled, by: .mentor, reason) }
        case .scheduled, .declined:
            return apply(.confirmed) {
                $0.status = .scheduled
                $0.ending = nil
                $0.agreement = Agreement(
                    activity: agreement.activity, revision: agreement.revision, published: agreement.published,
                    confirmedAt: now)
            }
        case .pending, .cancelled, .expired, .completed, .noShow:
            return refuse(.ended(session.status), sending: .lastAnswer)
        }
    }

    /// Whether our mentor has accepted what the owner holds for agreed.
    private func agrees(with slot: Slot?) -> Bool {
        guard let agreement = session.agreement, agreement.revision == revision else { return false }
        return slot.map { $0.isSameTime(as: session.slot) } ?? true
    }

    /// The owner holds the session for declined. Believed unless our mentor has said something since.
    func confirmDecline(of answer: URI?) -> Decision {
        let said = [session.answer?.activity, session.agreement?.activity].compactMap(\.self)
        let isOvertaken = answer.map { !said.isEmpty && !said.contains($0) } ?? false
        switch session.status {
        case .declined:
            return refuse(.duplicate)
        case .expired where session.ending?.by != .clock:
            return refuse(.ended(.expired))
        case .pending, .scheduled, .expired:
            guard !isOvertaken else { return refuse(.overtaken, sending: .lastAnswer) }
            let reason = Reason(.unspecified)
            return apply(.declined(reason)) { end(&$0, as: .declined, reason) }
        case .cancelled, .completed, .noShow:
            return refuse(.ended(session.status))
        }
    }

    func expire() -> Decision {
        isHome ? expireByClock() : expireByOwner()
    }

    /// The owner's timer ends the wait at `answerBy`; a mirror's only when the meeting's time has come, because an
    /// answer after `answerBy` may still be taken.
    private func expireByClock() -> Decision {
        guard session.status == .pending else {
            return refuse(session.status == .scheduled ? .notPending(.scheduled) : .ended(session.status))
        }
        let due = session.custody == .mirror ? session.slot.start : session.answerBy
        guard now >= due else { return refuse(.notDue) }
        return apply(.expired) { end(&$0, as: .expired, Reason(.expired)) }
    }

    private func expireByOwner() -> Decision {
        switch session.status {
        case .expired where session.ending?.by != .clock:
            refuse(.duplicate)
        case .pending, .scheduled, .declined, .expired:
            apply(.expired) { end(&$0, as: .expired, Reason(.expired)) }
        case .cancelled, .completed, .noShow:
            refuse(.ended(session.status))
        }
    }
}
