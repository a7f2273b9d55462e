import Foundation
import Testing
import Wire

@testable import Mentoring

@Suite struct SlotTests {
    @Test(
        "lasts 1 to 480 minutes",
        arguments: [(0, false), (1, true), (480, true), (481, false), (-1, false), (.max, false)])
    func bounds(minutes: Int, isSlot: Bool) {
        #expect((Slot(start: Sample.asked, minutes: minutes, zone: .utc) != nil) == isSlot)
    }

    @Test(
        "starts in a year that can be written",
        arguments: [
            -62_135_769_600, -1, 253_402_300_800, 1e300, .infinity, -.infinity, .nan,
        ] as [TimeInterval])
    func refusesStart(seconds: TimeInterval) {
        let start = Date(timeIntervalSince1970: seconds)
        #expect(Slot(start: start, minutes: 30, zone: .utc) == nil)
        #expect(Slot(start: start, end: start.addingTimeInterval(60), zone: .utc) == nil)
    }

    @Test("two ends make whole minutes, rounded up", arguments: [(2700.0, 45), (2701, 46), (1, 1), (28_800, 480)])
    func readsEnds(seconds: Double, minutes: Int) {
        let slot = Slot(start: Sample.asked, end: Sample.asked.addingTimeInterval(seconds), zone: .utc)
        #expect(slot?.minutes == minutes)
    }

    @Test("survives a clock change: it is a length of time, not of a wall clock") func spansClockChange() throws {
        let zone = try #require(TimeZoneName("Europe/Berlin"))
        let slot = try #require(Slot(start: Sample.date("2026-10-25T00:30:00Z"), minutes: 60, zone: zone))
        #expect(slot.end == Sample.date("2026-10-25T01:30:00Z"))
    }

    @Test("neighbours do not overlap") func overlaps() {
        let one = Sample.slot("2026-09-08T16:00:00Z")
        #expect(one.overlaps(Sample.slot("2026-09-08T16:44:00Z")))
        #expect(!one.overlaps(Sample.slot("2026-09-08T16:45:00Z")))
        #expect(!one.overlaps(Sample.slot("2026-09-08T15:15:00Z")))
        #expect(one.overlaps(one))
    }

    @Test("a reason of a person has words, at most 1000 characters; one from afar is made to fit") func reasons() throws
    {
        #expect(fields { try Reason(writing: " \n") } == ["reason"])
        #expect(fields { try Reason(writing: String(repeating: "r", count: 1001)) } == ["reason"])
        #expect(try Reason(writing: " Ill. ", code: .illness).text == "Ill.")
        let heard = Reason(heard: String(repeating: "r", count: 5000) + "\u{0}", code: "aliens")
        #expect(heard.text?.count == 1000)
        #expect(heard.code == .other)
        #expect(Reason(heard: "\u{7}", code: nil) == Reason(.unspecified))
    }

    @Test("an outcome is a no-show when somebody was missing") func outcomes() {
        #expect(Outcome(menteeAttended: true, mentorAttended: true, minutes: 45)?.status == .completed)
        #expect(Outcome(menteeAttended: false, mentorAttended: true)?.status == .noShow)
        #expect(Outcome(menteeAttended: true, mentorAttended: true, minutes: -1) == nil)
        #expect(Outcome(menteeAttended: true, mentorAttended: true, minutes: .max) == nil)
    }

    @Test(
        "every status has one name in the API and one on the wire",
        arguments: zip(
            SessionStatus.allCases,
            [
                "pending requested", "scheduled confirmed", "declined declined", "cancelled cancelled",
                "expired expired",
                "completed completed", "no_show noShow",
            ]))
    func statusNames(status: SessionStatus, names: String) {
        #expect("\(status.rawValue) \(status.wireName)" == names)
        #expect(SessionStatus(wireName: status.wireName) == status)
        #expect(SessionStatus(wireName: "Requested") == nil)
    }
}
