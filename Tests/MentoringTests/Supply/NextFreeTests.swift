import Foundation
import Testing
import Wire

@testable import Mentoring

/// Noor in Berlin, open on Mondays from 09:00 to 12:00; asked on Tuesday 1 September 2026 about Monday the 7th, 9:00 of
/// which is 07:00 in UTC.
struct NextFreeTests {
    static func next(
        _ lengths: [String: Int] = ["artistic": 30], taken: [TakenTime] = [], now: Date = Sample.asked,
        change: (inout AvailabilityDraft) -> Void = { _ in }
    ) throws -> (start: String, lapsesAt: String)? {
        let availability = try SlotSearchTests.availability(change: change)
        return NextFree(availability, lengths: lengths, taken: taken, now: now).map {
            (DateTime.format($0.start), DateTime.format($0.lapsesAt))
        }
    }

    @Test("The first free time, until it is too near to be asked for")
    func first() throws {
        let next = try #require(try Self.next())
        #expect(next == ("2026-09-07T07:00:00Z", "2026-09-06T19:00:00Z"))
    }

    @Test("At the moment of its lapse it is still there, a second later the next one is")
    func lapses() throws {
        let last = Sample.date("2026-09-06T19:00:00Z")
        #expect(try Self.next(now: last)?.start == "2026-09-07T07:00:00Z")
        #expect(try Self.next(now: last.addingTimeInterval(1))?.start == "2026-09-07T07:30:00Z")
    }

    @Test("What is taken is passed over, also where that means looking further ahead")
    func passesOver() throws {
        let monday = SlotSearchTests.taken("2026-09-07T07:00:00Z", minutes: 180)
        #expect(try Self.next(taken: [monday])?.start == "2026-09-14T07:00:00Z")
        let month = SlotSearchTests.taken("2026-09-07T00:00:00Z", minutes: 35 * 1440)
        #expect(try Self.next(taken: [month])?.start == "2026-10-12T07:00:00Z")
    }

    @Test("Of several types the one with the first time, and of the same time the one that can be asked for longest")
    func severalTypes() throws {
        let lengths = ["artistic": 30, "panamia_planning": 30]
        let longNotice = try Self.next(lengths) { $0.limits = [SlotSearchTests.limits { $0.notice = 8 * 1440 }] }
        #expect(longNotice?.start == "2026-09-07T07:00:00Z")
        let twoDays = try Self.next(lengths) { $0.limits = [SlotSearchTests.limits { $0.notice = 2 * 1440 }] }
        #expect(twoDays?.lapsesAt == "2026-09-06T19:00:00Z")
    }

    @Test("Who has no hours within reach, or gives nothing, is free at no time")
    func none() throws {
        #expect(try Self.next([:]) == nil)
        #expect(try Self.next { $0.limits = [SlotSearchTests.limits { $0.furthestDays = 3 }] } == nil)
        #expect(try Self.next(["artistic": 240]) == nil)
        #expect(try Self.next { $0.absences = [.init(days: .init(from: "2026-09-01", to: "2026-12-31"))] } == nil)
    }

    @Test("The shortest session of each type that the community offers")
    func shortest() {
        let offers = ["artistic", "retired", "unknown"].map { MentorOffer(type: $0, rate: nil) }
        #expect(offers.shortestLengths(in: Sample.catalogue) == ["artistic": 30])
    }
}
