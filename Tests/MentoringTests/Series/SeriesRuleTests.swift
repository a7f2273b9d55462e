import Foundation
import Testing
import Wire

@testable import Mentoring

struct SeriesRuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let frequency: Frequency
        let first: String
        let zone: String
        let expected: [String]
    }

    static let cases = [
        Case(
            testDescription: "a week later at the same time", frequency: .weekly, first: "2026-09-08T16:00:00Z",
            zone: "Europe/Berlin", expected: ["2026-09-08T16:00:00Z", "2026-09-15T16:00:00Z", "2026-09-22T16:00:00Z"]),
        Case(
            testDescription: "an hour later in UTC once summer is over", frequency: .everyTwoWeeks,
            first: "2026-10-13T16:00:00Z", zone: "Europe/Berlin",
            expected: ["2026-10-13T16:00:00Z", "2026-10-27T17:00:00Z", "2026-11-10T17:00:00Z"]),
        Case(
            testDescription: "a time that is skipped comes as much later", frequency: .weekly,
            first: "2026-03-22T01:30:00Z", zone: "Europe/Berlin",
            expected: ["2026-03-22T01:30:00Z", "2026-03-29T01:30:00Z", "2026-04-05T00:30:00Z"]),
        Case(
            testDescription: "of a time that comes twice the first", frequency: .weekly,
            first: "2026-10-18T00:30:00Z", zone: "Europe/Berlin",
            expected: ["2026-10-18T00:30:00Z", "2026-10-25T00:30:00Z", "2026-11-01T01:30:00Z"]),
        Case(
            testDescription: "the second Tuesday of every month", frequency: .monthly, first: "2026-09-08T16:00:00Z",
            zone: "UTC",
            expected: ["2026-09-08T16:00:00Z", "2026-10-13T16:00:00Z", "2026-11-10T16:00:00Z", "2026-12-08T16:00:00Z"]),
        Case(
            testDescription: "from the fifth week on the last of every month", frequency: .monthly,
            first: "2026-09-29T16:00:00Z", zone: "UTC",
            expected: ["2026-09-29T16:00:00Z", "2026-10-27T16:00:00Z", "2026-11-24T16:00:00Z", "2026-12-29T16:00:00Z"]),
        Case(
            testDescription: "parts of a second stay", frequency: .weekly, first: "2026-09-08T16:00:00.250Z", zone: "UTC",
            expected: ["2026-09-08T16:00:00.250Z", "2026-09-15T16:00:00.250Z"]),
    ]

    @Test("A series goes by the wall clock", arguments: cases)
    func dates(_ given: Case) throws {
        let rule = SeriesRule(
            given.frequency, from: Sample.date(given.first), in: try #require(TimeZoneName(given.zone)))
        #expect(rule.starts(count: given.expected.count).map(DateTime.format) == given.expected)
    }

    @Test("The last day is one of the series, and the first date always is")
    func lastDay() {
        let rule = SeriesRule(.weekly, from: Sample.date("2026-09-08T16:00:00Z"), in: .utc)
        #expect(rule.starts(count: 52, until: CalendarDay("2026-09-22")).count == 3)
        #expect(rule.starts(count: 52, until: CalendarDay("2026-09-21")).count == 2)
        #expect(rule.starts(count: 52, until: CalendarDay("2026-01-01")).count == 1)
    }

    @Test("What moves goes by as much on the wall clock, whatever lies between")
    func shifts() throws {
        let berlin = try #require(TimeZoneName("Europe/Berlin"))
        let (summer, winter) = (Sample.date("2026-10-20T16:00:00Z"), Sample.date("2026-10-27T17:00:00Z"))
        let wall = WallShift(berlin, for: [summer, winter])
        #expect(wall.difference(from: summer, to: winter) == 7 * 86_400)
        #expect(wall.moved(summer, by: 7 * 86_400) == winter)
        #expect(wall.moved(winter, by: -7 * 86_400) == summer)
        #expect(wall.moved(winter, by: 0) == winter)
    }
}
