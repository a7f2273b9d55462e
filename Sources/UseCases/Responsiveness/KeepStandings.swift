import Foundation
import Mentoring
package import PostgreSQL
import Social
import Store
import Wire

/// Moves a mentor up or down among those who are looked for, as they answer or do not.
package struct KeepStandings: SessionConsequence {
    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        switch change.event?.happened.kind {
        case .accepted, .declined, .proposed, .expired: break
        default: return
        }
        let mentor = change.mentor.id
        let now = change.event?.happened.at ?? Date()
        let record = try await transaction.records(of: [mentor], at: now)[mentor]
        try await transaction.setStandings([mentor: Standing(record?.responsiveness(at: now))])
    }
}
