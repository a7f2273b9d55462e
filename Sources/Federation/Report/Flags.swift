import ActivityStreams
import Foundation
import JSONTree
package import PostgreSQL
package import Social
import Store
import UseCases
package import Wire

/// `Flag`: another server's people report somebody of ours, and what they wrote.
struct FlagHandler: ActivityHandler {
    let patterns = ([nil] + actorTypes + postTypes).map { ActivityPattern("Flag", $0) }
    let reports: ReportDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        var targets: [Actor] = []
        var posts: [Post] = []
        for uri in activity.objects.compactMap(\.uri) {
            if let person = try await transaction.localPerson(uri) {
                targets.append(person)
            } else if let post = try await transaction.storedPost(uri) {
                posts.append(post)
            }
        }
        // Some servers name the posts alone.
        if targets.isEmpty, let author = posts.first?.author, let actor = try await transaction.actor(id: author) {
            targets = [actor]
        }
        guard let target = targets.first, target.isLocal else { return .ignored(.notForUs) }
        let isNew = try await reports.receive(
            activity.id, of: target, by: sender, posts: posts,
            comment: activity.document.text("content", limit: Report.mostComment) ?? "", in: transaction)
        return isNew ? .applied : .ignored(.duplicate)
    }
}

/// Forwards a report to the moderators of the reported person's own server, in the name of this community.
package struct FederateReports: ReportConsequence {
    private let community: Community
    private let instanceActor: ActorID
    private let deliveries = Deliveries()

    package init(community: Community, instanceActor: ActorID) {
        self.community = community
        self.instanceActor = instanceActor
    }

    package func follow(_ report: Report, of target: Actor, posts: [URI], in transaction: Transaction) async throws {
        let envelope = Envelope(
            id: report.uri, actor: community.addresses.instanceActor, to: [target.uri],
            published: DateTime.cutToMilliseconds(Date()))
        try await deliveries.send(
            OutgoingActivity(
                id: report.uri, type: "Flag", sender: instanceActor,
                document: envelope.flag(target.uri, posts: posts, comment: report.comment)),
            to: target, sequence: "report \(report.uri)", in: transaction)
    }
}
