package import Foundation
package import PostgreSQL
package import Social
import Store
package import Wire

/// What people do with posts that they can see: like, pass on, vote, pin. For people here and elsewhere alike.
package struct ReactionDesk: Sendable {
    private let community: Community
    private let consequences: PostConsequences

    package init(community: Community, consequences: PostConsequences) {
        self.community = community
        self.consequences = consequences
    }

    /// - Parameter activity: the id of the Like where it comes from elsewhere.
    package func like(_ id: PostID, by actor: Actor, activity: URI? = nil, in transaction: Transaction) async throws {
        try await like(visible(id, to: actor, in: transaction), by: actor, activity: activity, in: transaction)
    }

    /// The same with a post that the actor was just found to see.
    package func like(_ post: Post, by actor: Actor, activity: URI? = nil, in transaction: Transaction) async throws {
        let uri = activity ?? community.addresses.activity(UUID())
        guard try await transaction.insertLike(uri, by: actor.id, of: post.id) else { return }
        try await consequences.follow(.liked(uri), post, by: actor, in: transaction)
    }

    package func unlike(_ id: PostID, by actor: Actor, in transaction: Transaction) async throws {
        guard let uri = try await transaction.deleteLike(by: actor.id, of: id),
            let post = try await transaction.storedPost(id)
        else { return }
        try await consequences.follow(.unliked(uri), post, by: actor, in: transaction)
    }

    /// Passes a post on.
    package func boost(
        _ id: PostID, by actor: Actor, wished: Visibility = .public, activity: URI? = nil, in transaction: Transaction
    ) async throws {
        let post = try await visible(id, to: actor, in: transaction)
        try await boost(post, by: actor, wished: wished, activity: activity, in: transaction)
    }

    /// The same with a post that the actor was just found to see.
    package func boost(
        _ post: Post, by actor: Actor, wished: Visibility = .public, activity: URI? = nil, in transaction: Transaction
    ) async throws {
        guard let visibility = PostRules.visibilityOfBoost(post, by: actor.id, wished: wished) else {
            throw PostRefusal.notAllowed
        }
        let uri = activity ?? community.addresses.activity(UUID())
        guard let boost = try await transaction.insertBoost(uri, by: actor.id, of: post.id, visibility: visibility)
        else {
            return
        }
        try await consequences.follow(.boosted(boost), post, by: actor, in: transaction)
    }

    package func unboost(_ id: PostID, by actor: Actor, in transaction: Transaction) async throws {
        guard let boost = try await transaction.deleteBoost(by: actor.id, of: id),
            let post = try await transaction.storedPost(id)
        else { return }
        try await consequences.follow(.unboosted(boost), post, by: actor, in: transaction)
    }

    /// Shows a post first on its author's profile.
    package func pin(_ id: PostID, by actor: Actor, in transaction: Transaction) async throws {
        let post = try await visible(id, to: actor, in: transaction)
        guard PostRules.canPin(post, by: actor.id) else { throw PostRefusal.notAllowed }
        if actor.isLocal {
            guard try await transaction.pinCount(of: actor.id) < PostRules.mostPins else {
                throw PostRefusal.tooManyPins
            }
        }
        guard try await transaction.insertPin(id, by: actor.id) else { return }
        try await consequences.follow(.pinned, post, by: actor, in: transaction)
    }

    package func unpin(_ id: PostID, by actor: Actor, in transaction: Transaction) async throws {
        guard try await transaction.deletePin(id, by: actor.id), let post = try await transaction.storedPost(id) else {
            return
        }
        try await consequences.follow(.unpinned, post, by: actor, in: transaction)
    }

    /// Takes over what somebody elsewhere shows first, as their server says it now, in its order.
    package func pin(exactly posts: [Post], by actor: Actor, in transaction: Transaction) async throws {
        guard !actor.isLocal else { throw PostRefusal.notAllowed }
        let own = posts.filter { PostRules.canPin($0, by: actor.id) }
        try await transaction.setPins(own.map(\.id), of: actor.id)
    }

    /// Votes in a poll.
    ///
    /// - Parameter activity: the id of the vote where it comes from elsewhere; then each choice comes by itself.
    /// - Throws: ``PostRefusal/vote(_:)`` with what is against it.
    package func vote(
        _ choices: Set<Int>, in id: PostID, by actor: Actor, activity: URI? = nil, now: Date,
        in transaction: Transaction
    ) async throws {
        try await transaction.lockPoll(of: id)
        let post = try await visible(id, to: actor, in: transaction)
        guard let poll = post.content.poll, let author = try await transaction.actor(id: post.author) else {
            throw PostRefusal.notAllowed
        }
        let before = try await transaction.choices(of: actor.id, in: id)
        do {
            guard actor.id != post.author else { throw Poll.VoteRefusal.ownPoll }
            try poll.judge(choices, before: before, arrivesSingly: activity != nil, at: now)
        } catch let refusal as Poll.VoteRefusal {
            throw PostRefusal.vote(refusal)
        }
        // What is counted of a poll elsewhere holds until its own server tells better.
        try await transaction.insertVotes(choices, by: actor.id, in: id, uri: activity)
        if author.isLocal {
            try await PollTimers.tell(id, now: now, in: transaction)
        } else if let end = poll.endsAt {
            // Not every server tells those who voted that it is over.
            try await PollTimers.close(id, at: end, in: transaction)
        }
        try await consequences.follow(.voted(choices), post, by: actor, in: transaction)
    }

    private func visible(_ id: PostID, to actor: Actor, in transaction: Transaction) async throws -> Post {
        guard let post = try await transaction.post(id, for: .actor(actor.id)) else { throw PostRefusal.notFound }
        return post
    }
}
