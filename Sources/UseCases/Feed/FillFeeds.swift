package import PostgreSQL
import Social
import Store
import Wire

/// Keeps the homes and lists of this community's people as they read.
package struct FillFeeds: PostConsequence, RelationConsequence {
    package init() {}

    package func follow(_ change: PostChange, in transaction: Transaction) async throws {
        switch change.what {
        case .published: try await transaction.fillFeeds(with: change.post.id)
        case .boosted(let boost): try await transaction.fillFeeds(with: boost)
        default: break
        }
    }

    package func follow(_ change: RelationChange, in transaction: Transaction) async throws {
        let (actor, other) = (change.actor, change.other)
        switch change.what {
        case .followed:
            guard actor.isLocal else { return }
            try await transaction.backfill(actor.id.rawValue, from: other.id, for: actor.id)
        case .unfollowed, .rejected:
            guard actor.isLocal else { return }
            try await transaction.clear(actor.id.rawValue, of: other.id)
            try await transaction.deleteMember(other.id, ofListsOf: actor.id)
        case .asked, .accepted, .blocked, .unblocked: break
        }
    }
}
