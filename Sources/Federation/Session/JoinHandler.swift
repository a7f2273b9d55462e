package import ActivityStreams
package import Foundation
import JSONTree
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
package import Wire

/// `Join` of an Event: how Mobilizon and its kin say that they come (federation profile 5.3). From the mentor who was
/// asked it is an Accept; unlike one, it waits for an Accept or a Reject of its own.
package struct JoinHandler: ActivityHandler {
    package let patterns = ["Event", nil].map { ActivityPattern("Join", $0) }
    package let hearsRepetitions = true

    private let performer: SessionPerformer
    private let community: Community
    private let deliveries = Deliveries()

    package init(community: Community, desk: SessionDesk) {
        performer = SessionPerformer(desk: desk)
        self.community = community
    }

    package func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let event = activity.object.uri, let session = try await transaction.session(.event(event)),
            session.custody != .mirror, session.mentor == sender.id
        else { return nil }
        let disposition = try await performer.perform(
            Self.action(of: activity), on: [.event(event)], of: activity, from: sender, in: transaction)
        // What holds by now: a Join that comes once more gets the same answer.
        guard let session = try await transaction.session(.event(event)),
            let mentee = try await transaction.actor(id: session.mentee)
        else { return disposition }
        let answer = Self.answer(
            to: activity, about: session, by: mentee, id: community.addresses.activity(UUID()),
            at: DateTime.cutToMilliseconds(Date()))
        try await deliveries.send(answer, to: sender, sequence: event.string, in: transaction)
        return disposition
    }

    package static func action(of join: ReceivedActivity) -> SessionAction {
        .accept(place: nil, note: join.document.text("participationMessage", limit: 1000))
    }

    package static func answer(
        to join: ReceivedActivity, about session: Session, by mentee: Actor, id: URI, at now: Date
    ) -> OutgoingActivity {
        let envelope = Envelope(id: id, actor: mentee.uri, to: [join.actor], published: now)
        let stub = ActivityStub(type: "Join", id: join.id, actor: join.actor, object: session.uri)
        let comes = session.status == .scheduled
        return OutgoingActivity(
            id: id, type: comes ? "Accept" : "Reject", sender: mentee.id,
            document: comes ? envelope.accept(stub) : envelope.reject(stub))
    }
}
