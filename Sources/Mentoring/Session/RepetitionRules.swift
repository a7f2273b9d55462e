package import Foundation
import Wire

/// What a side says again unasked. A delivery can fail for good, and a server that came back from a backup has forgotten
/// what it had taken: nobody could tell the difference from silence. So while a meeting is to come, each side says from
/// time to time what it believes, and who believes something else answers.
extension SessionRules {
    /// What is due to be said again, and the session to store.
    package static func repetition(of session: Session, now: Date) -> (Session, Reply)? {
        guard let due = nextRepetition(of: session, now: now), due <= now else { return nil }
        var after = session
        after.restatedAt = now
        guard session.custody == .mirror else { return (after, .restate) }
        return session.agreement.map { (after, .repeatAnswer($0.activity)) }
    }

    static func nextRepetition(of session: Session, now: Date) -> Date? {
        guard let (due, end) = repetitionDue(of: session), due < end else { return nil }
        // An Accept that nobody has confirmed is worth saying late, too.
        return now < end || !session.isConfirmed ? due : nil
    }

    /// When what this side believes is to be said again, and until when that helps anybody.
    private static func repetitionDue(of session: Session) -> (at: Date, end: Date)? {
        switch (session.custody, session.status) {
        case (.owner, .pending):
            due(after: session.revisedAt, of: session, before: session.answerBy) { _ in SessionTimes.repetition }
        case (.mirror, .scheduled) where !session.isConfirmed:
            due(
                after: session.agreement?.published, of: session,
                before: session.slot.start.addingTimeInterval(SessionTimes.answerDeliveryAfterStart)
            ) { _ in SessionTimes.repetition }
        case (.owner, .scheduled), (.mirror, .scheduled):
            // Halfway to the meeting, and halfway again: the nearer it is, the more depends on it.
            due(after: session.agreement?.confirmedAt, of: session, before: session.slot.start) { last in
                max(SessionTimes.leastRepetition, session.slot.start.timeIntervalSince(last) / 2)
            }
        default: nil
        }
    }

    private static func due(
        after said: Date?, of session: Session, before end: Date, pause: (Date) -> TimeInterval
    ) -> (at: Date, end: Date)? {
        [said, session.restatedAt].compactMap(\.self).max().map { last in
            (last.addingTimeInterval(pause(last)), end)
        }
    }
}

extension Hearing {
    /// The mentor's server tells which revision it knows: one that this copy has never had means that this copy is older
    /// than what the two have agreed since, and nobody here can say what that was.
    func acknowledge() -> Decision {
        if revision > session.revision { return outgrown() }
        return revision < session.revision
            ? refuse(.staleRevision(current: session.revision), sending: .state) : refuse(.duplicate)
    }

    /// Ends what this owner has lost a part of.
    func outgrown(hearing kind: MentorAnswer.Kind? = nil) -> Decision {
        guard session.status.isOpen || session.status == .declined, !hasStarted else {
            return refuse(.unknownRevision(current: session.revision), sending: .state, hearing: kind)
        }
        return cancelledAsUnclear(hearing: kind)
    }

    /// The owner tells another time of the revision that this copy knows: it has counted anew after a loss. What our
    /// mentor agreed to is not what the owner means.
    func recounted() -> Decision {
        guard session.status.isOpen, !hasStarted else { return refuse(.staleRevision(current: session.revision)) }
        return cancelledAsUnclear()
    }

    private func cancelledAsUnclear(hearing kind: MentorAnswer.Kind? = nil) -> Decision {
        let reason = Reason(.scheduleConflict)
        return apply(.cancelled(reason), by: .clock) {
            if let kind { hear(kind, &$0) }
            end(&$0, as: .cancelled, by: .clock, reason)
        }
    }
}
