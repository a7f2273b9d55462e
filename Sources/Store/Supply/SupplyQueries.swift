package import Foundation
package import Mentoring
package import PostgreSQL
package import Wire

/// What was last told of a mentor's room.
package struct ToldRoom: Sendable {
    package let isFull: Bool
    package let at: Date?
}

extension Queryable {
    /// The database's clock, for somebody of ours with a mentor profile; nil for everybody else.
    package func clock(forMentor actor: ActorID) async throws -> Date? {
        try await row(
            """
            select clock_timestamp() as now from mentor_profiles join accounts using (actor_id)
            where actor_id = \(actor)
            """
        )?.get("now")
    }

    /// Keeps when a mentor has time; writes nothing where that stands already.
    package func setNextFree(_ next: NextFree?, of mentor: ActorID) async throws {
        _ = try await execute(
            """
            update mentor_profiles set next_free_at = \(next?.start), free_lapses_at = \(next?.lapsesAt)
            where actor_id = \(mentor) and (next_free_at is distinct from \(next?.start)
                or free_lapses_at is distinct from \(next?.lapsesAt))
            """)
    }

    package func toldRoom(of mentor: ActorID) async throws -> ToldRoom? {
        try await row("select is_told_full, told_full_at from mentor_profiles where actor_id = \(mentor)").map {
            ToldRoom(isFull: try $0.get("is_told_full"), at: try $0.get("told_full_at"))
        }
    }

    package func setToldRoom(isFull: Bool, of mentor: ActorID, at now: Date) async throws {
        _ = try await execute(
            """
            update mentor_profiles set is_told_full = \(isFull), told_full_at = \(now) where actor_id = \(mentor)
            """)
    }

    /// Mentors of ours who have set hours, in the order of their ids, to go through them all.
    package func mentorsWithHours(after: ActorID?, limit: Int) async throws -> [ActorID] {
        try await rows(
            """
            select actor_id from mentor_profiles join availabilities using (actor_id)
            where actor_id > \(after ?? ActorID(rawValue: 0)) order by actor_id limit \(limit)
            """
        ).map { try $0.get("actor_id") }
    }
}
