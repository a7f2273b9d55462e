package import Foundation
package import Mentoring
package import PostgreSQL
package import Wire

extension Queryable {
    /// The sessions of somebody of ours that begin in a time, also those that are over: they count towards caps.
    ///
    /// - Parameter session: is left out, because it is the one that is being decided.
    package func takenTimes(of actor: ActorID, in time: Range<Date>, except session: UUID? = nil) async throws
        -> [TakenTime]
    {
        try await takenTimes(of: [actor], in: time, except: session)[actor] ?? []
    }

    /// The same of several.
    package func takenTimes(of actors: [ActorID], in time: Range<Date>, except session: UUID? = nil) async throws
        -> [ActorID: [TakenTime]]
    {
        let found = try await rows(
            """
            select person.id as person, taken.*
            from unnest(\(actors.map(\.rawValue))::bigint[]) as person (id) cross join lateral (
                select starts_at, minutes, kind_name, mentor_id = person.id as as_mentor from sessions
                where (mentor_id = person.id or mentee_id = person.id)
                    and status in ('scheduled', 'completed', 'no_show')
                    and starts_at >= \(time.lowerBound) and starts_at < \(time.upperBound)
                    and id is distinct from \(session)
                union all
                select held_starts_at, held_minutes, kind_name, mentor_id = person.id from sessions
                where (mentor_id = person.id or mentee_id = person.id) and status = 'pending'
                    and held_starts_at >= \(time.lowerBound) and held_starts_at < \(time.upperBound)
                    and id is distinct from \(session)) taken
            """)
        return try Dictionary(grouping: found) { try $0.get("person") as ActorID }.mapValues { rows in
            try rows.map { row in
                let (start, minutes): (Date, Int) = try (row.get("starts_at"), row.get("minutes"))
                let isMentor: Bool = try row.get("as_mentor")
                return TakenTime(
                    start: start, end: start.addingTimeInterval(Double(minutes) * 60),
                    kind: isMentor ? .session : .ownSession,
                    type: isMentor ? try row.get("kind_name") : nil)
            }
        }
    }

    /// A mentor's sessions, agreed or asked for, that overlap one of some times; by their start.
    package func openSessions(of mentor: ActorID, during times: [Range<Date>], limit: Int) async throws -> [Session] {
        guard !times.isEmpty else { return [] }
        return try await rows(
            """
            select \(Session.columns) from sessions
            where mentor_id = \(mentor) and status in ('pending', 'scheduled') and exists (
                select from unnest(\(times.map(\.lowerBound))::timestamptz[], \(times.map(\.upperBound))::timestamptz[])
                    as given (first, last)
                where starts_at < last and starts_at + make_interval(mins => minutes) > first)
            order by starts_at, number limit \(limit)
            """
        ).map(Session.init)
    }
}
