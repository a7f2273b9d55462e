import Foundation
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// Sends what happens to a session to the other party's community, where that is another one.
package struct FederateSession: SessionConsequence {
    private let community: Community
    private let deliveries = Deliveries()

    package init(community: Community) { self.community = community }

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard change.session.custody != .here else { return }
        let activities = SessionActivities(session: change.session, mentee: change.mentee, mentor: change.mentor)
        if let event = change.event?.happened, isOurs(event, in: change.session),
            let activity = activities.activity(for: event)
        {
            try await send(activity, activities, in: transaction)
        }
        for reply in change.replies {
            try await send(reply, change, activities, in: transaction)
        }
    }

    /// Whether an event began here; what the other community told us it need not be told.
    private func isOurs(_ event: SessionEvent, in session: Session) -> Bool {
        session.custody.isHome(of: event.by) && event.activity.origin == community.origin
    }

    private func send(
        _ reply: Reply, _ change: SessionChange, _ activities: SessionActivities, in transaction: Transaction
    ) async throws {
        switch reply {
        case .confirm, .restate:
            let id = community.addresses.activity(UUID())
            try await send(
                activities.statement(id, inReplyTo: change.cause, at: DateTime.cutToMilliseconds(Date())), activities,
                in: transaction)
        case .repeatAnswer(let activity):
            guard let stored = try await transaction.activity(uri: activity) else { return }
            try await deliveries.send(
                stored: stored.id, to: activities.recipient, sequence: change.session.uri.string, in: transaction)
        case .acceptOffered: break
        }
    }

    /// A Delete makes pointless what still waits for this session.
    private func send(_ activity: OutgoingActivity, _ activities: SessionActivities, in transaction: Transaction)
        async throws
    {
        try await deliveries.send(
            activity, to: activities.recipient, sequence: activities.session.uri.string,
            supersedes: activity.type == "Delete", in: transaction)
    }
}
