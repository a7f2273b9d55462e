package import ActivityStreams
import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// Everything that takes something back: `Delete` of the Event by its owner or of the Accept by the mentor, `Undo` of
/// either, `Leave` by the mentor.
package struct WithdrawalHandler: ActivityHandler {
    package let patterns =
        ["Tombstone", "Event", "Accept", nil].map { ActivityPattern("Delete", $0) }
        + ["Accept", "Invite", nil].map { ActivityPattern("Undo", $0) }
        + ["Event", nil].map { ActivityPattern("Leave", $0) }

    private let performer: SessionPerformer

    package init(desk: SessionDesk) { performer = SessionPerformer(desk: desk) }

    package func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition {
        guard let subject = activity.object.uri else { return .refused(.malformed) }
        let reason = Reason(activity.reason)
        let action: SessionAction = reason.code == .expired ? .expire : .cancel(reason)
        let disposition = try await performer.perform(
            action, on: references(to: subject, by: activity), of: activity, from: sender, in: transaction)
        if disposition == .ignored(.unknownSession), activity.type == "Delete" {
            return try await remember(subject, by: sender, in: transaction)
        }
        return disposition
    }

    /// The owner withdraws by the Event or the Invite; the mentor by the Accept, or by leaving the Event.
    private func references(to subject: URI, by activity: ReceivedActivity) -> [SessionReference] {
        switch activity.type {
        case "Leave": [.event(subject)]
        case "Undo": [.invite(subject), .agreement(subject)]
        default: subject.isSameOrigin(as: activity.actor) ? [.event(subject), .agreement(subject)] : []
        }
    }

    /// A Delete can overtake its Invite: the Invite must find it.
    private func remember(_ subject: URI, by sender: Actor, in transaction: Transaction) async throws -> Disposition {
        guard let withdrawal = Withdrawal(event: subject, by: sender.uri, at: Date()), subject != sender.uri,
            try await transaction.session(.event(subject)) == nil
        else { return .ignored(.unknownSession) }
        try await transaction.insertTombstone(withdrawal.event)
        return .applied
    }
}
