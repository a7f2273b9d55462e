package import Foundation

/// Every length of time in the rules, in seconds.
package enum SessionTimes {
    private static let hour = 3600.0
    private static let day = 24 * hour

    /// How long a request or a move waits for its answer at most.
    package static let answer = 7 * day
    /// How long before the end of a wait who has to act is reminded of it; never so near to its beginning.
    package static let reminder = day
    package static let leastReminder = hour
    /// How late somebody may come before anybody of this community can say that they did not.
    package static let grace = hour / 6
    /// How long the mentee may be silent before the mentor's report counts (federation profile 6.7).
    package static let outcomeSilence = 14 * day
    /// How long a side waits for an answer of the other community before it says the same again (6.4).
    package static let repetition = day
    /// The least time between two times of saying again what both sides know.
    package static let leastRepetition = day / 4
    /// Least time between two unasked restatements of one session (6.1).
    package static let restatement = hour
    /// How far another server's clock may be off.
    package static let clockTolerance = hour / 12
    /// How far ahead a time can be asked for.
    package static let furthestStart = 731 * day
    /// How long a withdrawn Event stays known so that a late Invite for it is dropped (6.8).
    package static let withdrawalMemory = 90 * day
    /// Column "retry until" of 6.8.
    package static let answerDeliveryAfterStart = day
    package static let endingDelivery = 6 * day

    /// The end of the wait for an answer: what the asker states, else a week; in any case before the start, and before
    /// the start of the agreed time that a move would replace.
    package static func answerBy(since: Date, slot: Slot, held: Slot? = nil, stated: Date? = nil) -> Date {
        [stated ?? since.addingTimeInterval(answer), slot.start, held?.start].compactMap(\.self).min() ?? slot.start
    }
}

/// What the clock will have to do about a session.
package enum SessionTimer: Hashable, Sendable {
    /// Send `SessionAction.expire`.
    case expire
    /// Send `SessionAction.settle`.
    case settle
    /// Ask `SessionRules.repetition`.
    case `repeat`
    /// Send `SessionAction.remind`.
    case remind

    /// The next thing for the clock, and when; nil if time alone changes nothing.
    ///
    /// - Parameter now: a reminder of a wait that is over by then comes too late.
    package static func next(for session: Session, now: Date) -> (at: Date, what: SessionTimer)? {
        let reminder = session.reminderAt.flatMap { at in
            session.waiting.map { now < $0.until } == true ? (at, SessionTimer.remind) : nil
        }
        let repetition = SessionRules.nextRepetition(of: session, now: now).map { ($0, SessionTimer.repeat) }
        return [reminder, end(of: session), repetition].compactMap(\.self).min { $0.0 < $1.0 }
    }

    private static func end(of session: Session) -> (Date, SessionTimer)? {
        switch session.status {
        case .pending:
            return (session.custody == .mirror ? session.slot.start : session.answerBy, .expire)
        case .scheduled:
            guard session.custody != .mirror else { return nil }
            return session.mentorReport.map { ($0.at.addingTimeInterval(SessionTimes.outcomeSilence), .settle) }
        case .declined, .cancelled, .expired, .completed, .noShow:
            return nil
        }
    }
}
