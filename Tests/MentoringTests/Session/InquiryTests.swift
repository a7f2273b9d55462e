import Foundation
import Testing

@testable import Mentoring

struct InquiryTests {
    let asked = Sample.session(.pending, .mirror)

    @Test("a question makes it the mentee's turn until it is answered, and then the mentor's again") func turns() {
        let inquired = asked.hearing(.inquire("Which tools?"), by: .mentor, as: "q").session
        #expect(inquired.status == .pending && inquired.waitingOn == .mentee)
        #expect(inquired.waiting?.until == asked.answerBy)
        let told = inquired.hearing(
            .tell("Pencils.", inquiry: Sample.activity("q")), by: .mentee, now: minutes(5))
        #expect(told.event?.kind == .told(IntakeAnswer(question: "Which tools?", text: "Pencils.")))
        #expect(told.session.waitingOn == .mentor && told.session.waiting?.since == minutes(5))
        #expect(told.session.hearing(.tell("Pens.", inquiry: Sample.activity("q")), by: .mentee).refusal == .duplicate)
        #expect(told.session.hearing(.accepting, by: .mentor, now: minutes(6)).session.inquiry == nil)
    }

    @Test("a newer question replaces the older one in either order; what answers the older one answers nothing")
    func replaces() {
        let first = asked.hearing(.inquire("One?"), by: .mentor, as: "one").session
        #expect(first.hearing(.inquire("One?"), by: .mentor, as: "one").refusal == .duplicate)
        let second = first.hearing(.inquire("Two?"), by: .mentor, as: "two", now: minutes(5)).session
        #expect(second.inquiry?.question == "Two?")
        #expect(
            second.hearing(.inquire("Old?"), by: .mentor, published: minutes(1), as: "old", now: minutes(6)).refusal
                == .overtaken)
        #expect(
            second.hearing(.tell("Yes.", inquiry: Sample.activity("one")), by: .mentee, now: minutes(7)).refusal
                == .nothingAsked)
    }

    @Test("what moves or ends the request ends the question") func ends() {
        let inquired = asked.hearing(.inquire("Which tools?"), by: .mentor).session
        #expect(inquired.hearing(.decline(Sample.words), by: .mentor, now: minutes(1)).session.inquiry == nil)
        #expect(inquired.hearing(.cancel(Sample.words), by: .mentee, now: minutes(1)).session.inquiry == nil)
        let own = Sample.session(.pending, .owner).hearing(.inquire("Which tools?"), by: .mentor).session
        #expect(own.hearing(own.moved(to: Sample.otherSlot), by: .mentee, now: minutes(1)).session.inquiry == nil)
    }
}
