import Foundation
import Wire

/// Accept and decline by the mentor.
extension Hearing {
    func accept(place: Place?, note: String?, override: Bool, of start: Date? = nil) -> Decision {
        if !isHome, isOfWhatIsLost(start) { return outgrown(hearing: .accepted) }
        if let clash, !override, mentorIsFree, isHome, isAcceptable { return refuse(.tooNear(clash)) }
        return switch session.status {
        case .pending: acceptPending(place: place, note: note)
        case .scheduled: acceptAgain()
        case .declined: acceptAfterDecline(place: place, note: note)
        case .cancelled, .expired, .completed, .noShow:
            refuse(.ended(session.status), sending: .state, hearing: .accepted)
        }
    }

    /// Whether nothing but other sessions and times held for others can stand against an acceptance by one of ours.
    private var isAcceptable: Bool {
        (session.status == .pending || session.status == .declined) && mismatch == nil && !hasStarted
    }

    private func acceptPending(place: Place?, note: String?) -> Decision {
        if let mismatch { return refuse(mismatch, sending: .state, hearing: .accepted) }
        guard !hasStarted else { return refuse(.tooLate, hearing: .accepted) }
        guard mentorIsFree else { return isHome ? refuse(.slotTaken) : endUnkept() }
        return bind(place: place, note: note)
    }

    /// Accepts repeat when the receipt was lost, so a repeated one is answered by the receipt.
    private func acceptAgain() -> Decision {
        if let mismatch { return refuse(mismatch, sending: .state, hearing: .accepted) }
        guard !isHome else { return refuse(.alreadyAnswered) }
        guard isNewerThanAgreement else { return refuse(.duplicate, sending: .confirmation) }
        return apply(.answerRenewed, replies: [.confirm]) {
            $0.agreement = agreement
            hear(.accepted, &$0)
        }
    }

    /// The mentor's change of mind revives the request while its time is to come and free (6.1). If it cannot be kept,
    /// the mentor believes in a session that does not exist: only an ending of its own, sent like every other, takes
    /// that back for certain.
    private func acceptAfterDecline(place: Place?, note: String?) -> Decision {
        if let answer = session.answer, answer.kind == .declined, published <= answer.published {
            return refuse(.overtaken, sending: .state)
        }
        guard !hasStarted else {
            let isNews = session.answer?.kind == .declined
            return refuse(.tooLate, sending: isNews ? .stateAtOnce : .state, hearing: .accepted)
        }
        if isHome {
            if let mismatch { return refuse(mismatch) }
            return mentorIsFree ? bind(place: place, note: note) : refuse(.slotTaken)
        }
        return mismatch == nil && mentorIsFree ? bind(place: place, note: note) : endUnkept()
    }

    func decline(_ reason: Reason, suggesting peers: [URI] = []) -> Decision {
        guard !lacksWords(reason) else { return refuse(.reasonMissing) }
        if let answer = session.answer, answer.kind == .accepted, published < answer.published {
            return refuse(.overtaken)
        }
        switch session.status {
        case .pending:
            // Counts whatever its revision: who does not want to come is not asked twice.
            guard !hasStarted else { return refuse(.tooLate, hearing: .declined) }
            return apply(.declined(reason)) {
                hear(.declined, &$0)
                end(&$0, as: .declined, reason, suggesting: peers)
            }
        case .scheduled where isHome:
            return refuse(.notPending(.scheduled))
        case .scheduled:
            return withdraw(reason, as: .declined)
        case .completed where !isHome, .noShow where !isHome:
            return withdraw(reason, as: .declined)
        case .declined:
            guard !isHome else { return refuse(.alreadyAnswered) }
            guard let answer = session.answer, published > answer.published else { return refuse(.duplicate) }
            return apply(.answerRenewed) { hear(.declined, &$0) }
        case .cancelled, .expired, .completed, .noShow:
            return refuse(.ended(session.status), hearing: .declined)
        }
    }

    /// The mentor's word that they will not come, about a session that was agreed: a cancel. Once the meeting's time
    /// has come there is nothing to withdraw from, and an outcome to report.
    func withdraw(_ reason: Reason, as answer: MentorAnswer.Kind) -> Decision {
        guard published < session.slot.start else {
            let refusal: Refusal = session.status.isOpen ? .tooLate : .ended(session.status)
            return refuse(refusal, sending: .state)
        }
        return apply(.cancelled(reason)) {
            hear(answer, &$0)
            end(&$0, as: .cancelled, reason)
        }
    }

    /// Whether the mentor accepts what this copy has never asked for, or asked for before it lost its memory.
    private func isOfWhatIsLost(_ start: Date?) -> Bool {
        revision > session.revision || (revision == session.revision && start.map { $0 != session.slot.start } ?? false)
    }

    /// Why the command does not speak of the present revision; nil when it does.
    var mismatch: Refusal? {
        if revision < session.revision { return .staleRevision(current: session.revision) }
        if revision > session.revision { return .unknownRevision(current: session.revision) }
        return nil
    }

    private var isNewerThanAgreement: Bool {
        guard let last = session.agreement else { return true }
        return published > last.published && command.activity != last.activity
    }

    private var agreement: Agreement {
        Agreement(
            activity: command.activity, revision: session.revision, published: published,
            confirmedAt: session.custody == .mirror ? nil : now)
    }

    private func bind(place: Place?, note: String?) -> Decision {
        apply(.accepted(note: note, despite: clash), replies: session.custody == .owner ? [.confirm] : []) {
            $0.status = .scheduled
            $0.agreement = agreement
            hear(.accepted, &$0)
            if let place { $0.place = isHome ? place : place.completed(from: $0.place) }
            $0.inquiry = nil
            $0.heldSlot = nil
            $0.heldUntil = nil
            $0.ending = nil
            if let proposal = $0.proposal, proposal.published <= published { $0.proposal = nil }
        }
    }

    /// The mentor agreed to what this community can no longer offer.
    private func endUnkept() -> Decision {
        let isLate = session.status == .pending && now >= session.answerBy
        let reason = Reason(isLate ? .expired : mismatch == nil ? .taken : .scheduleConflict)
        return apply(isLate ? .expired : .cancelled(reason), by: .clock) {
            hear(.accepted, &$0)
            end(&$0, as: isLate ? .expired : .cancelled, by: .clock, reason)
        }
    }
}
