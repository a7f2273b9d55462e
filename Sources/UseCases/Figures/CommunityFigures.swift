package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store

extension Queryable {
    /// What all sessions come to of which this community knows.
    ///
    /// - Throws: `NotPermitted` for people who do not look after the community.
    package func communityFigures(for reader: Account, at now: Date) async throws -> Figures {
        try reader.require(.readFigures)
        return try await figures(at: now)
    }
}
