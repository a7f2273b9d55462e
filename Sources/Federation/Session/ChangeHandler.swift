package import ActivityStreams
import Foundation
import JSONTree
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// `Update{Event}` by the owner (a move, a receipt, an outcome) and `Offer{Event}` by the mentor (other times, an
/// outcome).
package struct ChangeHandler: ActivityHandler {
    package let patterns = [ActivityPattern("Update", "Event"), ActivityPattern("Offer", "Event")]
    private let performer: SessionPerformer
    private let requests: IncomingRequests
    private let denials: SessionDenials

    package init(community: Community, desk: SessionDesk) {
        performer = SessionPerformer(desk: desk)
        denials = SessionDenials(community: community)
        requests = IncomingRequests(desk: desk)
    }

    package func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        activity.type == "Offer"
            ? try await applyOffer(activity, from: sender, in: transaction)
            : try await applyUpdate(activity, from: sender, in: transaction)
    }

    private func applyUpdate(_ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction)
        async throws -> Disposition?
    {
        guard let document = SessionDocument(activity.object, terms: activity.terms),
            let state = SessionStatus(wireName: document.state), document.hasClearPrice
        else { return .refused(.malformed) }
        guard document.owner == sender.uri, document.id.isSameOrigin(as: sender.uri) else {
            return .refused(.notOwner)
        }
        if try await transaction.session(.event(document.id)) == nil {
            // The Invite was lost or is late: the Event itself says what is asked.
            return switch OrphanRules.decide(.change(.toOurs, state), now: Date()) {
            case .readAsRequest: try await requests.take(document, of: activity, from: sender, in: transaction)
            case .deny: try await denials.deny(document.id, agreedBy: activity, from: sender, in: transaction)
            case .drop, .remember: nil
            }
        }
        guard let action = Self.action(of: document, state: state, activity) else { return .refused(.malformed) }
        return try await performer.perform(
            action, on: [.event(document.id)], of: activity, from: sender, revision: document.revision,
            in: transaction)
    }

    /// What the owner's Event asks of the session.
    package static func action(of document: SessionDocument, state: SessionStatus, _ activity: ReceivedActivity)
        -> SessionAction?
    {
        switch state {
        case .pending where answer(in: activity) != nil:
            answer(in: activity).map { .tell($0, inquiry: activity.document.uri("inReplyTo")) }
        case .pending:
            document.slot.map {
                .reschedule(
                    Move(
                        slot: $0, place: document.sessionPlace, rate: document.sessionRate,
                        answering: activity.document.uri("inReplyTo"), answerBy: document.expiresAt,
                        heldUntil: document.heldUntil))
            }
        case .scheduled: .confirm(document.slot)
        case .declined: .confirmDecline(of: activity.document.uri("inReplyTo"))
        case .cancelled: .cancel(Reason(activity.reason))
        case .expired: .expire
        case .completed, .noShow: document.outcome.flatMap(Outcome.init).map(SessionAction.report)
        }
    }

    /// What the mentee tells in answer to the mentor's question.
    private static func answer(in activity: ReceivedActivity) -> String? {
        AnswerDocument.list(of: activity.document, terms: activity.terms, limit: 1).first
            .flatMap { IntakeAnswer(heard: $0.question, text: $0.text)?.text }
    }

    private func applyOffer(_ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction)
        async throws -> Disposition?
    {
        guard let target = activity.document.uri("target"), let action = Self.action(ofOffer: activity) else {
            return .refused(.malformed)
        }
        return try await performer.perform(
            action, on: [.event(target)], of: activity, from: sender, in: transaction)
    }

    /// What the mentor's Offer asks of the session; nil where it cannot be read.
    package static func action(ofOffer activity: ReceivedActivity) -> SessionAction? {
        if let outcome = OutcomeDocument(activity.object, terms: activity.terms) {
            return Outcome(outcome).map(SessionAction.report)
        }
        let slots = activity.objects.filter { $0["startTime"] != nil }.map { event -> Slot? in
            guard let start = event.date("startTime"), let end = event.date("endTime") else { return nil }
            return Slot(start: start, end: end, zone: event["timezone"]?.string.flatMap { TimeZoneName($0) } ?? .utc)
        }
        // Times that nobody can read are not the wish that the mentee choose one.
        let readable = slots.compactMap(\.self)
        return slots.isEmpty || !readable.isEmpty ? .propose(readable, Reason(activity.reason)) : nil
    }
}
