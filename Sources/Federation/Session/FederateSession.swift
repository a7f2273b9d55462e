import ActivityStreams
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
        var activities = SessionActivities(session: change.session, mentee: change.mentee, mentor: change.mentor)
        if change.session.isPlainEvent(of: change.mentee) {
            return try await answer(change, activities, in: transaction)
        }
        if change.session.custody == .owner {
            activities.place = try await transaction.seriesPlaces(of: [change.session.id])[change.session.id]
        }
        // One date alone is no act of its own.
        activities.act = change.act.flatMap { $0.parts > 1 ? ActDocument(id: $0.id, parts: $0.parts) : nil }
        if case .requested? = change.event?.happened.kind, change.session.custody == .owner {
            activities.offer = try await transaction.offerLink(of: change.session.id)
            activities.follows = try await transaction.followed(by: change.session.id)?.event
            activities.answers = try await transaction.answers(of: change.session.id)
        }
        if let event = change.event?.happened, change.session.custody.isHome(of: event.by),
            let activity = activities.activity(for: event, id: ownID(of: event))
        {
            try await send(activity, activities, in: transaction)
        }
        for reply in change.replies {
            try await send(reply, change, activities, in: transaction)
        }
    }

    /// Tells the organiser of a plain event. An answer that stands is taken back before another is given, and when it
    /// does not hold for the time to which the event was moved. Nothing is repeated, because nothing confirms it.
    private func answer(
        _ change: SessionChange, _ activities: SessionActivities, in transaction: Transaction
    ) async throws {
        guard let (event, number) = change.event else { return }
        let isHome = change.session.custody.isHome(of: event.by)
        let answer = isHome ? activities.activity(for: event, id: ownID(of: event)) : nil
        var isMoved = false
        if case .rescheduled = event.kind { isMoved = true }
        guard answer != nil || isMoved else { return }
        let standing = try await transaction.events(of: change.session.id).standingAnswer(before: number)
        if let standing, answer != nil || standing.verb != "Reject" {
            let undo = activities.undo(standing, id: community.addresses.activity(UUID()), at: event.at)
            try await send(undo, activities, in: transaction)
        }
        if let answer { try await send(answer, activities, in: transaction) }
    }

    /// The event's own activity where it is ours; a new one where another's activity made us act, as an Accept does
    /// that can no longer be kept.
    private func ownID(of event: SessionEvent) -> URI {
        event.activity.origin == community.origin ? event.activity : community.addresses.activity(UUID())
    }

    private func send(
        _ reply: Reply, _ change: SessionChange, _ activities: SessionActivities, in transaction: Transaction
    ) async throws {
        let id = community.addresses.activity(UUID())
        let now = DateTime.cutToMilliseconds(Date())
        switch reply {
        case .confirm, .restate:
            try await send(activities.statement(id, inReplyTo: change.cause, at: now), activities, in: transaction)
        case .deny: try await send(activities.denial(id, at: now), activities, in: transaction)
        case .acknowledge: try await send(activities.acknowledgement(id, at: now), activities, in: transaction)
        case .repeatAnswer(let activity):
            guard let stored = try await transaction.activity(uri: activity) else { return }
            try await deliveries.send(
                stored: stored.id, to: activities.recipient, sequence: change.session.uri.string, in: transaction)
        case .acceptOffered: break
        }
    }

    /// The owner's Delete of the Event makes pointless what still waits for this session. The mentor's Delete does not:
    /// it takes back an Accept that must have been heard.
    private func send(_ activity: OutgoingActivity, _ activities: SessionActivities, in transaction: Transaction)
        async throws
    {
        try await deliveries.send(
            activity, to: activities.recipient, sequence: activities.session.uri.string,
            supersedes: activity.type == "Delete" && activities.session.custody == .owner, in: transaction)
    }
}
