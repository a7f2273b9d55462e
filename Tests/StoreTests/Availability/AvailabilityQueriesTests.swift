import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct AvailabilityQueriesTests {
    /// With everything in it.
    static func full() throws -> Availability {
        let day = { (text: String) in try #require(CalendarDay(text)) }
        let hours = { (from: Int, to: Int) throws -> OpenHours in
            let (from, to) = (try #require(WallTime(minutes: from)), try #require(WallTime(minutes: to)))
            return try #require(OpenHours(from: from, to: to))
        }
        return Availability(
            zone: try zone("Australia/Lord_Howe"),
            rules: [
                WeeklyRule(weekday: .sunday, hours: try hours(0, 1440)),
                WeeklyRule(weekday: .monday, hours: try hours(720, 725)),
                WeeklyRule(weekday: .monday, hours: try hours(540, 720)),
            ],
            exceptions: [
                DayException(day: try day("2027-01-01"), hours: []),
                DayException(day: try day("2026-12-24"), hours: [try hours(600, 660), try hours(0, 1)]),
            ],
            travels: [
                Travel(days: try day("2027-02-01")...day("2027-02-01"), zone: .utc),
                Travel(days: try day("2027-02-02")...day("2027-02-28"), zone: try zone("Asia/Kathmandu")),
            ],
            absences: [
                Absence(
                    days: try day("2027-03-01")...day("2027-03-09"), returns: try day("2027-03-12"),
                    standIn: try handle("omar@b.example"), note: "Skiing,\n\"mostly\"."),
                Absence(days: try day("2026-03-01")...day("2026-03-01"), returns: try day("2026-03-02")),
            ],
            blocked: [
                BlockedTime(start: .thisSecond, end: .hence(days: 3), reason: "{NULL}, \"exam\""),
                BlockedTime(start: .thisSecond, end: .hence(days: 2).addingTimeInterval(0.125)),
            ],
            limits: [
                "pana_support": BookingLimits(
                    notice: 0, furthestDays: 730, bufferBefore: 5, bufferAfter: 480, grid: 25, mostADay: 3),
                "artistic": .standard,
            ],
            caps: BookingCaps(aDay: 1, aWeek: 2, hoursAMonth: 3), holding: .first(hours: 168))
    }

    @Test("It is kept whole, replaced as a whole, and goes with the account")
    func roundTrip() async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor").actor.id
            let omar = try await home.person("omar").actor.id
            #expect(try await home.database.availability(of: noor) == nil)
            let full = try Self.full()
            // The second time nothing of the first is in its way.
            for actor in [noor, omar, noor] {
                try await home.database.transaction { try await $0.save(full, of: actor) }
                #expect(try await home.database.availability(of: actor) == full)
            }
            let bare = Availability(zone: .utc, rules: [])
            try await home.database.transaction { try await $0.save(bare, of: noor) }
            #expect(try await home.database.availability(of: noor) == bare)
            #expect(try await home.database.availability(of: omar) == full)
            try await home.database.transaction { try await $0.eraseAccount(omar) }
            #expect(try await home.database.availability(of: omar) == nil)
            let left = try await home.database.row("select count(*) as n from availability_rules")
            #expect(try left?.get("n") == 0)
        }
    }

    static let overlaps: [SQL] = [
        "insert into availability_rules select actor_id, 1, 719, 721 from availabilities",
        "insert into availability_exception_hours select actor_id, '2026-12-24', 659, 700 from availabilities",
        "insert into availability_travels select actor_id, '2027-02-28', '2027-03-01', 'UTC' from availabilities",
        "insert into availability_absences select actor_id, '2027-03-09', '2027-03-09', '2027-03-10' from availabilities",
    ]

    @Test("The database itself takes nothing that overlaps", arguments: overlaps.indices)
    func refusesOverlaps(index: Int) async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor").actor.id
            let full = try Self.full()
            try await home.database.transaction { try await $0.save(full, of: noor) }
            let error = await #expect(throws: PostgresError.self) {
                try await home.database.execute(Self.overlaps[index])
            }
            // exclusion_violation
            #expect(String(reflecting: error).contains("23P01"))
            #expect(try await home.database.availability(of: noor) == full)
        }
    }
}

struct TakenTimeQueriesTests {
    @Test("What was agreed takes time, on either side, also when it is over; what waits or fell through does not")
    func takes() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let start = Date.hence(days: 3)
            for (index, status) in SessionStatus.allCases.enumerated() {
                let session = try pair.session(start: start.addingTimeInterval(Double(index) * 7200), status: status)
                #expect(try await home.database.insert(session))
            }
            let held = try pair.session(
                start: start.addingTimeInterval(-86_400),
                heldSlot: try slot(start.addingTimeInterval(-7200), minutes: 30))
            #expect(try await home.database.insert(held))
            let all = start.addingTimeInterval(-86_400)..<start.addingTimeInterval(86_400)
            let taken = try await home.database.takenTimes(of: pair.noor.actor.id, in: all)
                .sorted { $0.start < $1.start }
            let expected = [-1, 1, 5, 6].map { start.addingTimeInterval($0 * 7200) }
            #expect(taken.map(\.start) == expected)
            #expect(taken.map { $0.end.timeIntervalSince($0.start) } == [1800, 3600, 3600, 3600])
            #expect(taken.allSatisfy { $0.kind == .session && $0.type == "pana_support" })
            let mikas = try await home.database.takenTimes(of: pair.mika.actor.id, in: all)
            #expect(Set(mikas.map(\.start)) == Set(expected))
            #expect(mikas.allSatisfy { $0.kind == .ownSession && $0.type == nil })
            let without = try await home.database.takenTimes(of: pair.noor.actor.id, in: all, except: held.id)
            #expect(without.count == 3)
            let later = try await home.database.takenTimes(
                of: pair.noor.actor.id, in: expected[1]..<expected[2])
            #expect(later.map(\.start) == [expected[1]])
        }
    }

    @Test("Open sessions that a time touches are found, by their start")
    func finds() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let start = Date.hence(days: 3)
            let agreed = try pair.session(start: start, status: .scheduled)
            let asked = try pair.session(start: start.addingTimeInterval(-3600))
            let over = try pair.session(start: start, status: .declined)
            for session in [agreed, asked, over] { #expect(try await home.database.insert(session)) }
            let find = { (from: Double, to: Double) in
                try await home.database.openSessions(
                    of: pair.noor.actor.id, during: [start.addingTimeInterval(from)..<start.addingTimeInterval(to)],
                    limit: 10
                ).map(\.id)
            }
            #expect(try await find(-3600, 3600) == [asked.id, agreed.id])
            #expect(try await find(3599, 7200) == [agreed.id])
            #expect(try await find(3600, 7200) == [])
            #expect(try await find(-7200, -3600) == [])
            #expect(try await find(-1, 0) == [asked.id])
            #expect(try await home.database.openSessions(of: pair.noor.actor.id, during: [], limit: 10).isEmpty)
        }
    }
}
