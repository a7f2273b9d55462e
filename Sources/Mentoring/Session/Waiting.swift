package import Foundation

/// Whose turn it is, since when, and what silence will lead to.
package struct Waiting: Hashable, Sendable {
    package enum Otherwise: String, CaseIterable, Sendable {
        /// The session ends, its time is free again.
        case expires
        /// The open proposal lapses; the agreed time stands.
        case agreedTimeStands = "agreed_time_stands"
        /// The mentor's report decides.
        case reportStands = "report_stands"
    }

    package let on: Role
    package let since: Date
    package let until: Date
    package let otherwise: Otherwise
}

extension Session {
    /// nil when nobody has to do anything.
    package var waiting: Waiting? {
        switch status {
        case .pending:
            if let proposal {
                return Waiting(on: .mentee, since: proposal.published, until: answerBy, otherwise: .expires)
            }
            if let inquiry, inquiry.isOpen {
                return Waiting(on: .mentee, since: inquiry.published, until: answerBy, otherwise: .expires)
            }
            let since = max(revisedAt, inquiry?.answeredAt ?? revisedAt)
            return Waiting(on: .mentor, since: since, until: answerBy, otherwise: .expires)
        case .scheduled:
            if let mentorReport {
                let end = mentorReport.at.addingTimeInterval(SessionTimes.outcomeSilence)
                return Waiting(on: .mentee, since: mentorReport.at, until: end, otherwise: .reportStands)
            }
            return proposal.map {
                Waiting(on: .mentee, since: $0.published, until: slot.start, otherwise: .agreedTimeStands)
            }
        case .declined, .cancelled, .expired, .completed, .noShow:
            return nil
        }
    }

    package var waitingOn: Role? { waiting?.on }

    /// When who has to act is reminded, where that is somebody of this community: once, a day before the wait is over,
    /// of shorter waits in the middle, and not at all where that is less than an hour.
    package var reminderAt: Date? {
        guard let waiting, custody.isHome(of: waiting.on), (remindedAt ?? .distantPast) < waiting.since else {
            return nil
        }
        let half = waiting.until.timeIntervalSince(waiting.since) / 2
        return half < SessionTimes.leastReminder
            ? nil : waiting.until.addingTimeInterval(-min(half, SessionTimes.reminder))
    }
}

extension Hearing {
    func remind() -> Decision {
        guard let due = session.reminderAt, let waiting = session.waiting, now >= due, now < waiting.until else {
            return refuse(.notDue)
        }
        return apply(.reminded(waiting.on)) { $0.remindedAt = now }
    }
}
