import Foundation
import Testing
import Wire

@testable import Mentoring

/// Noor in Berlin, open on Mondays from 09:00 to 12:00; asked on Tuesday 1 September 2026 about Monday the 7th, 9:00 of
/// which is 07:00 in UTC.
struct SlotSearchTests {
    static func zone(_ name: String) throws -> TimeZoneName { try #require(TimeZoneName(name)) }

    static func availability(
        _ zone: String = "Europe/Berlin", change: (inout AvailabilityDraft) -> Void = { _ in }
    ) throws -> Availability {
        var draft = AvailabilityDraft(zone: zone)
        draft.rules = [.init(weekday: "monday", hours: .init(from: "09:00", to: "12:00"))]
        change(&draft)
        return try draft.checked(catalogue: Sample.catalogue)
    }

    static func search(
        minutes: Int = 60, taken: [TakenTime] = [], now: Date = Sample.asked, of availability: Availability
    ) -> SlotSearch {
        SlotSearch(availability, type: "artistic", minutes: minutes, taken: taken, now: now)
    }

    static func taken(
        _ start: String, minutes: Double, kind: TakenTime.Kind = .session, type: String? = nil
    ) -> TakenTime {
        let start = Sample.date(start)
        return TakenTime(start: start, end: start.addingTimeInterval(minutes * 60), kind: kind, type: type)
    }

    static func limits(_ type: String = "artistic", change: (inout AvailabilityDraft.Limits) -> Void = { _ in })
        -> AvailabilityDraft.Limits
    {
        var limits = AvailabilityDraft.Limits(type: type)
        limits.bufferAfter = 0
        change(&limits)
        return limits
    }

    /// Clock times of the starts in UTC, from the 7th on.
    static func starts(_ search: SlotSearch, days: Double = 1, from: String = "2026-09-07T00:00:00Z") -> [String] {
        let first = Sample.date(from)
        return search.starts(in: first..<first.addingTimeInterval(days * 86_400)).map {
            String(DateTime.format($0).dropFirst(11).prefix(5))
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let minutes: Int
        let taken: [TakenTime]
        let now: Date
        let expected: [String]
        let change: @Sendable (inout AvailabilityDraft) -> Void

        init(
            _ description: String, minutes: Int = 60, taken: [TakenTime] = [], now: String = "2026-09-01T09:00:00Z",
            _ expected: String, change: @escaping @Sendable (inout AvailabilityDraft) -> Void
        ) {
            testDescription = description
            self.minutes = minutes
            self.taken = taken
            self.now = Sample.date(now)
            self.expected = expected.split(separator: " ").map(String.init)
            self.change = change
        }
    }

    static let cases = [
        Case("half-hourly until the hours end", "07:00 07:30 08:00 08:30 09:00") { _ in },
        Case("the grid is not the length", minutes: 30, "07:00 07:50 08:40 09:30") {
            $0.limits = [limits { $0.grid = 50 }]
        },
        Case("a length that does not fit", minutes: 240, "") { _ in },
        Case("hours that meet are one, each with its own grid", "06:45 07:15 07:45 08:00 08:30 09:00") {
            $0.rules = [
                .init(weekday: "monday", hours: .init(from: "10:00", to: "12:00")),
                .init(weekday: "monday", hours: .init(from: "08:45", to: "10:00")),
            ]
        },
        Case("hours of other days are not asked about", "") { $0.rules[0].weekday = "tuesday" },
        Case("an exception replaces the rules", "12:00 12:30 13:00") {
            $0.exceptions = [.init(date: "2026-09-07", hours: [.init(from: "14:00", to: "16:00")])]
        },
        Case("an exception without hours closes the day", "") { $0.exceptions = [.init(date: "2026-09-07")] },
        Case("an exception opens a day without rules", "05:00") {
            $0.rules = []
            $0.exceptions = [.init(date: "2026-09-07", hours: [.init(from: "07:00", to: "08:00")])]
        },
        Case("on a journey the rules follow the clock there", "13:00 13:30 14:00 14:30 15:00") {
            $0.travels = [.init(days: .init(from: "2026-09-05", to: "2026-09-08"), zone: "America/New_York")]
        },
        Case("away from the first day to the last", "") {
            $0.absences = [.init(days: .init(from: "2026-09-07", to: "2026-09-07"))]
        },
        Case("away before and after", "07:00 07:30 08:00 08:30 09:00") {
            $0.absences = [
                .init(days: .init(from: "2026-09-01", to: "2026-09-06")),
                .init(days: .init(from: "2026-09-08", to: "2026-09-20")),
            ]
        },
        Case("blocked times", "08:30 09:00") {
            $0.limits = [limits()]
            $0.blocked = [
                BlockedTime(start: Sample.date("2026-09-07T07:30:00Z"), end: Sample.date("2026-09-07T08:15:00Z"))
            ]
        },
        Case(
            "a session is taken to the minute", taken: [taken("2026-09-07T08:00:00Z", minutes: 30)], "07:00 08:30 09:00"
        ) {
            $0.limits = [limits()]
        },
        Case(
            "the buffer before keeps away from what ends", taken: [taken("2026-09-07T07:00:00Z", minutes: 30)],
            "08:00 08:30 09:00"
        ) {
            $0.limits = [limits { $0.bufferBefore = 20 }]
        },
        Case(
            "the buffer after keeps away from what begins",
            taken: [taken("2026-09-07T08:30:00Z", minutes: 30, kind: .calendar)], "07:00 09:00"
        ) {
            $0.limits = [limits { $0.bufferAfter = 30 }]
        },
        Case(
            "the other session's buffers hold, too",
            taken: [taken("2026-09-07T08:00:00Z", minutes: 30, type: "panamia_planning")], "09:00"
        ) {
            $0.limits = [limits(), limits("panamia_planning") { ($0.bufferBefore, $0.bufferAfter) = (15, 15) }]
        },
        Case(
            "of two buffers that meet the longer counts",
            taken: [taken("2026-09-07T07:00:00Z", minutes: 30, type: "artistic")], "08:00 08:30 09:00"
        ) {
            $0.limits = [limits { ($0.bufferBefore, $0.bufferAfter) = (20, 25) }]
        },
        Case(
            "twenty minutes and a buffer of five start every 25", minutes: 20,
            taken: [taken("2026-09-07T07:25:00Z", minutes: 20, type: "artistic")], "07:00 07:50 08:15 08:40 09:05 09:30"
        ) {
            $0.limits = [limits { ($0.grid, $0.bufferAfter) = (25, 5) }]
        },
        Case("notice counts to the minute", now: "2026-09-07T06:01:00Z", "08:30 09:00") {
            $0.limits = [limits { $0.notice = 120 }]
        },
        Case("no notice is still no past", now: "2026-09-07T08:00:00Z", "08:30 09:00") {
            $0.limits = [limits { $0.notice = 0 }]
        },
        Case("the furthest day is the mentor's", now: "2026-08-31T22:30:00Z", "07:00 07:30 08:00 08:30 09:00") {
            $0.limits = [limits { $0.furthestDays = 6 }]
        },
        Case("beyond the furthest day", now: "2026-08-31T21:30:00Z", "") {
            $0.limits = [limits { $0.furthestDays = 6 }]
        },
        Case("most of a type a day", taken: [taken("2026-09-07T20:00:00Z", minutes: 30, type: "artistic")], "") {
            $0.limits = [limits { $0.mostADay = 1 }]
        },
        Case(
            "others of another type a day",
            taken: [taken("2026-09-07T20:00:00Z", minutes: 30, type: "panamia_planning")],
            "07:00 07:30 08:00 08:30 09:00"
        ) {
            $0.limits = [limits { $0.mostADay = 1 }]
        },
        Case(
            "most a day, of the mentor's day", taken: [taken("2026-09-07T22:30:00Z", minutes: 30)],
            "07:00 07:30 08:00 08:30 09:00"
        ) {
            $0.caps = BookingCaps(aDay: 1)
        },
        Case(
            "most a day, requests and holds counted",
            taken: [
                taken("2026-09-06T22:30:00Z", minutes: 30, kind: .request),
                taken("2026-09-07T19:00:00Z", minutes: 30, kind: .hold),
            ], ""
        ) {
            $0.caps = BookingCaps(aDay: 2)
        },
        Case(
            "a session of the mentor's own counts towards no cap",
            taken: [taken("2026-09-07T08:00:00Z", minutes: 30, kind: .ownSession)], "08:30 09:00"
        ) {
            ($0.caps, $0.limits) = (BookingCaps(aDay: 1), [limits { $0.bufferAfter = 10 }])
        },
        Case(
            "a calendar counts towards no cap", taken: [taken("2026-09-07T19:00:00Z", minutes: 30, kind: .calendar)],
            "07:00 07:30 08:00 08:30 09:00"
        ) {
            $0.caps = BookingCaps(aDay: 1)
        },
        Case(
            "the week begins on Monday", taken: [taken("2026-09-06T19:00:00Z", minutes: 30)],
            "07:00 07:30 08:00 08:30 09:00"
        ) {
            $0.caps = BookingCaps(aWeek: 1)
        },
        Case("most a week", taken: [taken("2026-09-13T19:00:00Z", minutes: 30)], "") {
            $0.caps = BookingCaps(aWeek: 1)
        },
        Case(
            "hours a month, up to the last minute",
            taken: [taken("2026-09-30T21:00:00Z", minutes: 60), taken("2026-09-30T22:00:00Z", minutes: 60)],
            "07:00 07:30 08:00 08:30 09:00"
        ) {
            $0.caps = BookingCaps(hoursAMonth: 2)
        },
        Case("one minute more than the hours of a month", taken: [taken("2026-09-20T21:00:00Z", minutes: 61)], "") {
            $0.caps = BookingCaps(hoursAMonth: 2)
        },
    ]

    @Test("Rules, limits and what is taken leave these times", arguments: cases) func finds(given: Case) throws {
        let search = Self.search(
            minutes: given.minutes, taken: given.taken, now: given.now, of: try Self.availability(change: given.change))
        #expect(Self.starts(search) == given.expected)
    }

    @Test("A session runs on past midnight into hours that follow")
    func runsOn() throws {
        let availability = try Self.availability {
            $0.rules = [
                .init(weekday: "monday", hours: .init(from: "23:00", to: "24:00")),
                .init(weekday: "tuesday", hours: .init(from: "00:00", to: "00:30")),
            ]
        }
        #expect(Self.starts(Self.search(of: availability), days: 2) == ["21:00", "21:30"])
    }

    static let clockChanges: [(zone: String, date: String, hours: String, grid: Int, minutes: Int, expected: String)] =
        [
            // Forward, 02:00 to 03:00: the wall clock has 01:00-02:00 and 03:00-04:00.
            ("Europe/Berlin", "2026-03-29", "01:00-04:00", 30, 30, "00:00 00:30 01:00 01:30"),
            ("Europe/Berlin", "2026-03-29", "01:00-04:00", 60, 90, "00:00"),
            ("Europe/Berlin", "2026-03-29", "02:00-03:00", 30, 15, ""),
            ("Europe/Berlin", "2026-03-29", "02:30-03:30", 30, 30, "01:00"),
            // 03:15 would come half an hour after 01:45.
            ("Europe/Berlin", "2026-03-29", "01:00-05:00", 45, 45, "00:00 00:45 02:00"),
            // Back, 03:00 to 02:00: the second pass of 02:00 begins at 01:00 in UTC.
            ("Europe/Berlin", "2026-10-25", "01:00-04:00", 60, 60, "23:00 00:00 01:00 02:00"),
            ("Europe/Berlin", "2026-10-25", "02:00-03:00", 30, 30, "00:00 00:30 01:00 01:30"),
            ("Europe/Berlin", "2026-10-25", "02:30-04:00", 30, 30, "00:30 01:30 02:00 02:30"),
            ("Europe/Berlin", "2026-10-25", "01:00-02:30", 30, 30, "23:00 23:30 00:00 01:00"),
            // 02:00 of the second pass would come ten minutes after 02:50 of the first.
            ("Europe/Berlin", "2026-10-25", "00:20-04:00", 50, 50, "22:20 23:10 00:00 00:50 01:50"),
            // Half an hour: 02:00 to 02:30, and 02:00 to 01:30.
            ("Australia/Lord_Howe", "2026-10-04", "01:00-04:00", 60, 60, "14:30 16:00"),
            ("Australia/Lord_Howe", "2026-04-05", "01:00-03:00", 30, 30, "14:00 14:30 15:00 15:30 16:00"),
            // A day that was never there.
            ("Pacific/Apia", "2011-12-30", "00:00-24:00", 60, 60, ""),
            ("Pacific/Apia", "2011-12-31", "00:00-02:00", 60, 60, "10:00 11:00"),
            ("Asia/Kolkata", "2026-03-29", "01:00-03:00", 60, 60, "19:30 20:30"),
        ]

    @Test("Clock changes", arguments: clockChanges.indices) func changesClocks(index: Int) throws {
        let given = Self.clockChanges[index]
        let hours = given.hours.split(separator: "-").map(String.init)
        let day = try #require(CalendarDay(given.date))
        let availability = try Self.availability(given.zone) { draft in
            draft.rules = []
            draft.exceptions = [.init(date: given.date, hours: [.init(from: hours[0], to: hours[1])])]
            draft.limits = [Self.limits { ($0.grid, $0.furthestDays) = (given.grid, 730) }]
        }
        let start = date((day.number - 1) * 86_400)
        let search = Self.search(
            minutes: given.minutes, now: start.addingTimeInterval(-10 * 86_400), of: availability)
        #expect(
            Self.starts(search, days: 3, from: DateTime.format(start)).joined(separator: " ") == given.expected)
    }

    @Test("A start that nothing removes is what a list would offer, to the second")
    func decidesOne() throws {
        let availability = try Self.availability { draft in
            draft.absences = [.init(days: .init(from: "2026-09-14", to: "2026-09-14"), returns: "2026-09-16")]
            draft.exceptions = [.init(date: "2026-09-21")]
            draft.blocked = [
                BlockedTime(
                    start: Sample.date("2026-09-07T09:00:00Z"), end: Sample.date("2026-09-07T10:00:00Z"),
                    reason: "Dentist")
            ]
        }
        let search = Self.search(
            taken: [Self.taken("2026-09-28T07:00:00Z", minutes: 60, kind: .hold)], of: availability)
        let obstacles: [(String, Obstacle?)] = [
            ("2026-09-07T07:00:00Z", nil), ("2026-09-07T07:00:00.001Z", .offGrid(minutes: 30)),
            ("2026-09-07T07:00:01Z", .offGrid(minutes: 30)), ("2026-09-07T07:15:00Z", .offGrid(minutes: 30)),
            ("2026-09-07T06:30:00Z", .outsideHours), ("2026-09-07T10:00:00Z", .outsideHours),
            ("2026-09-07T09:30:00Z", .hoursEnd), ("2026-09-07T08:00:00Z", .blocked(reason: "Dentist")),
            ("2026-09-14T07:00:00Z", .absence(returns: try #require(CalendarDay("2026-09-16")))),
            ("2026-09-14T07:01:00Z", .absence(returns: try #require(CalendarDay("2026-09-16")))),
            ("2026-09-21T07:00:00Z", .exception), ("2026-09-28T07:30:00Z", .taken(.hold)),
            ("2026-08-31T07:00:00Z", .past), ("2026-09-01T09:00:00Z", .past), ("1970-01-01T00:00:00Z", .past),
            ("2026-11-02T08:00:00Z", .furthest(days: 60)), ("9999-12-27T08:00:00Z", .furthest(days: 60)),
        ]
        for (start, expected) in obstacles {
            #expect(search.obstacle(at: Sample.date(start)) == expected, "\(start)")
        }
        #expect(search.obstacle(at: .distantFuture) != nil)
        #expect(search.obstacle(at: .distantPast) == .past)
    }

    @Test("Who comes too late gets the nearest free times, before and after")
    func nearest() throws {
        let availability = try Self.availability { $0.limits = [Self.limits()] }
        let search = Self.search(taken: [Self.taken("2026-09-14T07:00:00Z", minutes: 120)], of: availability)
        let wished = Sample.date("2026-09-14T07:00:00Z")
        let found = search.nearest(to: wished, count: 4).map { String(DateTime.format($0).dropFirst(5).prefix(11)) }
        #expect(found == ["09-07T08:00", "09-07T08:30", "09-07T09:00", "09-14T09:00"])
        #expect(search.nearest(to: Sample.date("2027-09-14T07:00:00Z")).isEmpty)
        #expect(search.nearest(to: .distantFuture).isEmpty && search.nearest(to: .distantPast).isEmpty)
    }

    @Test("Each day of the asker says what is free and which rule removed the rest")
    func explains() throws {
        let availability = try Self.availability { draft in
            draft.rules.append(.init(weekday: "monday", hours: .init(from: "23:00", to: "24:00")))
            draft.exceptions = [.init(date: "2026-09-14", hours: [.init(from: "11:00", to: "12:00")])]
        }
        let search = Self.search(
            taken: [Self.taken("2026-09-07T07:00:00Z", minutes: 60, type: "artistic")], of: availability)
        let time = Sample.date("2026-09-06T15:00:00Z")..<Sample.date("2026-09-15T15:00:00Z")
        let days = search.days(in: time, of: try Self.zone("Asia/Tokyo"))
        let clock = { (starts: [Date]) in starts.map { String(DateTime.format($0).dropFirst(5).prefix(11)) } }
        #expect(days.map(\.day.description).first == "2026-09-07")
        #expect(days.map(\.day.description).last == "2026-09-15")
        #expect(days.count == 9)
        #expect(clock(days[0].free) == ["09-07T08:30", "09-07T09:00"])
        #expect(days[0].removed.map(\.obstacle) == [.taken(.session), .hoursEnd])
        #expect(clock(days[0].removed[0].starts) == ["09-07T07:00", "09-07T07:30", "09-07T08:00"])
        // 23:00 in Berlin is the next day in Tokyo.
        #expect(clock(days[1].free) == ["09-07T21:00"])
        #expect(days[2].free.isEmpty && days[2].removed.isEmpty)
        #expect(clock(days[7].free) == ["09-14T09:00"])
        #expect(days[7].removed.map(\.obstacle) == [.exception, .hoursEnd])
        // The evening is replaced as well, which is the 15th in Tokyo.
        #expect(days[8].removed.map(\.obstacle) == [.exception])
    }

    @Test("Ten thousand of everything take no time to speak of")
    func large() throws {
        let day0 = try #require(CalendarDay("2026-09-01")).number
        let start = date(day0 * 86_400)
        let open = try #require(
            WallTime("00:00").flatMap { from in WallTime("24:00").flatMap { OpenHours(from: from, to: $0) } })
        let availability = Availability(
            zone: try Self.zone("Europe/Berlin"),
            rules: Weekday.allCases.map { WeeklyRule(weekday: $0, hours: open) },
            exceptions: (0..<10_000).map { DayException(day: CalendarDay(number: day0 + 200 + $0), hours: [open]) },
            absences: (0..<10_000).map { index in
                let day = CalendarDay(number: day0 + 200 + index)
                return Absence(days: day...day, returns: CalendarDay(number: day0 + 201 + index))
            },
            blocked: (0..<10_000).map {
                BlockedTime(start: start + Double($0) * 777, end: start + Double($0) * 777 + 60)
            },
            limits: ["artistic": BookingLimits(notice: 0, furthestDays: 730, grid: 5)],
            caps: BookingCaps(aDay: 50, aWeek: 200, hoursAMonth: 400))
        let taken = (0..<10_000).map { index in
            TakenTime(start: start + Double(index) * 777, end: start + Double(index) * 777 + 60, kind: .calendar)
        }
        let search = Self.search(taken: taken, now: start, of: availability)
        let began = ContinuousClock.now
        #expect(search.judgements(in: day0 * 86_400..<(day0 + 92) * 86_400).count > 26_000)
        // Less than a second without optimisation; what is quadratic takes minutes.
        #expect(ContinuousClock.now - began < .seconds(15))
    }
}
