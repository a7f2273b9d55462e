import Foundation
import Testing
import Wire

@testable import Mentoring

/// One test per row of the state table, federation profile 6.1.
@Suite struct StateTableTests {
    let pending = Sample.session()
    let scheduled = Sample.session(.scheduled)

    @Test("requested, Accept of the current revision → confirmed, and the owner sends a receipt")
    func acceptBinds() {
        let decision = pending.hearing(
            .accept(
                place: Place(medium: .online, link: Sample.uri("https://meet.example/noor")), note: "Happy to help."),
            by: .mentor, revision: 0)
        #expect(decision.session.status == .scheduled)
        #expect(decision.session.agreement?.revision == 0)
        #expect(decision.session.place.link?.string == "https://meet.example/noor")
        #expect(decision.event?.kind == .accepted(note: "Happy to help."))
        #expect(decision.replies == [.confirm])
    }

    @Test("requested, Accept of an older revision → still requested, the owner states it again")
    func staleAcceptDoesNotBind() {
        let moved = pending.hearing(pending.moved(to: Sample.otherSlot), by: .mentee).session
        let decision = moved.hearing(.accepting, by: .mentor, revision: 0, now: minutes(5))
        #expect(decision.refusal == .staleRevision(current: 1))
        #expect(decision.session.status == .pending)
        #expect(decision.session.agreement == nil)
        #expect(decision.replies == [.restate])
    }

    @Test("requested, Reject → declined, which a later Accept undoes before the start while the time is free")
    func rejectDeclines() {
        let declined = pending.hearing(.decline(Sample.words), by: .mentor).session
        #expect(declined.status == .declined)
        #expect(declined.ending?.reason == Sample.words)
        let revived = declined.hearing(.accepting, by: .mentor, now: minutes(1))
        #expect(revived.session.status == .scheduled)
        #expect(revived.session.ending == nil)
        #expect(revived.replies == [.confirm])
    }

    @Test("requested, Offer → still requested with a counter-proposal, which the owner takes up or declines")
    func offerWaitsForTheMentee() {
        let offered = pending.hearing(
            .propose([Sample.otherSlot, Sample.thirdSlot], Sample.words), by: .mentor, as: "offer")
        #expect(offered.session.status == .pending)
        #expect(offered.session.waitingOn == .mentee)

        let taken = offered.session.hearing(offered.session.moved(to: Sample.thirdSlot), by: .mentee, now: minutes(1))
        #expect(taken.session.revision == 1)
        #expect(
            taken.event?.kind
                == .rescheduled(from: Sample.slot, to: Sample.thirdSlot, answering: Sample.activity("offer")))

