import ActivityStreams
import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// Keeps the workspaces of two communities alike: the one that decides sends the whole of it (`Update{Document}`), the
/// other all that waits there for being heard (`Offer{Document}`). Each makes pointless what of its kind still waits on
/// the way, so that a lost one does no harm.
package struct FederateWorkspace: WorkspaceConsequence, SessionConsequence {
    private let community: Community
    private let deliveries = Deliveries()

    package init(community: Community) { self.community = community }

    package func follow(_ news: WorkspaceNews, in transaction: Transaction) async throws {
        let activities = WorkspaceActivities(session: news.session, mentee: news.mentee, mentor: news.mentor)
        switch news.session.custody {
        case .here: break
        case .owner:
            // Nobody elsewhere hears of it before the mentor has said yes.
            guard news.session.agreement != nil else { return }
            try await send(activities.statement(news.workspace, id: newID(), at: news.at), activities, in: transaction)
        case .mirror:
            guard !news.waiting.isEmpty else { return }
            try await send(activities.wish(news.waiting, id: newID(), at: news.at), activities, in: transaction)
        }
    }

    /// What was prepared before the mentor agreed goes out with the agreement.
    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard change.session.custody == .owner, case .accepted? = change.event?.happened.kind,
            let stored = try await transaction.workspace(of: change.session.id)
        else { return }
        let activities = WorkspaceActivities(session: change.session, mentee: change.mentee, mentor: change.mentor)
        let now = DateTime.cutToMilliseconds(Date())
        try await send(activities.statement(stored.workspace, id: newID(), at: now), activities, in: transaction)
    }

    private func newID() -> URI { community.addresses.activity(UUID()) }

    private func send(
        _ activity: OutgoingActivity, _ activities: WorkspaceActivities, in transaction: Transaction
    ) async throws {
        try await deliveries.send(
            activity, to: activities.recipient, sequence: "\(activities.session.uri.string) workspace",
            supersedes: true, in: transaction)
    }
}

/// The activities by which a workspace travels. Pure; each is addressed to the other party alone.
struct WorkspaceActivities {
    let session: Session
    let mentee: Actor
    let mentor: Actor

    var sender: Actor { session.custody == .mirror ? mentor : mentee }
    var recipient: Actor { session.custody == .mirror ? mentee : mentor }

    /// The whole of it, by the community that decides.
    func statement(_ workspace: Workspace, id: URI, at now: Date) -> OutgoingActivity {
        let document = WorkspaceDocument(workspace, of: session, mentee: mentee, mentor: mentor, at: now)
        return envelope("Update", id, object: document.json, target: nil, at: now)
    }

    /// What the mentor's side would have changed: a document without an id, which nobody can mistake for the
    /// workspace itself.
    func wish(_ changes: [NumberedChange], id: URI, at now: Date) -> OutgoingActivity {
        let wished: JSON = [
            "type": "Document",
            "mnt:changes": .array(changes.map { WorkspaceChangeDocument($0).json }),
        ]
        return envelope("Offer", id, object: wished, target: session.uri, at: now)
    }

    private func envelope(_ type: String, _ id: URI, object: JSON, target: URI?, at now: Date) -> OutgoingActivity {
        let document: JSON = [
            "@context": Vocabulary.sessionContext, "id": .string(id.string), "type": .string(type),
            "actor": .string(sender.uri.string), "to": [.string(recipient.uri.string)], "cc": [],
            "published": .string(DateTime.format(now)), "mnt:revision": .int(session.revision),
            "target": target.map { .string($0.string) },
            "object": object,
        ]
        return OutgoingActivity(id: id, type: type, sender: sender.id, document: document)
    }
}
