import ActivityStreams
import Foundation
import JSONTree
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// Tells followers and acquaintances elsewhere what becomes of somebody of ours. Followers here are taken along.
package struct FederateAccounts: AccountConsequence {
    private let community: Community
    private let actors: LocalActors
    private let deliveries = Deliveries()

    package init(community: Community, actors: LocalActors) {
        self.community = community
        self.actors = actors
    }

    package func follow(_ change: AccountChange, in transaction: Transaction) async throws {
        let actor = change.actor
        switch change.what {
        case .changed:
            let document = try await actors.document(of: actor, in: transaction)
            try await send("Update", from: actor, to: Recipients(followersOf: actor.id), in: transaction) {
                $0.update(document)
            }
        case .moved(let target):
            try await send("Move", from: actor, to: Recipients(followersOf: actor.id), in: transaction) {
                $0.move(to: target.uri)
            }
            if try await transaction.hasLocalFollowers(actor.id) {
                try await FollowMove.enqueue(from: actor.id, to: target.uri, in: transaction)
            }
        case .deleted(let acquainted):
            try await send(
                "Delete", from: actor, to: Recipients(followersOf: actor.id, people: acquainted), in: transaction
            ) { $0.deleteActor() }
        }
    }

    private func send(
        _ type: String, from actor: Actor, to recipients: Recipients, in transaction: Transaction,
        _ build: (Envelope) -> JSON
    ) async throws {
        let addressing = Addressing(.everyone, followers: community.addresses.followers(of: actor.uri))
        let activity = OutgoingActivity(
            id: community.addresses.activity(UUID()), type: type, sender: actor.id, isPublic: true, post: nil
        ) { id in
            build(
                Envelope(
                    id: id, actor: actor.uri, addressing: addressing, published: DateTime.cutToMilliseconds(Date())))
        }
        try await deliveries.send(activity, to: recipients, sequence: actor.uri.string, in: transaction)
    }
}
