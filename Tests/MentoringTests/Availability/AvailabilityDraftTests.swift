import Foundation
import Testing
import Wire

@testable import Mentoring

struct AvailabilityDraftTests {
    static let good: AvailabilityDraft = {
        var draft = AvailabilityDraft(zone: "Europe/Berlin")
        draft.rules = [
            .init(weekday: "monday", hours: .init(from: "09:00", to: "12:00")),
            .init(weekday: "monday", hours: .init(from: "12:00", to: "13:30")),
            .init(weekday: "sunday", hours: .init(from: "00:00", to: "24:00")),
        ]
        draft.exceptions = [
            .init(date: "2026-12-24"), .init(date: "2026-10-04", hours: [.init(from: "10:00", to: "11:00")]),
        ]
        draft.travels = [.init(days: .init(from: "2026-09-05", to: "2026-09-08"), zone: "America/New_York")]
        draft.absences = [
            .init(days: .init(from: "2026-12-20", to: "2026-12-31"), standIn: "@Omar@b.example", note: " Skiing\r\n"),
            .init(days: .init(from: "2026-07-01", to: "2026-07-01"), returns: "2026-07-03"),
        ]
        draft.blocked = [BlockedTime(start: Sample.asked, end: Sample.waiting, reason: "Exam")]
        draft.limits = [.init(type: "artistic"), .init(type: "retired")]
        draft.caps = BookingCaps(aDay: 2, aWeek: 5, hoursAMonth: 10)
        draft.holding = HoldingDraft(requests: "first", hours: 6)
        return draft
    }()

    @Test("A good draft is taken, its days in order")
    func takes() throws {
        let availability = try Self.good.checked(catalogue: Sample.catalogue)
        #expect(availability.rules.map(\.hours.description) == ["09:00-12:00", "12:00-13:30", "00:00-24:00"])
        #expect(availability.exceptions.map(\.day.description) == ["2026-10-04", "2026-12-24"])
        #expect(availability.absences.map(\.returns.description) == ["2026-07-03", "2027-01-01"])
        #expect(availability.absences.last?.standIn == Handle(name: "omar", domain: "b.example"))
        #expect(availability.absences.last?.note == "Skiing")
        #expect(availability.holding == .first(hours: 6))
        #expect(availability.limits(of: "artistic") == .standard)
        #expect(availability.limits(of: "never heard of") == .standard)
    }

    struct Flaw: Sendable {
        let fields: [String]
        let spoil: @Sendable (inout AvailabilityDraft) -> Void

        init(_ fields: String..., spoil: @escaping @Sendable (inout AvailabilityDraft) -> Void) {
            self.fields = fields
            self.spoil = spoil
        }
    }

    static let flaws = [
        Flaw("zone") { $0.zone = "Mars/Olympus" },
        Flaw("zone") { $0.zone = "+02:00" },
        Flaw("rules[0].weekday") { $0.rules[0].weekday = "Monday" },
        Flaw("rules[0].from") { $0.rules[0].hours.from = "9:00" },
        Flaw("rules[0].to") { $0.rules[0].hours.to = "24:01" },
        Flaw("rules[0].to") { $0.rules[0].hours.to = "12:60" },
        Flaw("rules[0].to") { $0.rules[0].hours.to = "09:00" },
        Flaw("rules[0].from", "rules[0].to") { $0.rules[0].hours = .init(from: "", to: "noon") },
        Flaw("rules[0].to") { $0.rules[0].hours = .init(from: "22:00", to: "02:00") },
        Flaw("rules[1]") { $0.rules[1].hours.from = "11:59" },
        Flaw("rules[1]") { $0.rules[0].hours.to = "12:01" },
        Flaw("rules[3]") { $0.rules.append(.init(weekday: "sunday", hours: .init(from: "10:00", to: "11:00"))) },
        Flaw("rules") { $0.rules = Array(repeating: $0.rules[0], count: 101) },
        Flaw("exceptions[1].date") { $0.exceptions[1].date = "2026-02-29" },
        Flaw("exceptions[1].date") { $0.exceptions[1].date = "2026-12-24" },
        Flaw("exceptions[1].date") { $0.exceptions[1].date = "2200-01-01" },
        Flaw("exceptions[1].hours[0].to") { $0.exceptions[1].hours[0].to = "09:00" },
        Flaw("exceptions[1].hours[1]") { $0.exceptions[1].hours.append(.init(from: "10:59", to: "12:00")) },
        Flaw("exceptions[1].hours") { $0.exceptions[1].hours = Array(repeating: .init(from: "1", to: "2"), count: 13) },
        Flaw("exceptions") { $0.exceptions = Array(repeating: .init(date: "2026-12-24"), count: 10_000) },
        Flaw("travels[0].zone") { $0.travels[0].zone = "CET5" },
        Flaw("travels[0].to") { $0.travels[0].days.to = "2026-09-04" },
        Flaw("travels[0].from") { $0.travels[0].days.from = "yesterday" },
        Flaw("travels[1]") { $0.travels.append(.init(days: .init(from: "2026-09-08", to: "2026-09-09"), zone: "UTC")) },
        Flaw("absences[0].to") { $0.absences[0].days.to = "2026-12-19" },
        Flaw("absences[1].returns") { $0.absences[1].returns = "2026-07-01" },
        Flaw("absences[1].returns") { $0.absences[1].returns = "soon" },
        Flaw("absences[0].stand_in") { $0.absences[0].standIn = "Omar" },
        Flaw("absences[0].note") { $0.absences[0].note = String(repeating: "n", count: 501) },
        Flaw("absences[1]") {
            $0.absences[1].days = .init(from: "2026-12-31", to: "2027-01-02")
            $0.absences[1].returns = nil
        },
        Flaw("absences") { $0.absences = Array(repeating: $0.absences[0], count: 51) },
        Flaw("blocked[0].end") { $0.blocked = [BlockedTime(start: Sample.waiting, end: Sample.asked)] },
        Flaw("blocked[0].end") { $0.blocked = [BlockedTime(start: Sample.asked, end: Sample.asked)] },
        Flaw("blocked[0].reason") {
            $0.blocked = [BlockedTime(start: Sample.asked, end: Sample.waiting, reason: "a\u{0}b")]
        },
        Flaw("limits[0].type") { $0.limits[0].type = "unheard_of" },
        Flaw("limits[1].type") { $0.limits[1].type = "artistic" },
        Flaw("limits[0].notice", "limits[0].grid") { ($0.limits[0].notice, $0.limits[0].grid) = (-1, 0) },
        Flaw("limits[0].furthest_days") { $0.limits[0].furthestDays = 731 },
        Flaw("limits[0].buffer_before", "limits[0].buffer_after") {
            ($0.limits[0].bufferBefore, $0.limits[0].bufferAfter) = (.max, .min)
        },
        Flaw("limits[0].most_a_day") { $0.limits[0].mostADay = 0 },
        Flaw("caps.a_day", "caps.a_week", "caps.hours_a_month") {
            $0.caps = BookingCaps(aDay: 0, aWeek: -1, hoursAMonth: .max)
        },
    ]

