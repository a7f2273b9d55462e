package import ActivityStreams
import Foundation
package import JSONTree
package import Mentoring
import PostgreSQL
package import Social
package import Store
import UseCases
package import Wire

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
            guard let session = try await transaction.session(reference),
                let party = try await transaction.actor(id: session.partyOfOurs),
                activity.isMeant(for: party.uri)
            else { continue }
            let decision = try await desk.perform(
                command, on: reference, by: sender.id, now: now, in: transaction)
            if let decision { return Disposition(decision) }
        }
        return nil
    }
}

extension ReceivedActivity {
    /// Whether it can be about a session of that person of ours: not where it names others of this community, and not
    /// them. What is said to a stranger about a session would otherwise reach its party.
    package func isMeant(for party: URI) -> Bool {
        let addressees = document.addressees
        return addressees.contains(party.string) || !addressees.contains { URI($0)?.origin == party.origin }
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
