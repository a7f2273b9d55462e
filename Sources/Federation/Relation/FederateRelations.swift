import ActivityStreams
import Foundation
import JSONTree
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// Tells the other side's server of follows and their answers. Blocks stay here: what they end is told, not why.
///
/// A Reject of a follow that was accepted before ends it at most servers; GoToSocial leaves it standing, and would go on
/// showing the follower what is for followers. There only a Block ends it, so one follows, and is taken back at once.
package struct FederateRelations: RelationConsequence {
    private let community: Community
    private let deliveries = Deliveries()

    package init(community: Community) { self.community = community }

    package func follow(_ change: RelationChange, in transaction: Transaction) async throws {
        let (follower, followed) = (change.actor, change.other)
        switch change.what {
        case .asked(let follow) where follower.isLocal && !followed.isLocal:
            try await send(
                "Follow", from: follower, to: followed, follow.uri, in: transaction
            ) { $0.follow(followed.uri) }
        case .unfollowed(let follow) where follower.isLocal && !followed.isLocal:
            try await send("Undo", from: follower, to: followed, in: transaction) {
                $0.undo(stub(of: follow, follower, followed))
            }
        case .accepted(let follow) where followed.isLocal && !follower.isLocal:
            try await send("Accept", from: followed, to: follower, in: transaction) {
                $0.accept(stub(of: follow, follower, followed))
            }
        case .rejected(let follow) where followed.isLocal && !follower.isLocal:
            try await send("Reject", from: followed, to: follower, in: transaction) {
                $0.reject(stub(of: follow, follower, followed))
            }
            if follow.state == .accepted, !follower.isCommunity { try await letGo(follower, by: followed, in: transaction) }
        default: break
        }
    }

    /// Not of somebody who is followed in return: a Block would end that, too.
    private func letGo(_ follower: Actor, by followed: Actor, in transaction: Transaction) async throws {
        guard try await transaction.follow(by: followed.id, of: follower.id) == nil else { return }
        let block = community.addresses.activity(UUID())
        try await send("Block", from: followed, to: follower, block, in: transaction) { $0.block(follower.uri) }
        try await send("Undo", from: followed, to: follower, in: transaction) {
            $0.undo(ActivityStub(type: "Block", id: block, actor: followed.uri, object: follower.uri))
        }
    }

    private func stub(of follow: Follow, _ follower: Actor, _ followed: Actor) -> ActivityStub {
        ActivityStub(type: "Follow", id: follow.uri, actor: follower.uri, object: followed.uri)
    }

    private func send(
        _ type: String, from sender: Actor, to recipient: Actor, _ id: URI? = nil, in transaction: Transaction,
        _ build: (Envelope) -> JSON
    ) async throws {
        let id = id ?? community.addresses.activity(UUID())
        let envelope = Envelope(
            id: id, actor: sender.uri, to: [recipient.uri], published: DateTime.cutToMilliseconds(Date()))
        let pair = [sender.uri.string, recipient.uri.string].sorted().joined(separator: " ")
        try await deliveries.send(
            OutgoingActivity(id: id, type: type, sender: sender.id, document: build(envelope)), to: recipient,
            sequence: "relation \(pair)", in: transaction)
    }
}
