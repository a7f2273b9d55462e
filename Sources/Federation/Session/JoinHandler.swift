package import ActivityStreams
import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

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
        let words = activity.document.text("participationMessage", limit: 1000)
        let disposition = try await performer.perform(
            .accept(place: nil, note: words), on: [.event(event)], of: activity, from: sender, in: transaction)
        try await answer(activity, to: sender, about: event, in: transaction)
        return disposition
    }

    /// What holds by now: a Join that comes once more gets the same answer.
    private func answer(
        _ join: ReceivedActivity, to mentor: Actor, about event: URI, in transaction: Transaction
    ) async throws {
        guard let session = try await transaction.session(.event(event)),
            let mentee = try await transaction.actor(id: session.mentee)
        else { return }
        let id = community.addresses.activity(UUID())
        let envelope = Envelope(
            id: id, actor: mentee.uri, to: [mentor.uri], published: DateTime.cutToMilliseconds(Date()))
        let stub = ActivityStub(type: "Join", id: join.id, actor: mentor.uri, object: event)
        let comes = session.status == .scheduled
        try await deliveries.send(
            OutgoingActivity(
                id: id, type: comes ? "Accept" : "Reject", sender: mentee.id,
                document: comes ? envelope.accept(stub) : envelope.reject(stub)),
            to: mentor, sequence: event.string, in: transaction)
    }
}
