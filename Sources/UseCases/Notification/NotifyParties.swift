import Mentoring
package import PostgreSQL
import Social
import Store

/// Tells the people of this community what others did to their sessions.
package struct NotifyParties: SessionConsequence {
    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard let (event, number) = change.event, !change.isToldElsewhere else { return }
        for role in event.listeners {
            guard let recipient = change.actor(role), recipient.isLocal else { continue }
            try await transaction.insertNotification(
                for: recipient.id, kind: event.kind.label, session: change.session.id,
                from: change.actor(event.by)?.id, event: number)
        }
    }
}

extension SessionEvent {
    /// Who of the two is told of it: not who did it. A request that the mentor's own settings turn away is none of the
    /// mentor's bother; that a session which they know was moved and turned away is.
    var listeners: [Role] {
        guard kind.isShown else { return [] }
        if case .reminded(let role) = kind { return [role] }
        return [Role.mentee, .mentor].filter { role in
            if role == .mentor, by == .clock, revision == 0, case .declined = kind { return false }
            return role != by
        }
    }
}
