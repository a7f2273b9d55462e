package import Mentoring
package import PostgreSQL
package import Social
import Store

extension Queryable {
    /// How near somebody is to a mentor.
    package func acquaintance(of asker: Actor, with mentor: Actor) async throws -> Acquaintance {
        if try await haveSharedSession(asker.id, mentor.id) { return .known }
        if try await follow(by: mentor.id, of: asker.id)?.state == .accepted { return .known }
        return try await follow(by: asker.id, of: mentor.id)?.state == .accepted ? .follower : .stranger
    }
}
