import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// What calendars elsewhere mean for sessions.
struct CalendarBookingTests {
    private func bench(_ home: TestCommunity, busy times: (Date, Date)...) async throws -> CalendarBench {
        let bench = try await CalendarBench(home)
        let calendar = try await bench.add()
        try await home.database.transaction { transaction in
            try await transaction.save(busyTimes: times.map { $0.0..<$0.1 }, of: calendar.id)
        }
        return bench
    }

    @Test("A time that a calendar has is not offered, and neither is what its buffer takes")
    func takes() async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await bench(home, busy: (BookingTests.time(9, 50), BookingTests.time(10, 10)))
            for (hour, minute) in [(9, 30), (10, 0)] {
                let refusal = await #expect(throws: TimeNotFree.self) {
                    try await bench.bench.request(BookingTests.request(BookingTests.time(hour, minute)))
                }
                #expect(refusal?.obstacle == .taken(.calendar))
            }
            #expect(try await bench.bench.request(BookingTests.request(BookingTests.time(9))).status == .pending)
        }
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await bench(home, busy: (BookingTests.time(9, 50), BookingTests.time(10, 10)))
            var draft = AvailabilityDraft(zone: "UTC")
            draft.rules = Weekday.allCases.map { .init(weekday: $0.rawValue, hours: .init(from: "09:00", to: "12:00")) }
            draft.limits = [.init(type: "pana_support")]
            draft.limits[0].bufferAfter = 10
            let availability = try draft.checked(catalogue: try await home.database.catalogue())
            try await home.database.transaction { try await $0.save(availability, of: bench.noor.actor.id) }
            let refusal = await #expect(throws: TimeNotFree.self) {
                try await bench.bench.request(BookingTests.request(BookingTests.time(9)))
            }
            #expect(refusal?.obstacle == .taken(.calendar))
        }
    }

    @Test("Something that began long ago and goes on takes its time, too")
    func takesFromAfar() async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await bench(home, busy: (BookingTests.time(0, day: -90), BookingTests.time(0, day: 90)))
            let refusal = await #expect(throws: TimeNotFree.self) {
                try await bench.bench.request(BookingTests.request(BookingTests.time(9)))
            }
            #expect(refusal == TimeNotFree(.taken(.calendar), nearest: []))
        }
    }

    @Test("What a calendar says keeps nobody from accepting: the mentor has seen it")
    func accepts() async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await bench(home)
            let session = try await bench.bench.request(BookingTests.request(BookingTests.time(9)))
            let calendar = try #require(try await bench.calendar())
            try await home.database.transaction { transaction in
                try await transaction.save(
                    busyTimes: [BookingTests.time(8)..<BookingTests.time(12)], of: calendar.id)
            }
            #expect(
                try await bench.bench.perform(Bench.accept, on: session, by: bench.noor.actor)?.session.status
                    == .scheduled)
        }
    }

    @Test("A session that is moved is not in its own way, when a calendar has it, and everything else is")
    func moves() async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await bench(home)
            let session = try await bench.bench.request(BookingTests.request(BookingTests.time(9)))
            let scheduled = try #require(
                try await bench.bench.perform(Bench.accept, on: session, by: bench.noor.actor)?.session)
            // The copy of the session, and right after it something else.
            let calendar = try #require(try await bench.calendar())
            try await home.database.transaction { transaction in
                try await transaction.save(
                    busyTimes: [BookingTests.time(9)..<BookingTests.time(10, 30)], of: calendar.id)
            }
            let move = { (start: Date) in
                try await bench.bench.perform(
                    .reschedule(Move(of: scheduled, to: try slot(start))), on: scheduled, by: bench.bench.mika)
            }
            let refusal = await #expect(throws: TimeNotFree.self) { try await move(BookingTests.time(9, 30)) }
            #expect(refusal?.obstacle == .taken(.calendar))
            try await home.database.transaction { transaction in
                try await transaction.save(
                    busyTimes: [BookingTests.time(9)..<BookingTests.time(9, 45)], of: calendar.id)
            }
            #expect(try await move(BookingTests.time(9, 30))?.session.slot.start == BookingTests.time(9, 30))
        }
    }
}
