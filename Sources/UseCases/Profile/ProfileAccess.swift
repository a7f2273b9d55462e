package import Mentoring
package import PostgreSQL
import Store
package import Wire

/// Others see a profile that its person has published and the community has admitted; a person always sees their own.
extension Queryable {
    package func profile(of mentor: ActorID, for reader: ActorID) async throws -> MentorProfile? {
        try await profile(of: mentor).flatMap { $0.isShown || mentor == reader ? $0 : nil }
    }
}
