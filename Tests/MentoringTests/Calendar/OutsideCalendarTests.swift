import Foundation
import Testing
import Wire

@testable import Mentoring

struct OutsideCalendarTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let passing = CalendarFailure("The server cannot be reached.", isLasting: false)
    private static let lasting = CalendarFailure("No calendar.", isLasting: true)

    private func calendar() throws -> OutsideCalendar {
        OutsideCalendar(
            id: 1, owner: Sample.noor, name: "Work", address: try #require(URI("https://calendar.example/a.ics")),
            nextTryAt: Self.now, lastTriedAt: nil, lastGoodAt: nil, failures: 0, failure: nil, isTold: false,
            unreadable: 0, copy: nil, busyCount: 0)
    }

    private func copy(at time: Date = Self.now) -> OutsideCalendar.Copy {
        OutsideCalendar.Copy(etag: "\"1\"", modified: nil, digest: [1], zone: .utc, readAt: time)
    }

    private func minutes(_ calendar: OutsideCalendar) -> Double {
        calendar.nextTryAt.timeIntervalSince(Self.now) / 60
    }

    @Test("Half an hour lies between two tries, more or less, so that not all come at once")
    func paces() throws {
        let waiting = try calendar()
        #expect(waiting.state == .waiting && waiting.problem == nil)
        for (dice, pause) in [(0.0, 25.0), (0.5, 30), (0.999_999, 35)] {
            let good = waiting.read(copy(), unreadable: 0, dice: dice)
            #expect(good.state == .good && good.lastGoodAt == Self.now && good.problem == nil)
            #expect(minutes(good).rounded() == pause)
            #expect(minutes(good.unchanged(at: Self.now, dice: dice)).rounded() == pause)
            #expect(minutes(waiting.postponed(at: Self.now, dice: dice)).rounded() == pause)
        }
    }

    @Test("Failures are tried again more and more seldom, up to six hours, and the last good times stay")
    func backsOff() throws {
        var calendar = try calendar().read(copy(), unreadable: 0, dice: 0.5)
        var pauses: [Double] = []
        for _ in 0..<6 {
            calendar = calendar.failed(Self.passing, at: Self.now, dice: 0.5)
            pauses.append(minutes(calendar))
            #expect(calendar.state == .failing && calendar.problem == Self.passing.sentence)
            #expect(calendar.lastGoodAt == Self.now && calendar.copy == copy())
        }
        #expect(pauses == [30, 60, 120, 240, 360, 360])
        let asked = CalendarFailure("Not so often.", isLasting: false, wait: .seconds(7200))
        #expect(minutes(try self.calendar().failed(asked, at: Self.now, dice: 0.5)) == 120)
        for _ in 0..<100 { calendar = calendar.failed(Self.passing, at: Self.now, dice: 0.5) }
        #expect(minutes(calendar) == 360)
        #expect(calendar.unchanged(at: Self.now, dice: 0).state == .good)
    }

    @Test("The owner is told once: at once of what lasts, of what may pass after the third time in a row")
    func tells() throws {
        #expect(try calendar().failed(Self.lasting, at: Self.now, dice: 0).isToBeTold(of: Self.lasting))
        var calendar = try calendar()
        var told: [Bool] = []
        for _ in 0..<5 {
            calendar = calendar.failed(Self.passing, at: Self.now, dice: 0)
            told.append(calendar.isToBeTold(of: Self.passing))
            if told.last == true { calendar = calendar.told }
        }
        #expect(told == [false, false, true, false, false])
        #expect(!calendar.failed(Self.lasting, at: Self.now, dice: 0).isToBeTold(of: Self.lasting))
        let good = calendar.unchanged(at: Self.now, dice: 0)
        #expect(good.failed(Self.lasting, at: Self.now, dice: 0).isToBeTold(of: Self.lasting))
    }

    @Test("What could not be read of a good calendar is said, too")
    func unreadable() throws {
        #expect(try calendar().read(copy(), unreadable: 1, dice: 0).problem?.hasPrefix("One entry") == true)
        let many = try calendar().read(copy(), unreadable: 3, dice: 0)
        #expect(many.problem?.hasPrefix("3 entries") == true && many.state == .good)
    }

    @Test("A copy is understood anew after a day, and in another zone")
    func freshness() {
        let copy = copy()
        #expect(copy.isFresh(in: .utc, at: Self.now.addingTimeInterval(86_399)))
        #expect(!copy.isFresh(in: .utc, at: Self.now.addingTimeInterval(86_400)))
        #expect(TimeZoneName("Europe/Berlin").map { copy.isFresh(in: $0, at: Self.now) } == false)
    }
}