        let declined = offered.session.hearing(
            .declineProposal(of: Sample.activity("offer"), Sample.words), by: .mentee, now: minutes(1))
        #expect(declined.session.status == .pending)
        #expect(declined.session.proposal == nil)
        #expect(declined.session.waitingOn == .mentor)
    }

    @Test("requested, time is up → expired, and the owner's Delete says so")
    func expires() {
        let decision = pending.hearing(.expire, by: .clock, now: Sample.overdue)
        #expect(decision.session.status == .expired)
        #expect(decision.session.ending?.reason.code == .expired)
        #expect(decision.event?.kind == .expired)
        #expect(pending.hearing(.expire, by: .clock).refusal == .notDue)
    }

    @Test("requested or confirmed, Update with the next revision → requested; an agreed time is held till the answer")
    func moveNeedsNewAnswer() {
        let moved = scheduled.hearing(scheduled.moved(to: Sample.otherSlot), by: .mentee).session
        #expect(moved.status == .pending)
        #expect(moved.revision == 1)
        #expect(moved.heldSlot == Sample.slot)
        #expect(moved.takenSlots == [Sample.slot])
        #expect(moved.answerBy <= Sample.slot.start)

        let again = moved.hearing(moved.moved(to: Sample.thirdSlot), by: .mentee, now: minutes(1)).session
        #expect(again.heldSlot == Sample.slot)
        let accepted = again.hearing(.accepting, by: .mentor, revision: 2, now: minutes(2)).session
        #expect(accepted.heldSlot == nil)
        #expect(accepted.takenSlots == [Sample.thirdSlot])
        let declined = again.hearing(.decline(Sample.words), by: .mentor, revision: 2, now: minutes(2)).session
        #expect(declined.status == .declined)
        #expect(declined.takenSlots.isEmpty)
    }

    @Test(
        "confirmed, the mentor takes the Accept back → cancelled by the mentor",
        arguments: [
            SessionAction.decline(Sample.words), .cancel(Sample.words),
        ])
    func mentorWithdraws(action: SessionAction) {
        let decision = scheduled.hearing(action, by: .mentor)
        #expect(decision.session.status == .cancelled)
        #expect(decision.session.ending?.by == .mentor)
        #expect(decision.event?.kind == .cancelled(Sample.words))
    }

    @Test(
        "requested or confirmed, Delete by the owner → cancelled by the requester",
        arguments: [
            SessionStatus.pending, .scheduled,
        ])
    func ownerWithdraws(status: SessionStatus) {
        for custody in Custody.allCases {
            let decision = Sample.session(status, custody).hearing(.cancel(Sample.words), by: .mentee)
            #expect(decision.session.status == .cancelled)
            #expect(decision.session.ending?.by == .mentee)
        }
    }

    @Test("confirmed, after the start, outcome by the owner → completed or no-show; the mentor's stands beside it")
    func outcomeByOwner() {
        let byMentor = scheduled.hearing(.report(.completed), by: .mentor, as: "mentors", now: Sample.begun).session
        #expect(byMentor.status == .scheduled)
        let byBoth = byMentor.hearing(.report(Sample.absence), by: .mentee, now: minutes(1, after: Sample.begun))
            .session
        #expect(byBoth.status == .noShow)
        #expect(byBoth.mentorReport?.outcome == .completed)
        #expect(byBoth.outcome == Sample.absence)
        let disputed = byBoth.hearing(.dispute(Sample.words), by: .mentor, now: minutes(2, after: Sample.begun)).session
        #expect(disputed.status == .noShow)
        #expect(disputed.mentorDispute?.reason == Sample.words)
    }

    @Test("confirmed, outcome by the mentor alone → it counts after a fortnight of silence")
    func outcomeByMentor() {
        let reported = scheduled.hearing(.report(Sample.absence), by: .mentor, now: Sample.begun).session
        #expect(reported.hearing(.settle, by: .clock, now: minutes(60, after: Sample.begun)).refusal == .notDue)
        let settled = reported.hearing(.settle, by: .clock, now: Sample.longAfter)
        #expect(settled.session.status == .noShow)
        #expect(settled.event?.kind == .settled(Sample.absence))
        #expect(
            settled.session.hearing(.report(.completed), by: .mentee, now: Sample.longAfter).refusal == .ended(.noShow))
    }

    @Test("a mirror hears that the mentor's report counts, and takes it for no report of the mentee")
    func mirrorHearsThatItIsSettled() {
        let mirror = Sample.session(.scheduled, .mirror)
        let reported = mirror.hearing(.report(Sample.absence), by: .mentor, now: Sample.begun).session
        let settled = reported.hearing(.report(Sample.absence), by: .mentee, revision: 0, now: Sample.longAfter)
        #expect(settled.session.status == .noShow)
        #expect(settled.session.menteeReport == nil)
        #expect(settled.event?.kind == .settled(Sample.absence))
        #expect(settled.event?.by == .clock)
        let early = minutes(60, after: Sample.begun)
        for (outcome, now) in [(Outcome.completed, Sample.longAfter), (Sample.absence, early)] {
            let told = reported.hearing(.report(outcome), by: .mentee, revision: 0, now: now)
            #expect(told.session.menteeReport?.outcome == outcome)
            #expect(told.event?.kind == .reported(outcome))
        }
    }

    @Test(
        "terminal, anything → no change; the present state is told once per hour",
        arguments: [
            SessionStatus.cancelled, .expired, .completed, .noShow,
        ])
    func terminalStays(status: SessionStatus) {
        let ended = Sample.session(status)
        let first = ended.hearing(.accepting, by: .mentor)
        #expect(first.refusal == .ended(status))
        #expect(first.replies == [.restate])
        let second = first.session.hearing(.propose([Sample.otherSlot], Sample.words), by: .mentor, now: minutes(59))
        #expect(second.replies.isEmpty)
        let third = second.session.hearing(.accepting, by: .mentor, now: minutes(60))
        #expect(third.replies == [.restate])
    }
}
