package import PostgreSQL
import Social
import Store
import Wire

/// Tells people of this community what others write to them and do with what they wrote. Never of those whom they
/// block, and of people of limited hosts only what they asked for.
package struct NotifyAboutPosts: PostConsequence {
    package init() {}

    package func follow(_ change: PostChange, in transaction: Transaction) async throws {
        switch change.what {
        case .published, .edited:
            for person in change.post.content.mentions {
                try await tell(person, "mention", change, in: transaction)
            }
            if case .edited = change.what {
                try await tellInterested("update", change, in: transaction)
            } else if change.post.visibility != .direct, change.post.content.replyTo == nil {
                try await transaction.insertPostNotifications(about: change.post.id, by: change.post.author)
            }
        case .liked: try await tell(change.post.author, "favourite", change, in: transaction)
        case .unliked: try await untell("favourite", change, in: transaction)
        case .boosted: try await tell(change.post.author, "reblog", change, in: transaction)
        case .unboosted: try await untell("reblog", change, in: transaction)
        case .counted(isFinal: true):
            try await transaction.insertNotification(
                for: change.post.author, kind: "poll", from: change.post.author, post: change.post.id)
            for voter in try await transaction.voters(in: change.post.id) {
                try await transaction.insertNotification(
                    for: voter, kind: "poll", from: change.post.author, post: change.post.id)
            }
        case .deleted, .voted, .counted, .approved, .pinned, .unpinned: break
        }
    }

    /// Those who passed a post on should know that it reads differently now.
    private func tellInterested(_ kind: String, _ change: PostChange, in transaction: Transaction) async throws {
        for person in try await transaction.localBoosters(of: change.post.id) {
            try await tell(person, kind, change, in: transaction)
        }
    }

    private func tell(_ person: ActorID, _ kind: String, _ change: PostChange, in transaction: Transaction) async throws
    {
        guard person != change.actor.id else { return }
        try await transaction.insertWantedNotification(
            for: person, kind: kind, from: change.actor.id, post: change.post.id)
    }

    private func untell(_ kind: String, _ change: PostChange, in transaction: Transaction) async throws {
        try await transaction.deleteNotification(
            for: change.post.author, kind: kind, from: change.actor.id, post: change.post.id)
    }
}
