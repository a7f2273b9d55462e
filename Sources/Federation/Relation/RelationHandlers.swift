import ActivityStreams
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `Follow` of a person of ours.
struct FollowHandler: ActivityHandler {
    let patterns = ([nil] + actorTypes).map { ActivityPattern("Follow", $0) }
    let relations: RelationDesk
    let domains: DomainPolicy
    let quota: FollowQuota

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let followed = try await transaction.localPerson(activity.object.uri) else { return .ignored(.notForUs) }
        if try await transaction.follow(by: sender.id, of: followed.id) == nil,
            let wait = try await quota.wait(of: sender, at: Date(), in: transaction)
        {
            return .later(wait)
        }
        let isLimited = domains.lastKnown(sender.uri.host).asksBeforeFollowing
        let result = try await relations.follow(
            followed, by: sender, activity: activity.id, isLimited: isLimited, in: transaction)
        return result == .refused ? .refused(.againstRules) : .applied
    }
}

/// `Accept` and `Reject` of a Follow of ours, by the one who was to be followed.
struct FollowAnswerHandler: ActivityHandler {
    let patterns = ["Accept", "Reject"].flatMap { verb in ["Follow", nil].map { ActivityPattern(verb, $0) } }
    let relations: RelationDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let follow = try await follow(activity, from: sender, in: transaction),
            let follower = try await transaction.actor(id: follow.follower)
        else { return activity.objectType == nil ? nil : .ignored(.unknownObject) }
        let isKnown =
            activity.type == "Accept"
            ? try await relations.accept(follower, by: sender, in: transaction)
            : try await relations.reject(follower, by: sender, in: transaction)
        return isKnown ? .applied : .ignored(.unknownObject)
    }

    /// By the id of the Follow; else, as some servers leave the id out or put their own, by who follows whom. An id of
    /// ours that is another one's names another follow, perhaps one that was taken back since.
    private func follow(_ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction) async throws
        -> Follow?
    {
        let uri = activity.object.uri
        if let uri, let named = try await transaction.follow(uri, of: sender.id) { return named }
        guard activity.objectType == "Follow", activity.object.uri("object") == sender.uri,
            let follower = try await transaction.localPerson(activity.object.uri("actor")),
            uri?.isSameOrigin(as: follower.uri) != true
        else { return nil }
        return try await transaction.follow(by: follower.id, of: sender.id)
    }
}

/// `Undo` of a Follow or a Block of one of ours.
struct UndoRelationHandler: ActivityHandler {
    let patterns = ["Follow", "Block", nil].map { ActivityPattern("Undo", $0) }
    let relations: RelationDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        if activity.objectType != "Block", let other = try await followed(activity, by: sender, in: transaction) {
            try await relations.unfollow(other, by: sender, in: transaction)
            return .applied
        }
        if activity.objectType != "Follow", let other = try await blocked(activity, by: sender, in: transaction) {
            try await relations.unblock(other, by: sender, in: transaction)
            return .applied
        }
        return activity.objectType == nil ? nil : .ignored(.unknownObject)
    }

    private func followed(_ activity: ReceivedActivity, by sender: Actor, in transaction: Transaction) async throws
        -> Actor?
    {
        if let uri = activity.object.uri, let follow = try await transaction.follow(uri, by: sender.id) {
            return try await transaction.actor(id: follow.followed)
        }
        guard activity.objectType == "Follow" else { return nil }
        return try await transaction.localPerson(activity.object.uri("object"))
    }

    private func blocked(_ activity: ReceivedActivity, by sender: Actor, in transaction: Transaction) async throws
        -> Actor?
    {
        if let uri = activity.object.uri, let blocked = try await transaction.blocked(by: sender.id, with: uri) {
            return try await transaction.actor(id: blocked)
        }
        guard activity.objectType == "Block" else { return nil }
        return try await transaction.localPerson(activity.object.uri("object"))
    }
}

/// `Block` of a person of ours. It can end nothing but what the sender is part of.
struct BlockHandler: ActivityHandler {
    let patterns = ([nil] + actorTypes).map { ActivityPattern("Block", $0) }
    let relations: RelationDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let blocked = try await transaction.localPerson(activity.object.uri) else { return .ignored(.notForUs) }
        try await relations.block(blocked, by: sender, activity: activity.id, in: transaction)
        return .applied
    }
}

/// The types of objects that are actors.
let actorTypes = ["Person", "Service", "Application", "Group", "Organization"]

extension Queryable {
    /// The person of this community at an address, unless they left.
    func localPerson(_ uri: URI?) async throws -> Actor? {
        guard let uri, let actor = try await actor(uri: uri), actor.isLocal, actor.kind != .application,
            actor.goneAt == nil
        else { return nil }
        return actor
    }
}
