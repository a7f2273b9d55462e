package import ActivityStreams
import Foundation
import JSONTree
package import Mentoring
package import PostgreSQL
package import Social
package import Store
package import UseCases
import Wire

/// `Accept`, `Reject` and, with a question, `TentativeAccept` or `TentativeReject` of an Invite, or of its Event as
/// Friendica and Hubzilla answer; `Reject` of an Offer, of times or of an outcome, by the owner, and of a reported
/// outcome by the mentor.
package struct AnswerHandler: ActivityHandler {
    package let patterns =
        ["Accept", "Reject", "TentativeAccept", "TentativeReject"].flatMap { verb in
            ["Invite", "Event", nil].map { ActivityPattern(verb, $0) }
        }
        + ["Offer", "Update", "Accept"].map { ActivityPattern("Reject", $0) }
    package let hearsRepetitions = true

    private let performer: SessionPerformer
    private let denials: SessionDenials

    package init(community: Community, desk: SessionDesk) {
        performer = SessionPerformer(desk: desk)
        denials = SessionDenials(community: community)
    }

    package func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let action = Self.action(of: activity) else { return nil }
        let disposition = try await performer.perform(
            action, on: Self.references(of: activity), of: activity, from: sender, in: transaction)
        if let disposition { return disposition }
        return try await denials.deny(answer: activity, from: sender, in: transaction)
    }

    /// What it asks of the session; nil for what asks nothing.
    package static func action(of activity: ReceivedActivity) -> SessionAction? {
        let reason = Reason(activity.reason)
        return switch (activity.type, activity.objectType) {
        case ("Accept", _):
            .accept(
                place: place(of: activity), note: activity.document.text("content", limit: 1000),
                of: activity.document.date("startTime"))
        case ("TentativeAccept", _), ("TentativeReject", _):
            // A mere perhaps, or perhaps not, changes nothing; with a revision it tells which one is known there.
            activity.document.text("content", limit: 1000).flatMap(InquiryWords.heard).map(SessionAction.inquire)
                ?? activity.revision.map { _ in .acknowledge }
        case (_, "Offer"): .declineProposal(of: activity.object.uri, reason)
        case (_, "Update"): .dispute(reason)
        case (_, "Accept"): .cancel(reason)
        default:
            .decline(
                reason,
                suggesting: activity.terms.value("suggests", of: activity.document).list.prefix(Ending.mostSuggested)
                    .compactMap { $0.string.flatMap { URI($0) } })
        }
    }

    /// The sessions that it may be about. Who rejects an Accept speaks of the session that it bound.
    package static func references(of activity: ReceivedActivity) -> [SessionReference] {
        guard activity.objectType == "Accept" else { return activity.object.sessionReferences }
        return activity.object.uri.map { [.agreement($0)] } ?? []
    }

    private static func place(of activity: ReceivedActivity) -> Place? {
        guard let location = activity.document["location"], !location.isNull else { return nil }
        return Place(PlaceDocument(of: activity.document, terms: activity.terms))
    }
}
