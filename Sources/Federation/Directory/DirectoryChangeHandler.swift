import ActivityStreams
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `Add`, `Update` and `Remove` of a mentor in the directory of a community whose mentors are to be found here. Who the
/// mentor is is read at their own address, later.
struct DirectoryChangeHandler: ActivityHandler {
    let patterns = DirectoryChange.Kind.allCases.flatMap { kind in
        ([nil] + actorTypes).map { ActivityPattern(kind.rawValue, $0) }
    }
    let neighbours: Neighbours

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let target = activity.document.uri("target"), let kind = DirectoryChange.Kind(rawValue: activity.type),
            sender.isCommunity, let neighbour = try await transaction.neighbour(sender.id)
        else { return nil }
        guard target == neighbour.address, let mentor = activity.object.uri else { return .ignored(.notForUs) }
        guard neighbour.isAccepted else { return .ignored(.notForUs) }
        let revision = DirectoryDocument.revision(of: activity, most: DirectoryChange.mostRevisions)
        let change = DirectoryChange(kind, mentor, revision: revision)
        return try await neighbours.hear(change, from: sender, in: transaction) ? .applied : .refused(.notOwner)
    }
}
