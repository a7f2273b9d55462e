package import ActivityStreams
import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
package import UseCases
import Wire

/// `Update{Document}`: the workspace of a session as the mentee's community tells it; `Offer{Document}`: what the
/// mentor's would have changed. Other documents are none of it.
package struct WorkspaceHandler: ActivityHandler {
    package let patterns = [ActivityPattern("Update", "Document"), ActivityPattern("Offer", "Document")]
    package let hearsRepetitions = true

    private let desk: WorkspaceDesk

    package init(desk: WorkspaceDesk) { self.desk = desk }

    package func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        let now = DateTime.cutToMilliseconds(Date())
        if activity.type == "Offer" {
            guard let event = activity.document.uri("target") else { return .refused(.malformed) }
            let changes = WorkspaceChangeDocument.list(of: activity.object, terms: activity.terms)
                .compactMap { NumberedChange($0, now: now) }
            guard !changes.isEmpty else { return .refused(.malformed) }
            return try await desk.hear(changes, on: event, by: sender.id, now: now, in: transaction) ? .applied : nil
        }
        guard let document = WorkspaceDocument(activity.object, terms: activity.terms) else { return nil }
        guard document.owner == sender.uri, document.session.isSameOrigin(as: sender.uri) else {
            return .refused(.notOwner)
        }
        guard (1...Session.lastRevision).contains(document.version) else { return .refused(.malformed) }
        let told = Workspace(document, now: now)
        return try await desk.adopt(told, of: document.session, by: sender.id, now: now, in: transaction)
            ? .applied : nil
    }
}