    @Test("names every field that is wrong", arguments: flaws.indices) func refuses(index: Int) {
        var draft = Self.good
        Self.flaws[index].spoil(&draft)
        #expect(fields { try draft.checked(catalogue: Sample.catalogue) } == Self.flaws[index].fields)
    }

    @Test("rules that overlap are named both") func namesBoth() {
        var draft = Self.good
        draft.rules[1].hours.from = "11:30"
        #expect(
            advice { try draft.checked(catalogue: Sample.catalogue) }
                == "monday 11:30-13:30 overlaps monday 09:00-12:00, which is rules[0].")
    }

    static let question = SlotQuestionDraft(
        type: "artistic", minutes: 45, zone: "Asia/Tokyo", from: "2026-09-07", to: "2026-09-08")

    @Test("A question is about whole days of the asker")
    func asks() throws {
        let offers = [MentorOffer(type: "artistic", rate: nil)]
        let question = try Self.question.checked(offers: offers, catalogue: Sample.catalogue, now: Sample.asked)
        #expect(question.time == Sample.date("2026-09-06T15:00:00Z")..<Sample.date("2026-09-08T15:00:00Z"))
        var open = Self.question
        (open.from, open.to) = (nil, nil)
        let month = try open.checked(
            offers: offers, catalogue: Sample.catalogue, now: Sample.date("2026-09-01T15:00:00Z"))
        #expect(month.time == Sample.date("2026-09-01T15:00:00Z")..<Sample.date("2026-10-02T15:00:00Z"))
    }

    struct QuestionFlaw: Sendable {
        let fields: [String]
        let spoil: @Sendable (inout SlotQuestionDraft) -> Void

        init(_ fields: String..., spoil: @escaping @Sendable (inout SlotQuestionDraft) -> Void) {
            self.fields = fields
            self.spoil = spoil
        }
    }

    static let questionFlaws = [
        QuestionFlaw("type") { $0.type = "unheard_of" },
        QuestionFlaw("type") {
            $0.type = "panamia_planning"
            $0.minutes = 30
        },
        QuestionFlaw("type") { $0.type = "retired" }, QuestionFlaw("minutes") { $0.minutes = 44 },
        QuestionFlaw("zone") { $0.zone = "" }, QuestionFlaw("from") { $0.from = "2026-9-7" },
        QuestionFlaw("to") { $0.to = "tomorrow" }, QuestionFlaw("to") { $0.to = "2026-09-06" },
        QuestionFlaw("to") { $0.to = "2026-12-16" }, QuestionFlaw("to") { $0.to = "2199-12-31" },
        QuestionFlaw("from") { $0.from = "9999-12-31" },
        QuestionFlaw("type", "minutes", "zone", "to") {
            $0 = SlotQuestionDraft(type: "panamia_planning", minutes: 0, zone: "x", to: "")
        },
    ]

    @Test("A question names every field that is wrong", arguments: questionFlaws.indices) func refusesQuestion(
        index: Int
    ) {
        var draft = Self.question
        Self.questionFlaws[index].spoil(&draft)
        let wrong = fields {
            try draft.checked(
                offers: [MentorOffer(type: "artistic", rate: nil)], catalogue: Sample.catalogue, now: Sample.asked)
        }
        #expect(wrong == Self.questionFlaws[index].fields)
    }
}
