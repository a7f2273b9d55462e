package import ActivityStreams
import Foundation
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// `Invite{Event}`: somebody elsewhere asks a mentor of ours for a session. Servers that know events and no sessions
/// ask so, too (Hubzilla), or by `Create{Event}` (Friendica).
package struct InviteHandler: ActivityHandler {
    package let patterns = ["Invite", "Create"].map { ActivityPattern($0, "Event") }
    package let hearsRepetitions = true
    private let requests: IncomingRequests

    package init(desk: SessionDesk) { requests = IncomingRequests(desk: desk) }

    package func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let document = SessionDocument(activity.object, terms: activity.terms) else {
            return .refused(.malformed)
        }
        return try await requests.take(document, of: activity, from: sender, in: transaction)
    }
}

/// Reads an Event as a request to one of our mentors, whichever activity brought it.
struct IncomingRequests: Sendable {
    let desk: SessionDesk

    /// - Returns: nil for an Event that asks nobody for a session.
    func take(
        _ document: SessionDocument, of activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        let mentor = try await transaction.addressee(of: activity)
        if activity.type == "Create" || (document.revision == nil && !sender.speaksMentoring),
            try await !isRequest(document, of: activity, to: mentor, in: transaction)
        {
            return nil
        }
        guard let mentor else { return .ignored(.notForUs) }
        guard document.hasClearPrice else { return .refused(.malformed) }
        var request = RemoteRequest(
            document, invite: activity.id, requester: sender.uri,
            answers: AnswerDocument.list(of: activity.document, terms: activity.terms, limit: IntakeAnswer.most))
        request.offer = activity.terms.value("offer", of: activity.document)?.uri
        request.series = document.series?.mark
        request.act = activity.act
        let reception = try await desk.receive(
            request, from: sender, to: mentor, now: DateTime.cutToMilliseconds(Date()), in: transaction)
        if case .taken = reception, let earlier = activity.terms.value("follows", of: activity.document)?.uri {
            try await transaction.setFollows(event: earlier, of: document.id)
        }
        return switch reception {
        case .taken: .applied
        case .known(let decision): Disposition(decision)
        case .dropped(.withdrawn): .ignored(.withdrawn)
        case .dropped(.foreignEvent): .refused(.notOwner)
        case .dropped: .refused(.againstRules)
        }
    }

    /// Who knows no sessions may tell of any event: to one mentor alone it is said in order to meet.
    private func isRequest(
        _ document: SessionDocument, of activity: ReceivedActivity, to mentor: Actor?, in transaction: Transaction
    ) async throws -> Bool {
        if try await transaction.session(.event(document.id)) != nil { return true }
        guard let mentor, activity.isForNobody(but: mentor.uri) else { return false }
        return try await transaction.profile(of: mentor.id)?.isShown == true
    }
}

extension ReceivedActivity {
    /// Whether nobody else is addressed, by the activity and by its object, than its actor and that one.
    fileprivate func isForNobody(but addressee: URI) -> Bool {
        Set(document.addressees + object.addressees).subtracting([actor.string]) == [addressee.string]
    }
}
