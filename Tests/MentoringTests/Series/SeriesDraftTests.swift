import Foundation
import Testing
import Wire

@testable import Mentoring

/// Series of Mika's, from Tuesday 8 September 2026, 18:00 in Berlin on.
struct SeriesDraftTests {
    private static func check(
        _ draft: SeriesDraft, start: String = "2026-09-08T16:00:00Z", minutes: Int = 60
    ) throws(InvalidFields) -> SeriesPlan {
        let question = SeriesQuestion(
            type: "artistic", start: Sample.date(start), minutes: minutes, zone: "Europe/Berlin", series: draft)
        return try question.checked(
            by: Sample.mika, of: MentorTerms(mentor: Sample.noor, acquaintance: .stranger), catalogue: Sample.catalogue,
            now: Sample.asked
        ).1
    }

    private static func fields(_ draft: SeriesDraft, start: String = "2026-09-08T16:00:00Z", minutes: Int = 60) -> [String] {
        do {
            _ = try check(draft, start: start, minutes: minutes)
            return []
        } catch {
            return error.errors.map(\.field)
        }
    }

    struct Flaw: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fields: [String]
        let draft: SeriesDraft

        init(_ description: String, _ fields: String..., draft: SeriesDraft) {
            testDescription = description
            self.fields = fields
            self.draft = draft
        }
    }

    static func weekly(_ count: Int? = 5, until: String? = nil, _ choices: SeriesDraft.Choice...) -> SeriesDraft {
        SeriesDraft(frequency: "weekly", count: count, until: until, choices: choices)
    }

    static let flaws = [
        Flaw("a series that never ends", "repeat.count", draft: weekly(nil)),
        Flaw("no date", "repeat.count", draft: weekly(0)),
        Flaw("fewer than none", "repeat.count", draft: weekly(-1)),
        Flaw("one date alone", "repeat.count", draft: weekly(1)),
        Flaw("too many dates", "repeat.count", draft: weekly(53)),
        Flaw("more dates than can be counted", "repeat.count", draft: weekly(.max)),
        Flaw("too many until the last day", "repeat.until", draft: weekly(nil, until: "2027-12-31")),
        Flaw("a last day before the first", "repeat.until", draft: weekly(nil, until: "2026-09-07")),
        Flaw("a last day that is the first", "repeat.until", draft: weekly(nil, until: "2026-09-08")),
        Flaw("a day that is none", "repeat.until", draft: weekly(nil, until: "2026-02-30")),
        Flaw("two ends", "repeat.until", draft: weekly(5, until: "2026-12-01")),
        Flaw("more than two years", "repeat.count", draft: SeriesDraft(frequency: "monthly", count: 30)),
        Flaw("no rhythm", "repeat.frequency", draft: SeriesDraft(frequency: "daily", count: 5)),
        Flaw(
            "no rhythm and no end", "repeat.frequency", "repeat.count", draft: SeriesDraft(frequency: "", count: nil)),
        Flaw("a choice for no date", "repeat.choices[0].position", draft: weekly(5, .init(position: 6, isSkipped: true))),
        Flaw("a choice for the smallest", "repeat.choices[0].position", draft: weekly(5, .init(position: .min))),
        Flaw("nothing chosen", "repeat.choices[0].skip", draft: weekly(5, .init(position: 1))),
        Flaw(
            "skipped and changed", "repeat.choices[0].skip",
            draft: weekly(5, .init(position: 1, isSkipped: true, minutes: 30))),
        Flaw(
            "chosen twice", "repeat.choices[1].position",
            draft: weekly(5, .init(position: 1, isSkipped: true), .init(position: 1, minutes: 30))),
        Flaw("a length that is none", "repeat.choices[0].minutes", draft: weekly(5, .init(position: 1, minutes: 31))),
        Flaw(
            "moved into the past", "repeat.choices[0].start",
            draft: weekly(5, .init(position: 2, start: Sample.date("2026-08-01T16:00:00Z")))),
        Flaw(
            "moved over the next date", "repeat.choices[0].start",
            draft: weekly(5, .init(position: 2, start: Sample.date("2026-09-22T16:30:00Z")))),
        Flaw(
            "all but one left out", "repeat.choices",
            draft: weekly(2, .init(position: 1, isSkipped: true))),
    ]

    @Test("What cannot be a series is named", arguments: flaws)
    func refuses(_ flaw: Flaw) {
        #expect(Self.fields(flaw.draft) == flaw.fields)
    }

    @Test("What is wrong with the first date is told as for a session, and of the series what can be told without it")
    func firstDate() {
        #expect(Self.fields(Self.weekly(), start: "2026-08-01T16:00:00Z") == ["start"])
        #expect(Self.fields(Self.weekly(), minutes: 31) == ["minutes"])
        #expect(Self.fields(Self.weekly(0), start: "2026-08-01T16:00:00Z", minutes: 31) == ["start", "minutes", "repeat.count"])
    }

    @Test("Choices leave dates out, move and shorten them")
    func choices() throws {
        let moved = Sample.date("2026-09-23T08:00:00Z")
        let plan = try Self.check(
            Self.weekly(
                5, .init(position: 2, isSkipped: true), .init(position: 3, start: moved), .init(position: 4, minutes: 30)))
        #expect(plan.dates.map(\.position) == [1, 2, 3, 4, 5])
        #expect(plan.slots.map { DateTime.format($0.start) } == [
            "2026-09-08T16:00:00Z", "2026-09-23T08:00:00Z", "2026-09-29T16:00:00Z", "2026-10-06T16:00:00Z",
        ])
        #expect(plan.slots.map(\.minutes) == [60, 60, 30, 60])
        #expect(plan.dates[1].wanted == nil)
    }

    @Test("Fifty-two dates are a series, and so are two years of months")
    func longest() throws {
        let year = try Self.check(Self.weekly(52))
        #expect(year.slots.count == 52)
        let months = try Self.check(SeriesDraft(frequency: "monthly", until: "2028-08-31"))
        #expect(months.slots.count == 24)
    }
}
