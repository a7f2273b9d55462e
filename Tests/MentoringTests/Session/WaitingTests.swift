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
            #expect(SessionTimer.next(for: session, now: Sample.asked) == nil)
            #expect(session.takenSlots.isEmpty)
        }
    }

    @Test("a timer that is due has something to do, and is then over", arguments: Custody.allCases)
    func timers(custody: Custody) throws {
        var session = Sample.session(.pending, custody)
        session.remindedAt = Sample.asked
        // Nothing is said again.
        session.restatedAt = Sample.slot.start
        let timer = try #require(SessionTimer.next(for: session, now: Sample.asked))
        #expect(timer.what == .expire)
        #expect(timer.at == (custody == .mirror ? Sample.slot.start : session.answerBy))
        #expect(session.hearing(.expire, by: .clock, now: timer.at.addingTimeInterval(-1)).refusal == .notDue)
        let expired = session.hearing(.expire, by: .clock, now: timer.at).session
        #expect(SessionTimer.next(for: expired, now: Sample.asked) == nil)

        guard custody != .mirror else { return }
        var reported = Sample.session(.scheduled, custody)
            .hearing(.report(.completed), by: .mentor, now: Sample.begun).session
        reported.remindedAt = Sample.begun
        reported.restatedAt = Sample.slot.start
        let settling = try #require(SessionTimer.next(for: reported, now: Sample.asked))
        #expect(settling.what == .settle)
        #expect(reported.hearing(.settle, by: .clock, now: settling.at).session.status == .completed)
    }

    @Test("who has to act is reminded once, a day before the wait is over, where they are at home")
    func reminds() throws {
        let asked = Sample.session(.pending, .here)
        let timer = try #require(SessionTimer.next(for: asked, now: Sample.asked))
        #expect(timer == (asked.answerBy.addingTimeInterval(-86_400), .remind))
        let decision = asked.hearing(.remind, by: .clock, now: timer.at)
        #expect(decision.event?.kind == .reminded(.mentor))
        let reminded = decision.session
        #expect(reminded.status == .pending)
        #expect(SessionTimer.next(for: reminded, now: timer.at)?.what == .expire)
        #expect(reminded.hearing(.remind, by: .clock, now: timer.at).refusal == .notDue)
        // The turn of the other is another wait.
        let later = timer.at.addingTimeInterval(60)
        let offered = reminded.hearing(.propose([Sample.otherSlot], Sample.words), by: .mentor, now: later).session
        #expect(SessionTimer.next(for: offered, now: later)?.what == .remind)
        #expect(Sample.session(.pending, .owner).reminderAt == nil)
        #expect(Sample.session(.pending, .mirror).reminderAt == timer.at)
    }

    @Test("a short wait is reminded of in its middle, a very short one not, and none when it is over")
    func remindsInTime() throws {
        func asked(hours: Double) -> Session {
            var session = Sample.session(.pending, .here)
            session.answerBy = Sample.asked.addingTimeInterval(hours * 3600)
            return session
        }
        #expect(asked(hours: 10).reminderAt == Sample.asked.addingTimeInterval(5 * 3600))
        #expect(asked(hours: 1.9).reminderAt == nil)
        let late = asked(hours: 10)
        #expect(SessionTimer.next(for: late, now: late.answerBy)?.what == .expire)
        #expect(late.hearing(.remind, by: .clock, now: late.answerBy).refusal == .notDue)
    }

    @Test("a mirror's unconfirmed agreement wakes the clock till a day after the start") func receiptTimer() throws {
        var agreed = Sample.session(.pending, .mirror).hearing(.accepting, by: .mentor).session
        var repetitions = 0
        while let timer = SessionTimer.next(for: agreed, now: Sample.asked), repetitions < 100 {
            #expect(timer.what == .repeat)
            agreed = try #require(SessionRules.repetition(of: agreed, now: timer.at)).0
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
