package import PostgreSQL
package import Social
package import Wire

/// What happened to a post.
package enum PostHappening: Sendable {
    case published
    case edited
    /// The post is as it was; `holders` elsewhere have a copy beside the author's followers.
    case deleted(holders: [Actor])
    case boosted(Boost)
    case unboosted(Boost)
    /// With the id of the Like.
    case liked(URI)
    case unliked(URI)
    /// Positions of the options that somebody chose.
    case voted(Set<Int>)
    /// Others than the author see new numbers, or the end.
    case counted(isFinal: Bool)
    /// The author of what it answers vouches for it.
    case approved
    case pinned
    case unpinned
}

/// A post after something happened to it, and who did it.
package struct PostChange: Sendable {
    package let what: PostHappening
    package let post: Post
    package let actor: Actor

    package init(_ what: PostHappening, post: Post, actor: Actor) {
        self.what = what
        self.post = post
        self.actor = actor
    }
}

/// Something that must follow from what happens to a post; written in the same transaction.
package protocol PostConsequence: Sendable {
    func follow(_ change: PostChange, in transaction: Transaction) async throws
}
