import Foundation
import Testing

@testable import Mentoring

struct NoticeTests {
    let agreed = Sample.session(.scheduled, .here)
    /// An hour before the start of the agreed time.
    let late = minutes(-60, after: Sample.slot.start)

    @Test("who leaves what is agreed inside of their own notice may, and it is noted", arguments: [1, 24, 48])
    func notes(hours: Int) {
        let notice = Notice(ofMentee: hours, ofMentor: 0)
        let border = minutes(Double(-60 * hours), after: Sample.slot.start)
        for (moment, isLate) in [(border.addingTimeInterval(-1), false), (border, true)] {
            let decision = agreed.hearing(.cancel(Sample.words), by: .mentee, now: moment, notice: notice)
            #expect(decision.session.status == .cancelled)
            #expect(decision.session.ending?.isLate == isLate && decision.event?.isLate == isLate)
            let other = agreed.hearing(.cancel(Sample.words), by: .mentor, now: moment, notice: notice)
            #expect(other.session.ending?.isLate == false)
        }
        #expect(notice.lateFrom(agreed, for: .mentee) == border)
        #expect(notice.lateFrom(agreed, for: .mentor) == nil)
    }

    @Test("illness is never late") func illness() {
        let decision = agreed.hearing(.cancel(Reason(heard: "I am ill.", code: "illness")), by: .mentee, now: late)
        #expect(decision.session.ending?.isLate == false && decision.event?.isLate == false)
    }

    @Test("a move counts like a cancel, by the time that was agreed, also when it is moved again") func moves() {
        let moved = agreed.hearing(agreed.moved(to: Sample.otherSlot), by: .mentee, now: late)
        #expect(moved.event?.isLate == true)
        let again = moved.session.hearing(moved.session.moved(to: Sample.thirdSlot), by: .mentee, now: late)
        #expect(again.event?.isLate == true)
        #expect(again.session.hearing(.cancel(Sample.words), by: .mentee, now: late).session.ending?.isLate == true)
    }

    @Test("nothing is late before anything is agreed, nor what the community itself ends") func early() {
        let pending = Sample.session(.pending, .here)
        #expect(pending.hearing(.cancel(Sample.words), by: .mentee, now: late).session.ending?.isLate == false)
        #expect(pending.hearing(.decline(Sample.words), by: .mentor, now: late).session.ending?.isLate == false)
        #expect(Notice().lateFrom(pending, for: .mentee) == nil)
    }
}
