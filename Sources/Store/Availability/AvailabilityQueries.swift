import Foundation
package import Mentoring
package import PostgreSQL
package import Wire

extension Queryable {
    /// When a mentor of ours takes sessions; nil for one who has set nothing. Read at once, so that a change at the same
    /// time is seen whole or not at all.
    package func availability(of actor: ActorID) async throws -> Availability? {
        try await availabilities(of: [actor])[actor]
    }

    /// The same of several; those who have set nothing are left out.
    package func availabilities(of actors: [ActorID]) async throws -> [ActorID: Availability] {
        let found = try await rows(
            """
            select actor_id, zone, most_a_day, most_a_week, hours_a_month, holding,
                array(\(Self.rules("weekday"))) as rule_days,
                array(\(Self.rules("opens"))) as rule_opens,
                array(\(Self.rules("closes"))) as rule_closes,
                array(\(Self.exceptions("e.day::text"))) as exception_days,
                array(\(Self.exceptions("h.opens"))) as exception_opens,
                array(\(Self.exceptions("h.closes"))) as exception_closes,
                array(\(Self.travels("first_day::text"))) as travel_first,
                array(\(Self.travels("last_day::text"))) as travel_last,
                array(\(Self.travels("zone"))) as travel_zones,
                array(\(Self.absences("first_day::text"))) as absence_first,
                array(\(Self.absences("last_day::text"))) as absence_last,
                array(\(Self.absences("returns::text"))) as absence_returns,
                array(\(Self.absences("stand_in"))) as absence_stand_ins,
                array(\(Self.absences("note"))) as absence_notes,
                array(\(Self.blocked("starts_at"))) as blocked_starts,
                array(\(Self.blocked("ends_at"))) as blocked_ends,
                array(\(Self.blocked("reason"))) as blocked_reasons,
                array(\(Self.limits("type"))) as limit_types,
                array(\(Self.limits("notice"))) as limit_notice,
                array(\(Self.limits("furthest_days"))) as limit_furthest,
                array(\(Self.limits("buffer_before"))) as limit_before,
                array(\(Self.limits("buffer_after"))) as limit_after,
                array(\(Self.limits("grid"))) as limit_grid,
                array(\(Self.limits("most_a_day"))) as limit_most
            from availabilities where actor_id = any(\(actors.map(\.rawValue))::bigint[])
            """)
        return Dictionary(
            try found.map { (try $0.get("actor_id") as ActorID, try Availability($0)) }, uniquingKeysWith: { $1 })
    }

    private static func rules(_ column: SQL) -> SQL {
        "select \(column) from availability_rules where actor_id = availabilities.actor_id order by weekday, opens"
    }

    private static func exceptions(_ column: SQL) -> SQL {
        """
        select \(column) from availability_exceptions e left join availability_exception_hours h using (actor_id, day)
        where actor_id = availabilities.actor_id order by e.day, h.opens
        """
    }

    private static func travels(_ column: SQL) -> SQL {
        "select \(column) from availability_travels where actor_id = availabilities.actor_id order by first_day"
    }

    private static func absences(_ column: SQL) -> SQL {
        "select \(column) from availability_absences where actor_id = availabilities.actor_id order by first_day"
    }

    private static func blocked(_ column: SQL) -> SQL {
        """
        select \(column) from availability_blocked where actor_id = availabilities.actor_id
        order by starts_at, ends_at, reason collate "C"
        """
    }

    private static func limits(_ column: SQL) -> SQL {
        "select \(column) from availability_limits where actor_id = availabilities.actor_id order by type"
    }
}

extension Availability {
    fileprivate init(_ row: Row) throws {
        let caps = BookingCaps(
            aDay: try row.get("most_a_day"), aWeek: try row.get("most_a_week"),
            hoursAMonth: try row.get("hours_a_month"))
        self.init(
            zone: try Self.zone(try row.get("zone")), rules: try Self.rules(row), exceptions: try Self.exceptions(row),
            travels: try Self.travels(row), absences: try Self.absences(row), blocked: try Self.blocked(row),
            limits: try Self.limits(row), caps: caps, holding: try row.get("holding"))
    }

