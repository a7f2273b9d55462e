import Foundation
import Testing
import Wire

@testable import Mentoring

/// Noor in Berlin, open on Mondays from 09:00 to 12:00.
struct SeriesSearchTests {
    private static func findings(
        _ count: Int = 3, choices: [SeriesDraft.Choice] = [], taken: [TakenTime] = [],
        change: (inout AvailabilityDraft) -> Void = { _ in }
    ) throws -> [SeriesFinding] {
        let question = SeriesQuestion(
            type: "artistic", start: Sample.date("2026-09-07T07:00:00Z"), minutes: 60, zone: "Europe/Berlin",
            series: SeriesDraft(frequency: "weekly", count: count, choices: choices))
        let (type, plan) = try question.checked(
            by: Sample.mika, of: MentorTerms(mentor: Sample.noor, acquaintance: .stranger), catalogue: Sample.catalogue,
            now: Sample.asked)
        let search = SlotSearchTests.search(taken: taken, of: try SlotSearchTests.availability(change: change))
        return SeriesSearch(search, durations: type.durations).findings(for: plan)
    }

    @Test("Hours of the wall clock are free over a change of clocks, and however far ahead")
    func free() throws {
        #expect(try Self.findings(52).allSatisfy { $0.verdict == .free })
    }

    @Test("A date that is taken comes with other times of its day and shorter lengths")
    func taken() throws {
        let found = try Self.findings(taken: [SlotSearchTests.taken("2026-09-14T07:45:00Z", minutes: 30)]) {
            $0.limits = [SlotSearchTests.limits()]
        }
        #expect(found.map(\.isNotFree) == [false, true, false])
        #expect(found[1].verdict == .notFree(.taken(.session)))
        #expect(found[1].shorter == [45, 30])
        #expect(found[1].sameDay.map(DateTime.format) == ["2026-09-14T08:30:00Z", "2026-09-14T09:00:00Z"])
        #expect(found[1].sameWeek.isEmpty)
    }

    @Test("Of two dates that together are one too many the later is in the way")
    func caps() throws {
        let found = try Self.findings(3) { $0.caps = BookingCaps(hoursAMonth: 2) }
        #expect(found.map(\.verdict) == [.free, .free, .notFree(.hoursAMonth(2))])
    }

    @Test("What is left out takes no time")
    func leftOut() throws {
        let found = try Self.findings(3, choices: [.init(position: 1, isSkipped: true)]) {
            $0.caps = BookingCaps(hoursAMonth: 2)
        }
        #expect(found.map(\.verdict) == [.leftOut, .free, .free])
    }

    @Test("What another community tells is free, what it leaves out is not, and beyond its last time nothing is known")
    func elsewhere() throws {
        let plan = SeriesPlan(
            frequency: .weekly,
            dates: try (1...4).map { position in
                let start = Sample.date("2026-09-07T07:00:00Z") + Double(position - 1) * 7 * 86_400
                let slot = try #require(Slot(start: start, minutes: 60, zone: .utc))
                return PlannedDate(position: position, planned: slot, wanted: position == 3 ? nil : slot)
            })
        let hour = [Sample.date("2026-09-07T07:00:00Z"), Sample.date("2026-09-14T09:00:00Z"), Sample.date("2026-09-16T09:00:00Z")]
        let found = SeriesTimes([60: hour, 30: [Sample.date("2026-09-14T07:00:00Z")]]).findings(for: plan)
        #expect(found.map(\.verdict) == [.free, .notFree(nil), .leftOut, .unknown])
        #expect(found[1].sameDay == [hour[1]] && found[1].sameWeek == [hour[2]] && found[1].shorter == [30])
        #expect(SeriesTimes([:]).findings(for: plan).map(\.verdict) == [.unknown, .unknown, .leftOut, .unknown])
    }
}
