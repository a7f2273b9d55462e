import Foundation
import Testing
import Wire

@testable import Mentoring

struct TimesQuestionDraftTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let catalogue = Catalogue([
        SessionType(
            name: "support", label: "Support", description: "", durations: [15, 45], pricing: .alwaysFree, position: 1,
            isOffered: true),
        SessionType(
            name: "art", label: "Art", description: "", durations: [30, 60], pricing: .alwaysFree, position: 2,
            isOffered: true),
        SessionType(
            name: "old", label: "Old", description: "", durations: [5], pricing: .alwaysFree, position: 0,
            isOffered: false),
    ])
    private static let offers = ["old", "art", "support"].map { MentorOffer(type: $0, rate: nil) }

    @Test func whoAsksNothingHearsOfTheFirstTypeAtItsShortestForAMonth() throws {
        let question = try TimesQuestionDraft().checked(offers: Self.offers, catalogue: Self.catalogue, now: Self.now)
        #expect((question.type, question.minutes) == ("art", 30))
        #expect(question.time == Self.now..<Self.now.addingTimeInterval(31 * 86_400))
    }

    @Test func timesNeedNoZoneAndDaysTakeOne() throws {
        let times = TimesQuestionDraft(
            type: "support", minutes: "45", from: "2027-03-01T00:00:00+01:00", to: "2027-06-09T01:00:00+02:00")
        let days = TimesQuestionDraft(
            type: "support", minutes: "45", zone: "Europe/Berlin", from: "2027-03-01", to: "2027-06-08")
        let asked = try [times, days].map { try $0.checked(offers: Self.offers, catalogue: Self.catalogue, now: Self.now) }
        #expect(asked[0].time.lowerBound == asked[1].time.lowerBound)
        #expect(asked[0].time.upperBound == asked[1].time.upperBound.addingTimeInterval(3600))
    }

    @Test(arguments: [
        (TimesQuestionDraft(type: "old"), ["type"]), (TimesQuestionDraft(type: "magic"), ["type"]),
        (TimesQuestionDraft(type: "art", minutes: "31"), ["minutes"]),
        (TimesQuestionDraft(minutes: "-9223372036854775809"), ["minutes"]),
        (TimesQuestionDraft(from: "2027-03-01"), ["from"]), (TimesQuestionDraft(to: ""), ["to"]),
        (TimesQuestionDraft(from: "2027-03-01T00:00:00Z", to: "2027-02-28T00:00:00Z"), ["to"]),
        (TimesQuestionDraft(from: "2027-03-01T00:00:00Z", to: "2027-06-09T03:00:01Z"), ["to"]),
        (TimesQuestionDraft(zone: "Mars/Olympus"), ["zone"]),
        (TimesQuestionDraft(zone: "UTC", from: "2027-03-01T00:00:00Z"), ["from"]),
        (TimesQuestionDraft(type: "magic", from: "soon"), ["type", "from"]),
    ])
    func whatIsWrongIsNamed(draft: TimesQuestionDraft, fields: [String]) {
        let error = #expect(throws: InvalidFields.self) {
            try draft.checked(offers: Self.offers, catalogue: Self.catalogue, now: Self.now)
        }
        #expect(error?.errors.map(\.field) == fields)
    }

    @Test func timesOfElsewhereStandOnTheDaysOfTheAskerOnceAndInOrder() throws {
        // Clocks in Havana go back from 01:00 to 00:00: an hour of the day comes twice.
        let question = try SlotQuestionDraft(
            type: "art", minutes: 30, zone: "America/Havana", from: "2027-11-06", to: "2027-11-08"
        ).checked(offers: nil, catalogue: Self.catalogue, now: Self.now)
        let given = [
            "2027-11-08T03:00:00Z", "2027-11-07T04:30:00Z", "2027-11-07T05:30:00Z", "2027-11-07T04:30:00Z",
            "2027-11-06T12:00:00Z", "2027-11-06T03:59:59Z", "2027-11-09T05:00:00Z",
        ].compactMap(DateTime.parse)
        let days = question.days(of: given, now: Self.now)
        #expect(days.map(\.day.description) == ["2027-11-06", "2027-11-07"])
        #expect(days.map(\.free.count) == [1, 3])
        #expect(question.days(of: given, now: given[0]).isEmpty)
    }
}
