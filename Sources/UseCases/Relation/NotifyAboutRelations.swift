package import PostgreSQL
import Social
import Store
import Wire

/// Tells people of this community who follows them and who asks to. A block is silent.
package struct NotifyAboutRelations: RelationConsequence {
    package init() {}

    package func follow(_ change: RelationChange, in transaction: Transaction) async throws {
        switch change.what {
        case .asked:
            try await tell("follow_request", change, in: transaction)
        case .followed:
            try await untell("follow_request", change, in: transaction)
            try await tell("follow", change, in: transaction)
        case .rejected, .unfollowed:
            try await untell("follow_request", change, in: transaction)
            try await untell("follow", change, in: transaction)
        case .blocked:
            try await transaction.deleteNotifications(for: change.actor.id, from: change.other.id)
        case .accepted, .unblocked: break
        }
    }

    private func tell(_ kind: String, _ change: RelationChange, in transaction: Transaction) async throws {
        try await transaction.insertWantedNotification(for: change.other.id, kind: kind, from: change.actor.id)
    }

    private func untell(_ kind: String, _ change: RelationChange, in transaction: Transaction) async throws {
        try await transaction.deleteNotification(for: change.other.id, kind: kind, from: change.actor.id)
    }
}
