package import Foundation
package import Mentoring
package import PostgreSQL
package import Wire

extension Queryable {
    /// What the calendars of somebody say that overlaps a time.
    ///
    /// - Parameter session: what they say of its own time is left out, also of the one that it keeps while it is moved: its
    ///   owner may have it in there, and it does not stand in its own way.
    package func calendarTimes(of owner: ActorID, in time: Range<Date>, except session: UUID? = nil) async throws
        -> [TakenTime]
    {
        let own = try await rows(
            """
            select starts_at, minutes from sessions where id = \(session) and mentor_id = \(owner)
            union all
            select held_starts_at, held_minutes from sessions
            where id = \(session) and mentor_id = \(owner) and held_starts_at is not null
            """
        ).map { row in
            let (start, minutes): (Date, Int) = try (row.get("starts_at"), row.get("minutes"))
            return start..<start.addingTimeInterval(Double(minutes) * 60)
        }
        return try await calendarTimes(of: [owner], in: time)[owner, default: []].flatMap { taken in
            own.reduce([taken.start..<taken.end]) { left, own in left.flatMap { $0.without(own) } }.map {
                TakenTime(start: $0.lowerBound, end: $0.upperBound, kind: .calendar)
            }
        }
    }

    /// The same of several, for no session.
    package func calendarTimes(of owners: [ActorID], in time: Range<Date>) async throws -> [ActorID: [TakenTime]] {
        let found = try await rows(
            """
            select actor_id, starts_at, ends_at from calendars join calendar_times on calendar_id = id
            where actor_id = any(\(owners.map(\.rawValue))::bigint[])
                and starts_at < \(time.upperBound) and ends_at > \(time.lowerBound)
            """)
        return try Dictionary(grouping: found) { try $0.get("actor_id") as ActorID }.mapValues { rows in
            try rows.map { TakenTime(start: try $0.get("starts_at"), end: try $0.get("ends_at"), kind: .calendar) }
        }
    }

    /// Writes when a calendar says that its owner is busy, in place of what was there.
    package func save(busyTimes times: [Range<Date>], of calendar: Int64) async throws {
        _ = try await execute("delete from calendar_times where calendar_id = \(calendar)")
        _ = try await execute(
            """
            insert into calendar_times (calendar_id, starts_at, ends_at)
            select \(calendar)::bigint, * from unnest(\(times.map(\.lowerBound))::timestamptz[],
                \(times.map(\.upperBound))::timestamptz[])
            """)
    }
}

extension Range<Date> {
    /// What is left of it beside another.
    fileprivate func without(_ other: Range<Date>) -> [Range<Date>] {
        guard overlaps(other) else { return [self] }
        return [
            lowerBound..<Swift.max(lowerBound, other.lowerBound), Swift.min(upperBound, other.upperBound)..<upperBound,
        ].filter { !$0.isEmpty }
    }
}