    private static func rules(_ row: Row) throws -> [WeeklyRule] {
        let (days, opens, closes): ([Int], [Int], [Int]) = try (
            row.get("rule_days"), row.get("rule_opens"), row.get("rule_closes"))
        return try days.indices.map { index in
            guard let weekday = Weekday(number: days[index]) else { throw StoreError.unreadable("weekday") }
            return WeeklyRule(weekday: weekday, hours: try hours(opens[index], closes[index]))
        }
    }

    private static func exceptions(_ row: Row) throws -> [DayException] {
        let days: [String] = try row.get("exception_days")
        let (opens, closes): ([Int?], [Int?]) = try (row.get("exception_opens"), row.get("exception_closes"))
        var exceptions: [(day: CalendarDay, hours: [OpenHours])] = []
        for index in days.indices {
            let day = try day(days[index])
            if exceptions.last?.day != day { exceptions.append((day, [])) }
            guard let from = opens[index], let to = closes[index] else { continue }
            exceptions[exceptions.count - 1].hours.append(try hours(from, to))
        }
        return exceptions.map { DayException(day: $0.day, hours: $0.hours) }
    }

    private static func travels(_ row: Row) throws -> [Travel] {
        let (first, last, zones): ([String], [String], [String]) = try (
            row.get("travel_first"), row.get("travel_last"), row.get("travel_zones"))
        return try first.indices.map { Travel(days: try days(first[$0], last[$0]), zone: try zone(zones[$0])) }
    }

    private static func absences(_ row: Row) throws -> [Absence] {
        let (first, last, returns): ([String], [String], [String]) = try (
            row.get("absence_first"), row.get("absence_last"), row.get("absence_returns"))
        let (standIns, notes): ([String], [String]) = try (row.get("absence_stand_ins"), row.get("absence_notes"))
        return try first.indices.map { index in
            Absence(
                days: try days(first[index], last[index]), returns: try day(returns[index]),
                standIn: Handle(standIns[index]), note: notes[index])
        }
    }

    private static func blocked(_ row: Row) throws -> [BlockedTime] {
        let (starts, ends): ([Date], [Date]) = try (row.get("blocked_starts"), row.get("blocked_ends"))
        let reasons: [String] = try row.get("blocked_reasons")
        return starts.indices.map { BlockedTime(start: starts[$0], end: ends[$0], reason: reasons[$0]) }
    }

    private static func limits(_ row: Row) throws -> [String: BookingLimits] {
        let (types, most): ([String], [Int?]) = try (row.get("limit_types"), row.get("limit_most"))
        let (notice, furthest, grid): ([Int], [Int], [Int]) = try (
            row.get("limit_notice"), row.get("limit_furthest"), row.get("limit_grid"))
        let (before, after): ([Int], [Int]) = try (row.get("limit_before"), row.get("limit_after"))
        let limits = types.indices.map { index in
            BookingLimits(
                notice: notice[index], furthestDays: furthest[index], bufferBefore: before[index],
                bufferAfter: after[index], grid: grid[index], mostADay: most[index])
        }
        return Dictionary(zip(types, limits)) { first, _ in first }
    }

    private static func hours(_ opens: Int, _ closes: Int) throws -> OpenHours {
        guard let from = WallTime(minutes: opens), let to = WallTime(minutes: closes),
            let hours = OpenHours(from: from, to: to)
        else { throw StoreError.unreadable("open hours") }
        return hours
    }

    private static func days(_ first: String, _ last: String) throws -> ClosedRange<CalendarDay> {
        let (first, last) = (try day(first), try day(last))
        guard first <= last else { throw StoreError.unreadable("days") }
        return first...last
    }

    private static func day(_ text: String) throws -> CalendarDay {
        guard let day = CalendarDay(text) else { throw StoreError.unreadable("day") }
        return day
    }

    /// The zone as it was chosen. One that the time zone database has lost since would make all hours wrong.
    private static func zone(_ name: String) throws -> TimeZoneName {
        guard let zone = TimeZoneName(name) else { throw StoreError.unreadable("zone") }
        return zone
    }
}
