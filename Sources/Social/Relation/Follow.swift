package import Foundation
package import Wire

/// Somebody who wants to read what somebody else writes.
package struct Follow: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        /// Asked for; nothing private is shown.
        case pending
        case accepted
    }

    package let id: Int64
    package let follower: ActorID
    package let followed: ActorID
    /// The id of the Follow activity.
    package let uri: URI
    package let state: State
    package let createdAt: Date

    package init(id: Int64, follower: ActorID, followed: ActorID, uri: URI, state: State, createdAt: Date) {
        self.id = id
        self.follower = follower
        self.followed = followed
        self.uri = uri
        self.state = state
        self.createdAt = createdAt
    }
}

/// What two people are to each other, as one of them sees it.
package struct Relation: Hashable, Sendable {
    package var follows: Follow.State?
    package var isFollowedBy: Follow.State?
    package var blocks: Bool
    package var isBlockedBy: Bool

    package init(
        follows: Follow.State? = nil, isFollowedBy: Follow.State? = nil, blocks: Bool = false, isBlockedBy: Bool = false
    ) {
        self.follows = follows
        self.isFollowedBy = isFollowedBy
        self.blocks = blocks
        self.isBlockedBy = isBlockedBy
    }
}

/// How a wish to follow somebody of this community is met.
package enum FollowRules {
    package enum Answer: Equatable, Sendable {
        case accept, ask, refuse
    }

    /// - Parameter isLimited: whether the follower's server is one whose people have to ask.
    package static func answer(
        to follower: Actor, wishing followed: Actor, _ relation: Relation, isLimited: Bool
    ) -> Answer {
        guard !relation.blocks, !relation.isBlockedBy, followed.kind != .application, follower.goneAt == nil else {
            return .refuse
        }
        return followed.isLocked || isLimited ? .ask : .accept
    }
}
