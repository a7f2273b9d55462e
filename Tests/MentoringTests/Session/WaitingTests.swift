import Foundation
import Testing
import Wire

@testable import Mentoring

/// Whose turn it is, and what time will do.
@Suite struct WaitingTests {
    @Test("a request waits for its mentor, an open proposal for the mentee, till answerBy") func pending() {
        let asked = Sample.session()
        #expect(
            asked.waiting == Waiting(on: .mentor, since: Sample.asked, until: asked.answerBy, otherwise: .expires))
        let proposal = Sample.proposal()
        let offered = Sample.session(.pending, .owner, proposal: proposal)
        #expect(
            offered.waiting
                == Waiting(on: .mentee, since: proposal.published, until: offered.answerBy, otherwise: .expires))
    }

    @Test("on an agreed session only a proposal or the mentor's report waits, for the mentee") func scheduled() {
        var agreed = Sample.session(.scheduled)
        #expect(agreed.waiting == nil)
        agreed.proposal = Sample.proposal()
        #expect(agreed.waiting?.on == .mentee)
        #expect(agreed.waiting?.otherwise == .agreedTimeStands)
        #expect(agreed.waiting?.until == Sample.slot.start)
        let reported = agreed.hearing(.report(.completed), by: .mentor, now: Sample.begun).session
        #expect(reported.waiting?.otherwise == .reportStands)
        #expect(reported.waiting?.until == Sample.begun.addingTimeInterval(14 * 86_400))
    }

    @Test(
        "what has ended waits for nobody, and needs no clock",
        arguments: [
            SessionStatus.declined, .cancelled, .expired, .completed, .noShow,
        ])
    func ended(status: SessionStatus) {
        for custody in Custody.allCases {
            let session = Sample.session(status, custody)
            #expect(session.waitingOn == nil)
            #expect(SessionTimer.next(for: session) == nil)
            #expect(session.takenSlots.isEmpty)
        }
    }

    @Test("a timer that is due has something to do, and is then over", arguments: Custody.allCases)
    func timers(custody: Custody) throws {
        let session = Sample.session(.pending, custody)
        let timer = try #require(SessionTimer.next(for: session))
        #expect(timer.what == .expire)
        #expect(timer.at == (custody == .mirror ? Sample.slot.start : session.answerBy))
        #expect(session.hearing(.expire, by: .clock, now: timer.at.addingTimeInterval(-1)).refusal == .notDue)
        let expired = session.hearing(.expire, by: .clock, now: timer.at).session
        #expect(SessionTimer.next(for: expired) == nil)

        guard custody != .mirror else { return }
        let reported = Sample.session(.scheduled, custody).hearing(.report(.completed), by: .mentor, now: Sample.begun)
            .session
        let settling = try #require(SessionTimer.next(for: reported))
        #expect(settling.what == .settle)
        #expect(reported.hearing(.settle, by: .clock, now: settling.at).session.status == .completed)
    }

    @Test("a mirror's unconfirmed agreement wakes the clock till a day after the start") func receiptTimer() throws {
        var agreed = Sample.session(.pending, .mirror).hearing(.accepting, by: .mentor).session
        var repetitions = 0
        while let timer = SessionTimer.next(for: agreed), repetitions < 100 {
            #expect(timer.what == .repeatAnswer)
            agreed = try #require(SessionRules.repeatedAnswer(of: agreed, now: timer.at)).0
            repetitions += 1
        }
        #expect(repetitions == 7)
    }

    @Test("a move must be answered before the time that it would replace") func moveIsAnsweredInTime() {
        let agreed = Sample.session(.scheduled)
        let moved = agreed.hearing(agreed.moved(to: Sample.slot("2026-10-01T16:00:00Z")), by: .mentee).session
        #expect(moved.answerBy == Sample.slot.start)
    }

    @Test("deliveries are tried as long as they mean something") func deliverUntil() throws {
        let session = Sample.session()
        let event = { (kind: SessionEvent.Kind) in
            SessionEvent(kind, by: .mentee, at: Sample.waiting, revision: 0, activity: Sample.activity("x"))
                .deliverUntil(session)
        }
        #expect(event(.requested) == session.answerBy)
        #expect(event(.proposed([], Sample.words)) == session.slot.start)
        #expect(event(.accepted(note: nil)) == session.slot.start.addingTimeInterval(86_400))
        #expect(event(.cancelled(Sample.words)) == Sample.waiting.addingTimeInterval(6 * 86_400))
    }
}
