import ActivityStreams
import Foundation
package import JSONTree
import Mentoring
import PostgreSQL
import Social
package import Store
import UseCases
import Wire

/// What the handlers of answers, changes and withdrawals share: they hand the sender's command to the desk. Without a
/// disposition there is no such session for the sender.
struct SessionPerformer: Sendable {
    let desk: SessionDesk

    func perform(
        _ action: SessionAction, on references: [SessionReference], of activity: ReceivedActivity, from sender: Actor,
        revision: Int? = nil, in transaction: Transaction
    ) async throws -> Disposition? {
        let now = DateTime.cutToMilliseconds(Date())
        var command = SessionDesk.Command(
            action, revision: revision ?? activity.revision, published: activity.published ?? now,
            activity: activity.id)
        command.act = activity.act
        for reference in references {
            let decision = try await desk.perform(
                command, on: reference, by: sender.id, now: now, in: transaction)
            if let decision { return Disposition(decision) }
        }
        return nil
    }
}

extension Disposition {
    /// What a peer's activity came to by the rules of sessions.
    init(_ decision: Decision) {
        switch decision {
        case .applied: self = .applied
        case .refused(.duplicate, _, _), .refused(.alreadyAnswered, _, _): self = .ignored(.duplicate)
        case .refused(.wrongActor, _, _): self = .refused(.notOwner)
        case .refused: self = .refused(.againstRules)
        }
    }
}

extension JSON {
    /// The sessions that this object may name: an Event, an Invite, or a stub of an Invite around an Event.
    package var sessionReferences: [SessionReference] {
        let own = uri.map { [SessionReference.invite($0), .event($0)] } ?? []
        let inner = (self["object"]?.uri ?? self["target"]?.uri).map { [SessionReference.event($0)] } ?? []
        return own + inner
    }
}
