import ActivityStreams
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `Like` of a post that is known here.
struct LikeHandler: ActivityHandler {
    let patterns = ([nil] + postTypes).map { ActivityPattern("Like", $0) }
    let reactions: ReactionDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let uri = activity.object.uri else { return .refused(.malformed) }
        guard let post = try await transaction.post(uri, for: .actor(sender.id)) else {
            return .ignored(.unknownObject)
        }
        try await reactions.like(post, by: sender, activity: activity.id, in: transaction)
        return .applied
    }
}

/// `Announce` of a post: known here, or fetched because somebody here follows who passes it on. Of an embedded object
/// nothing but its id counts. Groups pass on what their members did as a whole (FEP-1b12); of that new posts count.
struct AnnounceHandler: ActivityHandler {
    let patterns = ([nil, "Create"] + postTypes).map { ActivityPattern("Announce", $0) }
    let community: Community
    let reactions: ReactionDesk
    let fetching: FetchPosts

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        let announced = activity.objectType == "Create" ? activity.object["object"]?.uri : activity.object.uri
        guard let uri = announced else { return .refused(.malformed) }
        if let post = try await transaction.post(uri, for: .actor(sender.id)) {
            do {
                let addressing = Addressing(activity.document)
                try await reactions.boost(
                    post, by: sender, wished: Visibility(addressing.visibility(followers: sender.followers)),
                    activity: activity.id, in: transaction)
                return .applied
            } catch is PostRefusal {
                return .refused(.againstRules)
            }
        }
        guard uri.origin != community.origin else { return .ignored(.unknownObject) }
        guard try await transaction.hasLocalFollowers(sender.id) else { return .ignored(.notForUs) }
        try await fetching.enqueue(uri, for: .boost(by: sender.id, activity: activity.id), in: transaction)
        return .applied
    }
}

/// `Undo` of a Like or an Announce.
struct UndoReactionHandler: ActivityHandler {
    let patterns = ["Like", "Announce", nil].map { ActivityPattern("Undo", $0) }
    let reactions: ReactionDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        let named = activity.object.uri
        let post = activity.object["object"]?.uri
        if activity.objectType != "Announce", let id = try await liked(named, post, by: sender, in: transaction) {
            try await reactions.unlike(id, by: sender, in: transaction)
            return .applied
        }
        if activity.objectType != "Like", let id = try await boosted(named, post, by: sender, in: transaction) {
            try await reactions.unboost(id, by: sender, in: transaction)
            return .applied
        }
        return activity.objectType == nil ? nil : .ignored(.unknownObject)
    }

    private func liked(_ like: URI?, _ post: URI?, by sender: Actor, in transaction: Transaction) async throws
        -> PostID?
    {
        if let like, let id = try await transaction.likedPost(like, by: sender.id) { return id }
        guard let post, like == nil else { return nil }
        return try await transaction.storedPost(post)?.id
    }

    private func boosted(_ boost: URI?, _ post: URI?, by sender: Actor, in transaction: Transaction) async throws
        -> PostID?
    {
        if let boost, let known = try await transaction.boost(boost, by: sender.id) { return known.post }
        guard let post, boost == nil else { return nil }
        return try await transaction.storedPost(post)?.id
    }
}

/// `Add` and `Remove` of a post in its author's collection of pinned ones. One that is not known here is fetched if
/// somebody follows the author.
struct PinHandler: ActivityHandler {
    let patterns = ["Add", "Remove"].flatMap { verb in ([nil] + postTypes).map { ActivityPattern(verb, $0) } }
    let reactions: ReactionDesk
    let fetching: FetchPosts

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let uri = activity.object.uri, let target = activity.document.uri("target") else {
            return .refused(.malformed)
        }
        guard try await transaction.actorProfile(of: sender.id).featured == target else { return .ignored(.notForUs) }
        guard let post = try await transaction.storedPost(uri) else {
            guard activity.type == "Add", uri.isSameOrigin(as: sender.uri) else { return .ignored(.unknownObject) }
            guard try await transaction.hasLocalFollowers(sender.id) else { return .ignored(.notForUs) }
            try await fetching.enqueue(uri, for: .pin(by: sender.id), in: transaction)
            return .applied
        }
        do {
            if activity.type == "Add" {
                try await reactions.pin(post.id, by: sender, in: transaction)
            } else {
                try await reactions.unpin(post.id, by: sender, in: transaction)
            }
            return .applied
        } catch is PostRefusal {
            return .refused(.notOwner)
        }
    }
}
