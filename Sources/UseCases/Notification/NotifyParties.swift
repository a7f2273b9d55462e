import Mentoring
package import PostgreSQL
import Social
import Store

/// Tells the people of this community what others did to their sessions. A request that the mentor's own settings turn
/// away is none of the mentor's bother.
package struct NotifyParties: SessionConsequence {
    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard let (event, number) = change.event, event.kind.isShown else { return }
        for role in [Role.mentee, .mentor] where role != event.by {
            guard let recipient = change.actor(role), recipient.isLocal else { continue }
            if role == .mentor, event.by == .clock, case .declined = event.kind { continue }
            try await transaction.insertNotification(
                for: recipient.id, kind: event.kind.label, session: change.session.id,
                from: change.actor(event.by)?.id, event: number)
        }
    }
}
