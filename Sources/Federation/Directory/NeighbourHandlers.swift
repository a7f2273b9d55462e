import ActivityStreams
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `Follow` of this community's own actor, by another's: it wants to hear of the mentors here.
struct CommunityFollowHandler: ActivityHandler {
    let patterns = [nil, "Application", "Service"].map { ActivityPattern("Follow", $0) }
    let community: Community
    let neighbours: Neighbours
    let domains: DomainPolicy

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard activity.object.uri == community.addresses.instanceActor else { return nil }
        let isLimited = domains.lastKnown(sender.uri.host).asksBeforeFollowing
        let isTaken = try await neighbours.isAsked(
            by: sender, activity: activity.id, isLimited: isLimited, in: transaction)
        return isTaken ? .applied : .ignored(.notForUs)
    }
}

/// `Accept` and `Reject` of the Follow by which this community asked another, by that one.
struct CommunityAnswerHandler: ActivityHandler {
    let patterns = ["Accept", "Reject"].flatMap { verb in ["Follow", nil].map { ActivityPattern(verb, $0) } }
    let community: Community
    let neighbours: Neighbours

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard try await isOurs(activity, from: sender, in: transaction) else { return nil }
        let isKnown = try await neighbours.isAnswered(activity.type == "Accept", by: sender, in: transaction)
        return isKnown ? .applied : .ignored(.unknownObject)
    }

    /// By the id of the Follow, or where there is none by who follows whom.
    private func isOurs(_ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction) async throws
        -> Bool
    {
        let own = community.addresses.instanceActor
        if let uri = activity.object.uri, let follow = try await transaction.follow(uri, of: sender.id) {
            return try await transaction.actor(id: follow.follower)?.uri == own
        }
        return activity.objectType == "Follow" && activity.object.uri("actor") == own
            && activity.object.uri("object") == sender.uri && activity.object.uri?.origin != community.origin
    }
}

/// `Undo` of the Follow by which another community asked.
struct CommunityLeaveHandler: ActivityHandler {
    let patterns = ["Follow", nil].map { ActivityPattern("Undo", $0) }
    let community: Community
    let neighbours: Neighbours

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard try await isOfOurs(activity, by: sender, in: transaction) else { return nil }
        return try await neighbours.isLeft(by: sender, in: transaction) ? .applied : .ignored(.unknownObject)
    }

    private func isOfOurs(_ activity: ReceivedActivity, by sender: Actor, in transaction: Transaction) async throws
        -> Bool
    {
        let own = community.addresses.instanceActor
        if let uri = activity.object.uri, let follow = try await transaction.follow(uri, by: sender.id) {
            return try await transaction.actor(id: follow.followed)?.uri == own
        }
        return activity.objectType == "Follow" && activity.object.uri("object") == own
    }
}
