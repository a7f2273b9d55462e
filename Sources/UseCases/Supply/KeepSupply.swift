import Foundation
import Mentoring
package import PostgreSQL
import Social
import Wire

/// Has looked anew when the parties of a session have time as mentors, whatever happened to it.
package struct KeepSupply: SessionConsequence {
    package init() {}

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard change.event != nil else { return }
        for party in [change.mentor, change.mentee] where party.isLocal {
            try await MentorSupply.renew(party.id, in: transaction)
        }
    }
}
