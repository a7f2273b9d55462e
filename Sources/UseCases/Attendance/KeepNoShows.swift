import Mentoring
package import PostgreSQL
import Store
import Wire

/// Keeps who is said not to have come to a session, as the two of it say now.
package struct KeepNoShows: SessionConsequence {
    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        switch change.event?.happened.kind {
        case .reported, .disputed, .settled, .cancelled: break
        default: return
        }
        try await transaction.save(change.session.noShows, of: change.session.id)
    }
}
