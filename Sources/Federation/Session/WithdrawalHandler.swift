package import ActivityStreams
import Foundation
import JSONTree
package import Mentoring
package import PostgreSQL
package import Social
package import Store
package import UseCases
package import Wire

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
    ) async throws -> Disposition? {
        guard let subject = activity.object.uri else { return .refused(.malformed) }
        let reason = Reason(activity.reason)
        // An Invite that comes at the same moment must find the session, or the memory of its withdrawal.
        try await transaction.lockAddress(subject)
        for (reference, action) in Self.withdrawals(of: subject, by: activity, reason) {
            let disposition = try await performer.perform(
                action, on: [reference], of: activity, from: sender, in: transaction)
            if let disposition { return disposition }
        }
        guard activity.type == "Delete", ["Event", nil].contains(activity.object["formerType"]?.string) else {
            return nil
        }
        return try await remember(subject, by: sender, in: transaction)
    }

    /// What may be meant. The owner withdraws by the Event or the Invite; the mentor by the Accept (with the Event as
    /// its target, should the Accept be unknown), or by leaving the Event. Only the owner's own Delete can say that a
    /// request expired.
    package static func withdrawals(of subject: URI, by activity: ReceivedActivity, _ reason: Reason)
        -> [(SessionReference, SessionAction)]
    {
        let cancel = SessionAction.cancel(reason)
        return switch activity.type {
        case "Leave": [(.event(subject), cancel)]
        case "Undo": [(.invite(subject), cancel), (.agreement(subject), cancel)]
        case _ where !subject.isSameOrigin(as: activity.actor): []
        default:
            [(.event(subject), reason.code == .expired ? .expire : cancel), (.agreement(subject), cancel)]
                + (activity.document.uri("target").map { [(.event($0), cancel)] } ?? [])
        }
    }

    /// A Delete can overtake its Invite: the Invite must find it.
    private func remember(_ subject: URI, by sender: Actor, in transaction: Transaction) async throws -> Disposition? {
        guard subject != sender.uri, try await transaction.session(.event(subject)) == nil,
            case .remember(let withdrawal) = OrphanRules.decide(
                .withdrawal(event: subject, by: sender.uri), now: Date())
        else { return nil }
        try await transaction.insertTombstone(withdrawal.event)
        return .applied
    }
}
