import Foundation
package import PostgreSQL
package import Social
import Store
package import Wire

/// The one place where follows and blocks begin and end, whoever asks, and where domains are muted.
package struct RelationDesk: Sendable {
    private let community: Community
    private let consequences: [any RelationConsequence]

    package init(community: Community, consequences: [any RelationConsequence]) {
        self.community = community
        self.consequences = consequences
    }

    package enum Refusal: Error, Equatable, Sendable {
        /// Nobody follows themself, or whom they block, or who blocks them.
        case notAllowed
    }

    /// What became of a wish to follow.
    package enum FollowResult: Equatable, Sendable {
        case accepted, pending, refused
    }

    /// One wants to follow another. Towards people elsewhere it stays pending until they accept.
    ///
    /// - Parameters:
    ///   - activity: the id of the Follow where it comes from elsewhere.
    ///   - isLimited: whether the follower's server is one whose people have to ask.
    @discardableResult
    package func follow(
        _ followed: Actor, by follower: Actor, activity: URI? = nil, isLimited: Bool = false,
        in transaction: Transaction
    ) async throws -> FollowResult {
        guard follower.id != followed.id else { throw Refusal.notAllowed }
        try await transaction.lockRelation(follower.id, followed.id)
        let relation = try await transaction.relation(of: follower.id, to: followed.id)
        let uri = activity ?? community.addresses.activity(UUID())
        guard followed.isLocal else {
            guard !relation.blocks, !relation.isBlockedBy, followed.goneAt == nil, followed.kind != .application else {
                throw Refusal.notAllowed
            }
            if relation.follows == .accepted { return .accepted }
            let follow = try await transaction.saveFollow(
                by: follower.id, of: followed.id, uri: uri, state: .pending)
            try await tell(.asked(follow), follower, followed, in: transaction)
            return .pending
        }
        switch FollowRules.answer(to: follower, wishing: followed, relation, isLimited: isLimited) {
        case .refuse:
            // A person here learns it at once; another server gets an answer, as for any wish that is not met.
            guard !follower.isLocal else { throw Refusal.notAllowed }
            let refused = Follow(
                id: 0, follower: follower.id, followed: followed.id, uri: uri, state: .pending, createdAt: Date())
            try await tell(.rejected(refused), follower, followed, in: transaction)
            return .refused
        case .ask:
            let follow = try await transaction.saveFollow(by: follower.id, of: followed.id, uri: uri, state: .pending)
            if follow.state == .accepted {
                try await tell(.accepted(follow), follower, followed, in: transaction)
                return .accepted
            }
            try await tell(.asked(follow), follower, followed, in: transaction)
            return .pending
        case .accept:
            let follow = try await transaction.saveFollow(by: follower.id, of: followed.id, uri: uri, state: .accepted)
            if follow.state == .pending { try await transaction.acceptFollow(follow.id) }
            try await tell(.accepted(follow), follower, followed, in: transaction)
            if relation.follows != .accepted {
                try await tell(.followed(follow), follower, followed, in: transaction)
            }
            return .accepted
        }
    }

    /// One no longer follows another, or no longer asks to.
    package func unfollow(_ followed: Actor, by follower: Actor, in transaction: Transaction) async throws {
        try await transaction.lockRelation(follower.id, followed.id)
        guard let follow = try await transaction.deleteFollow(by: follower.id, of: followed.id) else { return }
        try await tell(.unfollowed(follow), follower, followed, in: transaction)
    }

    /// The one who is followed agrees.
    ///
    /// - Parameter activity: where the agreement names a follow, the one that it names; another is none of its
    ///   business.
    /// - Returns: false when nobody asked.
    package func accept(
        _ follower: Actor, by followed: Actor, activity: URI? = nil, in transaction: Transaction
    ) async throws -> Bool {
        try await transaction.lockRelation(follower.id, followed.id)
        guard let follow = try await transaction.follow(by: follower.id, of: followed.id),
            activity == nil || activity == follow.uri
        else { return false }
        guard follow.state == .pending else { return true }
        try await transaction.acceptFollow(follow.id)
        try await tell(.accepted(follow), follower, followed, in: transaction)
        try await tell(.followed(follow), follower, followed, in: transaction)
        return true
    }

    /// The one who is followed does not agree, or no longer: also to remove a follower.
    ///
    /// - Returns: false when there was no follow.
    package func reject(
        _ follower: Actor, by followed: Actor, activity: URI? = nil, in transaction: Transaction
    ) async throws -> Bool {
        try await transaction.lockRelation(follower.id, followed.id)
        guard let follow = try await transaction.follow(by: follower.id, of: followed.id),
            activity == nil || activity == follow.uri
        else { return false }
        _ = try await transaction.deleteFollow(by: follower.id, of: followed.id)
        try await tell(.rejected(follow), follower, followed, in: transaction)
        return true
    }

    /// Ends everything between two people, at once and in both directions.
    package func block(
        _ blocked: Actor, by blocker: Actor, activity: URI? = nil, in transaction: Transaction
    ) async throws {
        guard blocked.id != blocker.id else { throw Refusal.notAllowed }
        try await transaction.lockRelation(blocked.id, blocker.id)
        let uri = activity ?? community.addresses.activity(UUID())
        guard try await transaction.insertBlock(by: blocker.id, of: blocked.id, uri: uri) else { return }
        // Both are gone before anybody hears of either.
        let theirs = try await transaction.deleteFollow(by: blocked.id, of: blocker.id)
        let ours = try await transaction.deleteFollow(by: blocker.id, of: blocked.id)
        if let theirs { try await tell(.rejected(theirs), blocked, blocker, in: transaction) }
        if let ours { try await tell(.unfollowed(ours), blocker, blocked, in: transaction) }
        try await tell(.blocked, blocker, blocked, in: transaction)
    }

    package func unblock(_ blocked: Actor, by blocker: Actor, in transaction: Transaction) async throws {
        try await transaction.lockRelation(blocked.id, blocker.id)
        guard try await transaction.deleteBlock(by: blocker.id, of: blocked.id) else { return }
        try await tell(.unblocked, blocker, blocked, in: transaction)
    }

    /// One wants to hear nothing of a domain: also what ties them to people there ends.
    ///
    /// - Parameter domain: as it stands in handles.
    /// - Throws: `FieldError` where it is the community's own.
    package func mute(domain: String, by muter: Actor, in transaction: Transaction) async throws {
        guard !community.isOwn(domain: domain) else {
            throw FieldError(field: "domain", message: "This is the community that you are in.")
        }
        try await transaction.insertDomainMute(of: domain, by: muter.id)
        let ties = try await transaction.ties(of: muter.id, to: domain)
        for followed in ties.followed { try await unfollow(followed, by: muter, in: transaction) }
        for follower in ties.followers { _ = try await reject(follower, by: muter, in: transaction) }
    }

    private func tell(_ what: RelationHappening, _ actor: Actor, _ other: Actor, in transaction: Transaction)
        async throws
    {
        let change = RelationChange(what, actor: actor, other: other)
        for consequence in consequences { try await consequence.follow(change, in: transaction) }
    }
}
