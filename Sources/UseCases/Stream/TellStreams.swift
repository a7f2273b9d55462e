package import PostgreSQL
import Social
import Store
import Wire

/// Notes for those who listen what happens to posts and between people: only what cannot be found out later, for those
/// who read it look up by the usual rules whom it concerns. While nobody listens it does nothing at all.
package struct TellStreams: PostConsequence, RelationConsequence {
    private let audience: StreamAudience

    package init(audience: StreamAudience) { self.audience = audience }

    package func follow(_ change: PostChange, in transaction: Transaction) async throws {
        guard audience.mayListen else { return }
        let (post, actor) = (change.post, change.actor.id)
        switch change.what {
        case .published: try await transaction.insertStreamEvent(.published, post: post.id, by: actor)
        case .edited: try await transaction.insertStreamEvent(ofEdited: post)
        case .deleted: try await transaction.insertStreamEvent(ofDeleted: post, isLocal: change.actor.isLocal)
        case .boosted(let boost):
            try await transaction.insertStreamEvent(.boosted, post: post.id, by: actor, boost: boost.id)
        case .unboosted(let boost):
            try await transaction.insertStreamEvent(.unboosted, post: post.id, by: actor, boost: boost.id)
        case .liked, .counted(isFinal: true):
            try await transaction.insertStreamEvent(.noticed, post: post.id, by: actor)
        case .unliked, .voted, .counted, .approved, .pinned, .unpinned: break
        }
    }

    package func follow(_ change: RelationChange, in transaction: Transaction) async throws {
        guard change.other.isLocal, audience.mayListen else { return }
        switch change.what {
        case .asked, .followed: try await transaction.insertStreamEvent(ofRelationBy: change.actor.id)
        case .accepted, .rejected, .unfollowed, .blocked, .unblocked: break
        }
    }
}
