import Calendars
import Foundation
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Jobs

/// Calendars of mentors as they are read from time to time.
struct RefreshCalendarTests {
    @Test("A calendar is read after it is added, and then every half hour; what is as before is not read again")
    func reads() async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await CalendarBench(home)
            let busy = (BookingTests.time(9), BookingTests.time(10))
            bench.answer(200, CalendarBench.text(busy), fields: [("etag", "\"one\"")])
            #expect(try await bench.add().state == .waiting)
            #expect(try await bench.work() == [.done])
            let good = try #require(try await bench.calendar())
            #expect(good.state == .good && good.problem == nil && good.busyCount == 1)
            #expect(try await bench.times() == [TakenTime(start: busy.0, end: busy.1, kind: .calendar)])
            #expect(bench.server.requests.first?.field("accept") == "text/calendar")
            #expect(bench.server.requests.first?.field("signature") == nil)
            let next = try await home.jobs(RefreshCalendar.kind)
            #expect(next.map(\.dueAt) == [good.nextTryAt])
            // Nothing in the job, which operators see, tells the address.
            #expect(next.first?.payload.serializedText().contains("secret") == false)
            #expect(try await bench.work() == [.done])
            #expect(bench.server.requests.last?.field("if-none-match") == "\"one\"")
            #expect(try await bench.calendar()?.state == .good)
            #expect(try await bench.times().count == 1)
            bench.answer(200, CalendarBench.text(), fields: [("etag", "\"two\"")])
            #expect(try await bench.work() == [.done])
            #expect(try await bench.times().isEmpty)
        }
    }

    static let bad: [(name: String, status: Int, text: String, words: String)] = [
        ("gone", 404, "", "no calendar at this address"), ("locked", 401, "", "does not let anybody read"),
        ("a page", 200, "<!DOCTYPE html><title>Sign in</title>", "a page for people"),
        ("something", 200, "{\"calendar\": []}", "no calendar"),
        ("a part", 200, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026", "ends in its middle"),
        (
            "too large", 200, "BEGIN:VCALENDAR\r\n" + String(repeating: "X-A:b\r\n", count: 800_000) + "END:VCALENDAR",
            "larger than 5 MiB"
        ),
        (
            "for ever and ever", 200,
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20200101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR",
            "more than 5000 busy times"
        ),
        ("broken", 500, "", "HTTP 500"), ("elsewhere", 302, "", "leads on to others"),
    ]

    @Test("What cannot be read is said, the last good times stay, and the mentor is told once", arguments: bad.indices)
    func fails(index: Int) async throws {
        let given = Self.bad[index]
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await CalendarBench(home)
            bench.answer(200, CalendarBench.text((BookingTests.time(9), BookingTests.time(10))))
            try await bench.add()
            try await bench.work()
            let good = try #require(try await bench.calendar()?.lastGoodAt)
            bench.answer(given.status, given.text)
            for _ in 0..<4 { #expect(try await bench.work() == [.done]) }
            let failing = try #require(try await bench.calendar())
            #expect(failing.state == .failing && failing.failures == 4)
            #expect(failing.problem?.contains(given.words) == true, "\(failing.problem ?? "")")
            #expect(failing.lastGoodAt == good && failing.busyCount == 1)
            #expect(try await bench.times().count == 1)
            let told = try await bench.messages()
            #expect(told.count == 1)
            let day = TimeZoneName.utc.text(of: good)
            #expect(told.first?.contains("“Work” at calendar.localhost") == true && told.first?.contains(day) == true)
            #expect(told.first?.contains("secret.ics") == false)
            bench.answer(200, CalendarBench.text())
            try await bench.work()
            #expect(try await bench.calendar()?.state == .good)
            #expect(try await bench.messages().count == 1)
        }
    }

    @Test(
        "An address inside of the network is not asked, neither at once nor by a detour",
        arguments: [
            "https://10.0.0.1/a.ics", "https://intranet/a.ics",
            "http://a.localhost:8080/a.ics", nil,
        ])
    func inside(address: String?) async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await CalendarBench(home)
            bench.answer(302, fields: [("location", "http://10.0.0.1/a.ics")])
            try await bench.add(address)
            #expect(try await bench.work() == [.done])
            let calendar = try #require(try await bench.calendar())
            #expect(calendar.state == .failing && calendar.lastGoodAt == nil)
            #expect(calendar.problem != nil)
            #expect(bench.server.requests.count == (address == nil ? 1 : 0))
            #expect(try await bench.messages().first?.contains("never been read") == true)
        }
    }

    @Test(
        "A reader that breaks or hangs leaves everything as it was",
        arguments: ["kill -SEGV $$", "exit 1", "echo good 0; echo 1 2"])
    func breaks(script: String) async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await CalendarBench(home, reader: ["sh", "-c", script])
            bench.answer(200, CalendarBench.text((BookingTests.time(9), BookingTests.time(10))))
            try await bench.add()
            #expect(try await bench.work() == [.done])
            #expect(try await bench.calendar()?.problem == "The calendar is broken and cannot be read.")
            #expect(try await bench.times().isEmpty)
        }
    }

    @Test("While its owner takes no requests a calendar is not fetched, but when it is asked for")
    func pauses() async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await CalendarBench(home)
            bench.answer(200, CalendarBench.text())
            let profile = try #require(try await home.database.profile(of: bench.noor.actor.id)).with(
                isAccepting: false)
            try await home.database.transaction { try await $0.save(profile, of: bench.noor.actor.id) }
            let calendar = try await bench.add()
            try await bench.work()
            #expect(bench.server.requests.count == 1)
            try await bench.work()
            #expect(bench.server.requests.count == 1)
            guard case .tooSoon(let wait)? = try await bench.calendars.refresh(calendar.id, of: bench.noor, now: Date())
            else {
                Issue.record("was read a moment ago")
                return
            }
            #expect((0...60).contains(wait))
            let later = Date().addingTimeInterval(61)
            guard case .begun? = try await bench.calendars.refresh(calendar.id, of: bench.noor, now: later) else {
                Issue.record("may be read again")
                return
            }
            // The one that waited before is no longer right.
            #expect(try await bench.work().count == 2)
            #expect(bench.server.requests.count == 2)
            #expect(try await home.jobs(RefreshCalendar.kind).count == 1)
        }
    }

    @Test("A calendar that is gone is not asked for again, and one whose job was lost gets another")
    func ends() async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await CalendarBench(home)
            let calendar = try await bench.add()
            _ = try await home.database.execute("delete from jobs")
            try await RefreshCalendar.resume(on: home.database, now: Date())
            #expect(try await home.jobs(RefreshCalendar.kind).isEmpty)
            for _ in 0..<2 { try await RefreshCalendar.resume(on: home.database, now: Date().addingTimeInterval(7200)) }
            #expect(try await home.jobs(RefreshCalendar.kind).count == 1)
            #expect(try await bench.calendars.remove(calendar.id, of: bench.noor))
            #expect(try await bench.calendars.remove(calendar.id, of: bench.noor) == false)
            #expect(try await bench.work() == [.done])
            #expect(bench.server.requests.isEmpty)
            #expect(try await home.jobs(RefreshCalendar.kind).isEmpty)
        }
    }

    @Test("Five calendars, each once, and those of others are nobody's")
    func bounds() async throws {
        try await withCommunity(at: "http://a.localhost:8080") { home in
            let bench = try await CalendarBench(home)
            let first = try await bench.add()
            for number in 1..<OutsideCalendar.most { try await bench.add(bench.address("/\(number)")) }
            let draft = { (path: String) in CalendarDraft(name: "Another", address: bench.address(path)) }
            let sixth = try await bench.calendars.add(draft("/6"), of: bench.noor, now: Date())
            guard case .tooMany = sixth else {
                Issue.record("\(sixth)")
                return
            }
            let again = try await bench.calendars.add(draft("/secret.ics#again"), of: bench.noor, now: Date())
            guard case .known(let known) = again else {
                Issue.record("\(again)")
                return
            }
            #expect(known.id == first.id && known.name == "Work")
            #expect(try await bench.calendars.all(of: bench.noor).count == OutsideCalendar.most)
            let rui = try await home.person("rui")
            #expect(try await bench.calendars.all(of: rui).isEmpty)
            #expect(try await bench.calendars.remove(first.id, of: rui) == false)
            #expect(try await bench.calendars.refresh(first.id, of: rui, now: Date()) == nil)
            try await home.database.transaction { try await $0.eraseAccount(bench.noor.actor.id) }
            #expect(try await home.database.row("select count(*) as n from calendars")?.get("n") == 0)
        }
    }
}
