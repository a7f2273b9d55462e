package import Foundation
package import Wire

/// The memory of an Event that its owner deleted before it was known here (federation profile 6.8, "Delete before
/// Invite").
package struct Withdrawal: Hashable, Sendable {
    package let event: URI
    package let at: Date

    package var forgottenAt: Date { at.addingTimeInterval(SessionTimes.withdrawalMemory) }

    /// nil when the sender's origin is not the Event's: nobody withdraws for others.
    package init?(event: URI, by sender: URI, at: Date) {
        guard event.isSameOrigin(as: sender) else { return nil }
        self.event = event
        self.at = at
    }

    package func forbids(_ request: RemoteRequest, now: Date) -> Bool {
        request.event == event && now < forgottenAt
    }
}

/// What to do with an activity about a session that is not known here, or in which its sender has no part (federation
/// profile 6.8): both get the same, so that strangers learn nothing. What promises something is denied, because this
/// side may have lost what the sender relies on.
package enum OrphanRules {
    package enum Orphan: Hashable, Sendable {
        /// What only a mentor sends: whether it relies on the session (Accept, Offer, TentativeAccept) or leaves it.
        case answer(relies: Bool)
        /// The owner's Update; whether it names somebody of ours in `to`, and its `mnt:state`.
        case change(Addressing, SessionStatus)
        case withdrawal(event: URI, by: URI)
    }

    package enum Addressing: Hashable, Sendable {
        case toOurs, toOthers
    }

    package enum Verdict: Hashable, Sendable {
        /// Log, answer 202, forget.
        case drop
        /// The Invite was lost: judge the Event as a `RemoteRequest`.
        case readAsRequest
        case remember(Withdrawal)
        /// Say that there is no such session.
        case deny
    }

    package static func decide(_ orphan: Orphan, now: Date) -> Verdict {
        switch orphan {
        case .answer(let relies): relies ? .deny : .drop
        case .change(.toOurs, .pending): .readAsRequest
        case .change(.toOurs, .scheduled): .deny
        case .change: .drop
        case .withdrawal(let event, let sender):
            Withdrawal(event: event, by: sender, at: now).map(Verdict.remember) ?? .drop
        }
    }
}
