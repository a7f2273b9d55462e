import ActivityStreams
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `Update` of an actor by itself: what is kept here is fetched anew from its origin.
struct ActorUpdateHandler: ActivityHandler {
    let patterns = ([nil] + actorTypes).map { ActivityPattern("Update", $0) }

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let uri = activity.object.uri else { return .refused(.malformed) }
        guard uri == sender.uri else { return activity.objectType == nil ? nil : .refused(.notOwner) }
        try await RefreshActor.enqueue(uri, in: transaction)
        return .applied
    }
}

/// `Delete` of an actor by itself.
struct ActorRemovalHandler: ActivityHandler {
    let patterns = (["Tombstone", nil] + actorTypes).map { ActivityPattern("Delete", $0) }
    let forget: ForgetActor

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard activity.object.uri == sender.uri else {
            return actorTypes.contains(activity.objectType ?? "") ? .refused(.notOwner) : nil
        }
        try await forget(sender, now: DateTime.cutToMilliseconds(Date()), in: transaction)
        return .applied
    }
}

/// `Move` of an actor by itself. Whether the new one agrees is asked at its own server, later.
struct MoveHandler: ActivityHandler {
    let patterns = ([nil] + actorTypes).map { ActivityPattern("Move", $0) }

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard activity.object.uri == sender.uri else { return .refused(.notOwner) }
        guard let target = activity.document.uri("target"), target != sender.uri else { return .refused(.malformed) }
        try await FollowMove.enqueue(from: sender.id, to: target, in: transaction)
        return .applied
    }
}
