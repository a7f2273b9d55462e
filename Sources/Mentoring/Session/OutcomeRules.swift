import Foundation

/// What becomes of an agreed session once its time has come (6.7). The mentee's report decides; the mentor's stands
/// beside it, and decides after the mentee's long silence.
extension Hearing {
    func report(_ outcome: Outcome) -> Decision {
        switch session.status {
        case .pending:
            let isOwnersWord = command.role == .mentee && !isHome
            return refuse(
                isOwnersWord ? .neverAccepted : .notScheduled(.pending), sending: isOwnersWord ? .lastAnswer : .state)
        case .declined, .cancelled, .expired:
            return refuse(.ended(session.status), sending: command.role == .mentor ? .state : .lastAnswer)
        case .scheduled, .completed, .noShow:
            break
        }
        let allowance = isHome ? 0 : SessionTimes.clockTolerance
        guard now >= session.slot.start.addingTimeInterval(-allowance) else { return refuse(.notStarted) }
        let isClaim = isHome && outcome.status == .noShow
        guard !isClaim || now >= session.slot.start.addingTimeInterval(SessionTimes.grace) else {
            return refuse(.withinGrace)
        }
        let report = OutcomeReport(outcome: outcome, at: now, activity: command.activity)
        let earlier = command.role == .mentor ? session.mentorReport : session.menteeReport
        if let earlier {
            return refuse(earlier.activity == command.activity ? .duplicate : .alreadyReported)
        }
        if command.role == .mentor { return apply(.reported(outcome)) { $0.mentorReport = report } }
        guard session.status == .scheduled else { return refuse(.ended(session.status)) }
        if session.custody == .mirror, revision != session.revision {
            return refuse(revision < session.revision ? .staleRevision(current: session.revision) : .neverAccepted)
        }
        if isSettlement(outcome) { return settle(as: outcome) }
        return apply(.reported(outcome)) {
            $0.menteeReport = report
            $0.status = outcome.status
            $0.proposal = nil
        }
    }

    /// Each side can object to what the other told. The mentee's own report is the stronger word: who has told how it was
    /// has nothing more to object to.
    func dispute(_ reason: Reason) -> Decision {
        guard !lacksWords(reason) else { return refuse(.reasonMissing) }
        guard isToldByTheOther else { return refuse(.nothingToDispute) }
        let side: WritableKeyPath<Session, Dispute?> = command.role == .mentor ? \.mentorDispute : \.menteeDispute
        if let dispute = session[keyPath: side] {
            return refuse(dispute.activity == command.activity ? .duplicate : .alreadyReported)
        }
        return apply(.disputed(reason)) {
            $0[keyPath: side] = Dispute(reason: reason, at: now, activity: command.activity)
        }
    }

    private var isToldByTheOther: Bool {
        switch session.status {
        case .completed, .noShow:
            command.role == .mentor
                ? session.menteeReport != nil : session.mentorReport != nil && session.menteeReport == nil
        case .scheduled: command.role == .mentee && session.mentorReport != nil
        case .pending, .declined, .cancelled, .expired: false
        }
    }

    func settle() -> Decision {
        guard session.status == .scheduled else {
            return refuse(session.status == .pending ? .notScheduled(.pending) : .ended(session.status))
        }
        guard let report = session.mentorReport,
            now >= report.at.addingTimeInterval(SessionTimes.outcomeSilence)
        else { return refuse(.notDue) }
        return settle(as: report.outcome)
    }

    private func settle(as outcome: Outcome) -> Decision {
        apply(.settled(outcome), by: .clock) {
            $0.status = outcome.status
            $0.proposal = nil
        }
    }

    /// Whether the owner states that the mentor's report counts. Its Update says no more than one with the mentee's own
    /// report would.
    private func isSettlement(_ outcome: Outcome) -> Bool {
        guard session.custody == .mirror, let report = session.mentorReport, report.outcome == outcome else {
            return false
        }
        return now >= report.at.addingTimeInterval(SessionTimes.outcomeSilence - SessionTimes.clockTolerance)
    }
}
