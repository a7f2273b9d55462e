package import Foundation

/// Whose turn it is, since when, and what silence will lead to.
package struct Waiting: Hashable, Sendable {
    package enum Otherwise: Hashable, Sendable {
        /// The session ends, its time is free again.
        case expires
        /// The open proposal lapses; the agreed time stands.
        case agreedTimeStands
        /// The mentor's report decides.
        case reportStands
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
            return Waiting(on: .mentor, since: revisedAt, until: answerBy, otherwise: .expires)
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
}
