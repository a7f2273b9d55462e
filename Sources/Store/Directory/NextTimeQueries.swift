package import Foundation
package import Mentoring
package import PostgreSQL
import Social
package import Wire

/// A mentor elsewhere whose next free time is to be asked for.
package struct MentorToAsk: Sendable {
    package let id: ActorID
    /// Where their community tells it.
    package let address: URI
}

extension Queryable {
    /// The mentors of a community whose next free time was asked for before a time, or never; the oldest first. Only of
    /// those who tell everybody: for others a person would have to ask.
    package func mentorsToAsk(of neighbour: ActorID, askedBefore time: Date, limit: Int) async throws -> [MentorToAsk] {
        try await rows(
            """
            select mentor_profiles.actor_id, times_address
            from neighbour_mentors join actors using (uri) join mentor_profiles on mentor_profiles.actor_id = actors.id
            where neighbour_id = \(neighbour) and is_listed and gone_at is null and times_address is not null
                and is_accepting and audience = 'anyone' and (times_asked_at is null or times_asked_at < \(time))
            order by times_asked_at nulls first, actors.id limit \(limit)
            """
        ).map { MentorToAsk(id: try $0.get("actor_id"), address: try $0.get("times_address")) }
    }

    /// Writes when a mentor elsewhere has time next, as their community says now.
    package func setNextFree(_ next: NextFree?, ofAsked mentor: ActorID) async throws {
        try await setNextFree(next, of: mentor)
        try await timesWereAsked(of: mentor)
    }

    /// Writes that a mentor's times were asked for; what was known of them before lapses by itself.
    package func timesWereAsked(of mentor: ActorID) async throws {
        _ = try await execute("update mentor_profiles set times_asked_at = now() where actor_id = \(mentor)")
    }
}
