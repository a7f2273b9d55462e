import CorpusTesting
import Foundation
import Testing
import Wire

@testable import Mentoring

struct IndependentSeriesTests {
    private struct Case: Decodable {
        let frequency: String
        let zone: String
        let start: Int
        let count: Int
        let until: String?
        let dates: [Int]
    }

    @Test("The dates of series over twenty years of clock changes are those of dateutil and zoneinfo")
    func agrees() throws {
        let cases: [Case] = try IndependentCases.printed(by: "series_cases.py")
        try #require(cases.count > 300)
        #expect(Set(cases.map(\.zone)).count > 20)
        var shifts = 0
        for given in cases {
            let rule = SeriesRule(
                try #require(Frequency(rawValue: given.frequency)), from: date(given.start),
                in: try #require(TimeZoneName(given.zone)))
            let last = given.until.flatMap { CalendarDay($0) }
            let found = rule.starts(count: last == nil ? given.count : 60, until: last)
            #expect(found == given.dates.map(date), "\(given), zones of \(TimeZone.timeZoneDataVersion)")
            shifts += zip(given.dates, given.dates.dropFirst()).contains { ($1 - $0) % 86_400 != 0 } ? 1 : 0
        }
        // Most of them do meet a change of clocks.
        #expect(shifts > 200)
    }
}
