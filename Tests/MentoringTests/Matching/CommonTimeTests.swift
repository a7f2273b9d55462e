import Foundation
import Testing
import Wire

@testable import Mentoring

/// Mika in Berlin, on Tuesday 1 September 2026 at 11:00.
struct CommonTimeTests {
    static func common(_ rules: [(Weekday, String, String)], zone: String? = "Europe/Berlin", taken: [TakenTime] = [])
        throws -> CommonTime
    {
        let hours = try rules.map { weekday, from, to in
            let (from, to) = (try #require(WallTime(from)), try #require(WallTime(to)))
            return WeeklyRule(weekday: weekday, hours: try #require(OpenHours(from: from, to: to)))
        }
        return CommonTime(
            Wishes(zone: zone.flatMap { TimeZoneName($0) }, hours: hours), taken: taken, now: Sample.asked)
    }

    private let starts = [
        "2026-09-01T15:00:00Z", "2026-09-01T16:30:00Z", "2026-09-02T15:00:00Z", "2026-09-03T02:00:00Z",
        "2026-09-08T15:00:00Z",
    ].map(Sample.date)

    private func common(_ common: CommonTime, minutes: Int = 60) -> [String] {
        common.common(starts, minutes: minutes).map(DateTime.format)
    }

    @Test("Of the mentor's times those are left at which the whole session lies in the mentee's hours")
    func own() throws {
        let tuesday = try Self.common([(.tuesday, "17:00", "19:00")])
        #expect(common(tuesday) == ["2026-09-01T15:00:00Z", "2026-09-08T15:00:00Z"])
        #expect(common(tuesday, minutes: 30).contains("2026-09-01T16:30:00Z"))
        #expect(common(tuesday, minutes: 121).isEmpty)
        #expect(tuesday.isByOwnHours)
    }

    @Test("Who has not said when is free by day; who has not said where, at any time")
    func unknown() throws {
        let byDay = try Self.common([])
        #expect(common(byDay).count == 4 && !byDay.isByOwnHours)
        #expect(try common(Self.common([], zone: nil)).count == 5)
        #expect(common(byDay, minutes: 200).count == 3)
    }

    @Test("What the mentee has to do already is not free, however much of it overlaps")
    func taken() throws {
        let taken = [
            SlotSearchTests.taken("2026-09-01T10:00:00Z", minutes: 330),
            SlotSearchTests.taken("2026-09-01T11:00:00Z", minutes: 30),
            SlotSearchTests.taken("2026-09-02T16:00:00Z", minutes: 30),
            SlotSearchTests.taken("2026-09-08T14:00:00Z", minutes: 61),
        ]
        #expect(try common(Self.common([], zone: nil, taken: taken))
            == ["2026-09-01T16:30:00Z", "2026-09-02T15:00:00Z", "2026-09-03T02:00:00Z"])
    }

    @Test("Days and their parts are those of the mentee", arguments: [
        ("2026-09-01T15:00:00Z", "Tuesday evening"), ("2026-09-01T22:30:00Z", "Wednesday night"),
        ("2026-09-02T04:00:00Z", "Wednesday morning"), ("2026-09-02T10:00:00Z", "Wednesday afternoon"),
    ])
    func parts(time: String, words: String) throws {
        #expect(try Self.common([]).part(of: Sample.date(time)) == words)
    }

    @Test("Of many times the first of three days are told")
    func told() throws {
        let times = (0..<200).map { Sample.asked.addingTimeInterval(Double($0) * 3600) }
        #expect(try Self.common([]).told(times).map(DateTime.format)
            == ["2026-09-01T09:00:00Z", "2026-09-01T22:00:00Z", "2026-09-02T22:00:00Z"])
    }
}
