package import ActivityStreams
package import Foundation
package import JSONTree
import Mentoring
import PostgreSQL
import Store
package import Social
import UseCases
package import Wire

/// What is said to somebody elsewhere who relies on a session of which nothing is known here, or in which they have no
/// part (federation profile 6.8): after a restored backup the two cannot be told apart, and strangers learn nothing from
/// an answer that is always the same.
package enum SessionDenial {
    /// The mentee's side: that Accept binds nothing. It is the answer that is named, and not the session, which may be
    /// somebody else's.
    package static func unbound(_ accept: ReceivedActivity, of event: URI, in envelope: Envelope) -> JSON {
        envelope.activity(
            "Reject",
            object: [
                "id": .string(accept.id.string), "type": "Accept", "actor": .string(accept.actor.string),
                "object": .string(event.string),
            ],
            context: Vocabulary.sessionContext, members(accept.revision))
    }

    /// The mentor's side: nobody has accepted that.
    package static func neverAccepted(_ event: URI, of owner: URI, in envelope: Envelope, revision: Int?) -> JSON {
        envelope.activity(
            "Reject", object: .plainEvent(event, of: owner), context: Vocabulary.sessionContext, members(revision))
    }

    private static func members(_ revision: Int?) -> KeyValuePairs<String, JSON?> {
        [
            "mnt:revision": .int(revision ?? 0),
            "mnt:reason": .string(Reason.Code.scheduleConflict.rawValue),
        ]
    }

    /// The Event of ours that an answer is about; nil where it names none.
    package static func event(answeredBy activity: ReceivedActivity, of community: Community) -> URI? {
        activity.object.sessionReferences.lazy.compactMap { reference in
            guard case .event(let uri) = reference, case .session? = community.addresses.place(of: uri) else {
                return nil
            }
            return uri
        }.first
    }
}

/// Sends denials.
struct SessionDenials: Sendable {
    let community: Community
    private let deliveries = Deliveries()

    init(community: Community) { self.community = community }

    /// To a mentor elsewhere who has answered: nil where nothing is to be said.
    func deny(answer activity: ReceivedActivity, from mentor: Actor, in transaction: Transaction) async throws
        -> Disposition?
    {
        guard case .deny = OrphanRules.decide(.answer(relies: activity.reliesOnSession), now: Date()),
            let event = SessionDenial.event(answeredBy: activity, of: community)
        else { return nil }
        return try await send(about: event, for: activity, to: mentor, in: transaction) {
            SessionDenial.unbound(activity, of: event, in: $0)
        }
    }

    /// To an owner elsewhere who holds a session for agreed.
    func deny(_ event: URI, agreedBy activity: ReceivedActivity, from owner: Actor, in transaction: Transaction)
        async throws -> Disposition?
    {
        try await send(about: event, for: activity, to: owner, in: transaction) {
            SessionDenial.neverAccepted(event, of: owner.uri, in: $0, revision: activity.revision)
        }
    }

    private func send(
        about event: URI, for activity: ReceivedActivity, to sender: Actor,
        in transaction: Transaction, document: (Envelope) -> JSON
    ) async throws -> Disposition? {
        guard let person = try await transaction.addressee(of: activity) else { return nil }
        let id = community.addresses.activity(UUID())
        let envelope = Envelope(
            id: id, actor: person.uri, to: [sender.uri], published: DateTime.cutToMilliseconds(Date()))
        try await deliveries.send(
            OutgoingActivity(id: id, type: "Reject", sender: person.id, document: document(envelope)), to: sender,
            sequence: event.string, in: transaction)
        return .refused(.unknownObject)
    }
}

extension ReceivedActivity {
    /// Whether the sender, a mentor, counts on the session that it is about.
    package var reliesOnSession: Bool { type == "Accept" }
}
