import Foundation
import Testing
import Wire

@testable import Mentoring

struct NoShowTests {
    static let later = SessionTimes.outcomeSilence

    static func session(_ mentee: Outcome?, _ mentor: Outcome?, disputedBy role: Role?, _ status: SessionStatus) -> Session {
        func report(_ outcome: Outcome?) -> OutcomeReport? {
            outcome.map { OutcomeReport(outcome: $0, at: Sample.begun, activity: Sample.activity("report")) }
        }
        let dispute = Dispute(
            reason: Reason(heard: "I waited.", code: "disputed"), at: Sample.begun, activity: Sample.activity("no"))
        return Session(
            id: UUID(), uri: Sample.uri("https://a.example/sessions/1"),
            invite: Sample.uri("https://a.example/activities/1"), mentee: Sample.mika, mentor: Sample.noor,
            custody: .here, kind: SessionKind(name: "artistic", label: "Art", pricing: .alwaysFree), topic: "Portfolio",
            message: "", requestedAt: Sample.asked, slot: Sample.slot,
            place: Place(medium: .online, detail: nil, link: nil), rate: nil, revision: 0, revisedAt: Sample.asked,
            status: status, answerBy: Sample.slot.start, menteeReport: report(mentee), mentorReport: report(mentor),
            menteeDispute: role == .mentee ? dispute : nil, mentorDispute: role == .mentor ? dispute : nil,
            updatedAt: Sample.begun)
    }

    static let both = Outcome.completed
    static let noMentee = Outcome(menteeAttended: false, mentorAttended: true)
    static let noMentor = Outcome(menteeAttended: true, mentorAttended: false)
    static let nobody = Outcome(menteeAttended: false, mentorAttended: false)

    struct Case: Sendable {
        let mentee: Outcome?
        let mentor: Outcome?
        var disputedBy: Role?
        var status = SessionStatus.noShow
        /// Who was missing, how that stands, and after how many seconds it counts.
        let found: [(Role, NoShow.State, Double?)]
    }

    @Test("Who was missing follows from what both have said", arguments: [
        Case(mentee: nil, mentor: nil, found: []), Case(mentee: both, mentor: both, status: .completed, found: []),
        Case(mentee: noMentor, mentor: nil, found: [(.mentor, .claimed, later)]),
        Case(mentee: noMentor, mentor: nil, disputedBy: .mentor, found: [(.mentor, .disputed, nil)]),
        Case(
            mentee: nil, mentor: noMentee, disputedBy: .mentee, status: .scheduled, found: [(.mentee, .disputed, nil)]),
        Case(mentee: noMentor, mentor: both, found: [(.mentor, .disputed, nil)]),
        Case(mentee: noMentor, mentor: noMentor, found: [(.mentor, .admitted, 0)]),
        Case(mentee: nil, mentor: noMentor, status: .scheduled, found: [(.mentor, .admitted, 0)]),
        Case(mentee: nil, mentor: noMentee, status: .scheduled, found: [(.mentee, .claimed, later)]),
        Case(mentee: both, mentor: noMentee, status: .completed, found: [(.mentee, .disputed, nil)]),
        Case(mentee: noMentee, mentor: noMentee, found: [(.mentee, .admitted, 0)]),
        Case(mentee: noMentor, mentor: noMentee, found: [(.mentee, .disputed, nil), (.mentor, .disputed, nil)]),
        Case(mentee: nobody, mentor: nil, found: [(.mentee, .admitted, 0), (.mentor, .claimed, later)]),
        Case(mentee: noMentor, mentor: nil, status: .cancelled, found: []),
    ])
    func found(case: Case) {
        let session = Self.session(`case`.mentee, `case`.mentor, disputedBy: `case`.disputedBy, `case`.status)
        let noShows = session.noShows
        #expect(noShows.map(\.role) == `case`.found.map(\.0))
        #expect(noShows.map(\.state) == `case`.found.map(\.1))
        #expect(noShows.map(\.standsFrom) == `case`.found.map { $0.2.map(Sample.begun.addingTimeInterval) })
        #expect(noShows.allSatisfy { $0.person == ($0.role == .mentor ? Sample.noor : Sample.mika) })
        #expect(noShows.first?.objection == (`case`.disputedBy != nil ? "I waited." : nil))
    }
}

struct AttendanceTests {
    static let day = 86_400.0
    static func days(_ count: Double) -> Date { Sample.asked.addingTimeInterval(count * day) }

    @Test("Each step lasts until too few are left, and a pause so many days from the last time on", arguments: [
        ([], .none, 0, nil), ([-1], .warned, 1, 179), ([-1, -100], .limited, 2, 80), ([-1, -2, -3], .paused, 3, 13),
        ([-14, -15, -16], .limited, 3, 165), ([-1, -179, -179.5], .paused, 3, 0.5), ([-181], .none, 0, nil),
        ([-180], .none, 0, nil), ([1], .none, 0, nil), ([0], .warned, 1, 180), ([-1, -181], .warned, 1, 179),
    ] as [([Double], Attendance.Step, Int, Double?)])
    func steps(times: [Double], step: Attendance.Step, count: Int, until: Double?) {
        let standing = Attendance(times.map(Self.days), ladder: NoShowLadder(), now: Sample.asked)
        #expect((standing.step, standing.count) == (step, count))
        #expect(standing.until == until.map(Self.days))
        #expect(standing.mostAsks(of: 5) == [.none: 5, .warned: 5, .limited: 1, .paused: 0][step])
        #expect((standing.words(for: .mentee) == nil) == [.none, .warned].contains(step))
    }

    @Test("A community leaves steps out")
    func noLadder() {
        var ladder = NoShowLadder()
        (ladder.warning, ladder.limit, ladder.pause) = (0, 0, 0)
        let times = (1...10).map { Self.days(-Double($0)) }
        #expect(Attendance(times, ladder: ladder, now: Sample.asked).step == .none)
        ladder.pause = 10
        #expect(Attendance(times, ladder: ladder, now: Sample.asked).step == .paused)
    }
}
