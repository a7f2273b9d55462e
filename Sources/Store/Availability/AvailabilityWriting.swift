import Foundation
package import Mentoring
package import PostgreSQL
package import Wire

extension Transaction {
    /// Writes when a mentor takes sessions, in place of what was there.
    package func save(_ availability: Availability, of actor: ActorID) async throws {
        // The row is also the lock under which one change at a time takes place.
        try await submit(
            """
            insert into availabilities (actor_id, zone, most_a_day, most_a_week, hours_a_month, holding)
            values (\(actor), \(availability.zone.name), \(availability.caps.aDay), \(availability.caps.aWeek),
                \(availability.caps.hoursAMonth), \(availability.holding))
            on conflict (actor_id) do update set zone = excluded.zone, most_a_day = excluded.most_a_day,
                most_a_week = excluded.most_a_week, hours_a_month = excluded.hours_a_month,
                holding = excluded.holding, updated_at = now()
            """)
        try await submit("delete from availability_rules where actor_id = \(actor)")
        try await submit("delete from availability_exceptions where actor_id = \(actor)")
        try await submit("delete from availability_travels where actor_id = \(actor)")
        try await submit("delete from availability_absences where actor_id = \(actor)")
        try await submit("delete from availability_blocked where actor_id = \(actor)")
        try await submit("delete from availability_limits where actor_id = \(actor)")
        try await insert(availability.rules, of: actor)
        try await insert(availability.exceptions, of: actor)
        try await insert(availability.travels, of: actor)
        try await insert(availability.absences, of: actor)
        try await insert(availability.blocked, of: actor)
        try await insert(availability.limits, of: actor)
    }

    private func insert(_ rules: [WeeklyRule], of actor: ActorID) async throws {
        try await submit(
            """
            insert into availability_rules (actor_id, weekday, opens, closes)
            select \(actor)::bigint, * from unnest(\(rules.map(\.weekday.number))::smallint[],
                \(rules.map(\.hours.from.minutes))::smallint[], \(rules.map(\.hours.to.minutes))::smallint[])
            """)
    }

    private func insert(_ exceptions: [DayException], of actor: ActorID) async throws {
        try await submit(
            """
            insert into availability_exceptions (actor_id, day)
            select \(actor)::bigint, * from unnest(\(exceptions.map(\.day.description))::date[])
            """)
        let hours = exceptions.flatMap { exception in exception.hours.map { (exception.day.description, $0) } }
        try await submit(
            """
            insert into availability_exception_hours (actor_id, day, opens, closes)
            select \(actor)::bigint, * from unnest(\(hours.map(\.0))::date[], \(hours.map(\.1.from.minutes))::smallint[],
                \(hours.map(\.1.to.minutes))::smallint[])
            """)
    }

    private func insert(_ travels: [Travel], of actor: ActorID) async throws {
        try await submit(
            """
            insert into availability_travels (actor_id, first_day, last_day, zone)
            select \(actor)::bigint, * from unnest(\(travels.map(\.days.lowerBound.description))::date[],
                \(travels.map(\.days.upperBound.description))::date[], \(travels.map(\.zone.name))::text[])
            """)
    }

    private func insert(_ absences: [Absence], of actor: ActorID) async throws {
        try await submit(
            """
            insert into availability_absences (actor_id, first_day, last_day, returns, stand_in, note)
            select \(actor)::bigint, * from unnest(\(absences.map(\.days.lowerBound.description))::date[],
                \(absences.map(\.days.upperBound.description))::date[], \(absences.map(\.returns.description))::date[],
                \(absences.map { $0.standIn?.description ?? "" })::text[], \(absences.map(\.note))::text[])
            """)
    }

    private func insert(_ blocked: [BlockedTime], of actor: ActorID) async throws {
        try await submit(
            """
            insert into availability_blocked (actor_id, starts_at, ends_at, reason)
            select \(actor)::bigint, * from unnest(\(blocked.map(\.start))::timestamptz[],
                \(blocked.map(\.end))::timestamptz[], \(blocked.map(\.reason))::text[])
            """)
    }

    private func insert(_ limits: [String: BookingLimits], of actor: ActorID) async throws {
        let (types, values) = (Array(limits.keys), Array(limits.values))
        try await submit(
            """
            insert into availability_limits (actor_id, type, notice, furthest_days, buffer_before, buffer_after, grid,
                most_a_day)
            select \(actor)::bigint, * from unnest(\(types)::text[], \(values.map(\.notice))::integer[],
                \(values.map(\.furthestDays))::smallint[], \(values.map(\.bufferBefore))::smallint[],
                \(values.map(\.bufferAfter))::smallint[], \(values.map(\.grid))::smallint[],
                \(values.map(\.mostADay))::smallint[])
            """)
    }
}
