package import PostgreSQL
import Social
import Store
import Wire

/// Keeps direct posts together by their threads, for each person of this community who takes part.
package struct KeepConversations: PostConsequence {
    package init() {}

    package func follow(_ change: PostChange, in transaction: Transaction) async throws {
        guard change.post.visibility == .direct else { return }
        switch change.what {
        case .published: try await transaction.saveConversations(of: change.post)
        case .deleted: try await transaction.leaveConversations(change.post)
        default: break
        }
    }
}
