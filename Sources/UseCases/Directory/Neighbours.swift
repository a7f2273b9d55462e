import Foundation
import JSONTree
import Jobs
package import PostgreSQL
package import Social
import Store
package import Wire

/// The one place where it is decided with which communities mentors are exchanged, and where is kept what they tell of
/// theirs.
package struct Neighbours: Sendable {
    /// Mentors of one community that are kept.
    package static let mostMentors = 10_000
    /// The kind of the job that reads directories and the mentors in them.
    package static let readingKind = "directory.read"

    private let community: Community
    private let instanceActor: ActorID
    /// Whether communities that want our directory are let in by nobody asked.
    private let admitsEverybody: Bool
    private let consequences: [any RelationConsequence]

    /// - Parameter consequences: tell the others of follows and their answers.
    package init(
        community: Community, instanceActor: ActorID, admitsEverybody: Bool = true,
        consequences: [any RelationConsequence]
    ) {
        self.community = community
        self.instanceActor = instanceActor
        self.admitsEverybody = admitsEverybody
        self.consequences = consequences
    }

    package enum Refusal: Error, Equatable, Sendable {
        /// It is no community's own actor, or ours.
        case noCommunity
        /// It has no directory.
        case noDirectory
    }

    // MARK: Theirs, here

    /// Wants the mentors of a community to be found here. Asked again, the other side is asked again.
    ///
    /// - Parameter directory: as its actor's document names it.
    package func follow(_ other: Actor, directory: URI?, in transaction: Transaction) async throws {
        guard other.isCommunity else { throw Refusal.noCommunity }
        guard let directory, directory.isSameOrigin(as: other.uri) else { throw Refusal.noDirectory }
        let own = try await own(in: transaction)
        try await transaction.lockRelation(own.id, other.id)
        try await transaction.saveNeighbour(other.id, host: other.uri.authority, address: directory)
        let follow = try await transaction.saveFollow(
            by: own.id, of: other.id, uri: community.addresses.activity(UUID()), state: .pending)
        try await tell(.asked(follow), own, other, in: transaction)
        try await doubt(other.id, in: transaction)
    }

    /// Wants no more of them. Whom nobody here follows or has a session with is not found any more.
    package func unfollow(_ other: Actor, in transaction: Transaction) async throws {
        let own = try await own(in: transaction)
        try await transaction.lockRelation(own.id, other.id)
        if let follow = try await transaction.deleteFollow(by: own.id, of: other.id) {
            try await tell(.unfollowed(follow), own, other, in: transaction)
        }
        try await forget(other.id, in: transaction)
    }

    /// The other community agrees, or no longer.
    ///
    /// - Returns: false where we had not asked.
    package func isAnswered(_ isAccepted: Bool, by other: Actor, in transaction: Transaction) async throws -> Bool {
        try await transaction.lockRelation(instanceActor, other.id)
        guard let follow = try await transaction.follow(by: instanceActor, of: other.id) else { return false }
        if isAccepted {
            if follow.state == .pending { try await transaction.acceptFollow(follow.id) }
            try await doubt(other.id, in: transaction)
        } else {
            _ = try await transaction.deleteFollow(by: instanceActor, of: other.id)
            let mentors = try await transaction.mentors(of: other.id)
            for mentor in mentors { _ = try await transaction.unlist(mentor, of: other.id, revision: nil) }
            try await transaction.forgetProfiles(of: mentors)
        }
        return true
    }

    /// Ends what is known by the directories of a domain, without telling anybody.
    package static func end(with domain: DomainName, in transaction: Transaction) async throws {
        for neighbour in try await transaction.neighbours(of: domain) {
            let mentors = try await transaction.mentors(of: neighbour.id)
            try await transaction.deleteNeighbour(neighbour.id)
            try await transaction.forgetProfiles(of: mentors)
        }
    }

    private func forget(_ other: ActorID, in transaction: Transaction) async throws {
        let mentors = try await transaction.mentors(of: other)
        try await transaction.deleteNeighbour(other)
        try await transaction.forgetProfiles(of: mentors)
    }

    /// Takes what a community tells of a mentor of its own.
    ///
    /// - Returns: false for a mentor at another origin, about whom it has nothing to say.
    package func hear(_ change: DirectoryChange, from other: Actor, in transaction: Transaction) async throws -> Bool {
        guard change.mentor.isSameOrigin(as: other.uri), change.mentor != other.uri else { return false }
        guard let neighbour = try await transaction.lockNeighbour(other.id) else { return true }
        switch change.kind {
        case .removed:
            if try await transaction.unlist(change.mentor, of: neighbour.id, revision: change.revision) {
                try await transaction.forgetProfiles(of: [change.mentor])
            }
        case .added, .changed:
            let isKept = try await transaction.list(
                change.mentor, of: neighbour.id, revision: change.revision, limit: Self.mostMentors)
            if isKept { try await Self.work(on: neighbour.id, host: other.uri.host, in: transaction) }
        }
        try await transaction.wakeNeighbour(neighbour.id)
        switch change.step(from: neighbour.revision) {
        case .next(let revision): try await transaction.setRevision(revision, ofNeighbour: neighbour.id)
        case .gap: try await doubt(neighbour.id, in: transaction)
        case .known, .uncounted: break
        }
        return true
    }

    /// Has a community's directory read as a whole.
    private func doubt(_ other: ActorID, in transaction: Transaction) async throws {
        guard let actor = try await transaction.actor(id: other) else { return }
        try await transaction.doubtNeighbour(other)
        try await Self.work(on: other, host: actor.uri.host, in: transaction)
    }

    /// Has done at once what is to be asked of a community.
    package static func work(on other: ActorID, host: String, in transaction: Transaction) async throws {
        try await JobQueue().enqueue(
            NewJob(
                kind: readingKind, payload: ["neighbour": .string(String(other.rawValue))],
                key: String(other.rawValue), lane: "fetch \(DomainName(host: host).registrable)", priority: 120),
            in: transaction)
    }

    // MARK: Ours, there

    /// Another community wants to hear of our mentors.
    ///
    /// - Parameter isLimited: whether its server is one that has to ask.
    /// - Returns: false where it is no community.
    package func isAsked(
        by other: Actor, activity: URI, isLimited: Bool, in transaction: Transaction
    ) async throws -> Bool {
        guard other.isCommunity, other.goneAt == nil else { return false }
        let own = try await own(in: transaction)
        try await transaction.lockRelation(own.id, other.id)
        let isAdmitted = admitsEverybody && !isLimited
        let follow = try await transaction.saveFollow(
            by: other.id, of: own.id, uri: activity, state: isAdmitted ? .accepted : .pending)
        if isAdmitted, follow.state == .pending { try await transaction.acceptFollow(follow.id) }
        if isAdmitted || follow.state == .accepted {
            try await tell(.accepted(follow), other, own, in: transaction)
        }
        return true
    }

    /// It wants to hear of them no more.
    package func isLeft(by other: Actor, in transaction: Transaction) async throws -> Bool {
        try await transaction.lockRelation(instanceActor, other.id)
        return try await transaction.deleteFollow(by: other.id, of: instanceActor) != nil
    }

    /// The operator lets a community that asked hear of our mentors, or no longer.
    ///
    /// - Returns: false where it had not asked.
    package func answer(_ isAccepted: Bool, to other: Actor, in transaction: Transaction) async throws -> Bool {
        let own = try await own(in: transaction)
        try await transaction.lockRelation(own.id, other.id)
        guard let follow = try await transaction.follow(by: other.id, of: own.id) else { return false }
        if isAccepted {
            if follow.state == .pending { try await transaction.acceptFollow(follow.id) }
            try await tell(.accepted(follow), other, own, in: transaction)
        } else {
            _ = try await transaction.deleteFollow(by: other.id, of: own.id)
            try await tell(.rejected(follow), other, own, in: transaction)
        }
        return true
    }

    private func own(in transaction: Transaction) async throws -> Actor {
        guard let own = try await transaction.actor(id: instanceActor) else { throw StoreError.nothingReturned }
        return own
    }

    private func tell(_ what: RelationHappening, _ actor: Actor, _ other: Actor, in transaction: Transaction)
        async throws
    {
        let change = RelationChange(what, actor: actor, other: other)
        for consequence in consequences { try await consequence.follow(change, in: transaction) }
    }
}

extension Actor {
    /// Whether this is a community's own actor elsewhere, which bears the name of its host.
    package var isCommunity: Bool {
        (kind == .application || kind == .service) && handle.name == uri.host && !isLocal
    }
}
