import Foundation
import Testing
import Wire

@testable import Mentoring

/// What the tables of the federation profile leave to us.
@Suite struct SessionRulesTests {
    let pending = Sample.session()
    let mirror = Sample.session(.pending, .mirror)

    @Test(
        "people of this community say why; other servers need not",
        arguments: [
            SessionAction.decline(Reason(.illness)), .cancel(Reason(.illness)), .dispute(Reason(.disputed)),
        ])
    func demandsWords(action: SessionAction) {
        for status in [SessionStatus.pending, .scheduled, .completed] {
            #expect(Sample.session(status, .here).hearing(action, by: .mentor).refusal == .reasonMissing)
            #expect(Sample.session(status, .owner).hearing(action, by: .mentor).refusal != .reasonMissing)
        }
    }

    @Test("nobody's server promises for our mentor") func cannotForgeAgreement() {
        let claimed = mirror.hearing(.confirm(), by: .mentee, revision: 0).session
        #expect(claimed.status == .cancelled && claimed.ending?.by == .clock && claimed.agreement == nil)
        let agreed = mirror.hearing(.accepting, by: .mentor).session
        #expect(agreed.hearing(.confirm(), by: .mentee, revision: 1).session.status == .cancelled)
        let moved = agreed.hearing(agreed.moved(to: Sample.otherSlot), by: .mentee, revision: 1, now: minutes(1))
            .session
        #expect(moved.hearing(.confirm(), by: .mentee, revision: 1, now: minutes(2)).session.status == .cancelled)
        // Once the time has come there is nothing to save any more.
        #expect(mirror.hearing(.confirm(), by: .mentee, revision: 0, now: Sample.begun).refusal == .neverAccepted)
        #expect(
            moved.hearing(.confirm(), by: .mentee, revision: 0, now: minutes(2)).refusal == .staleRevision(current: 1))
        // Nor a no-show for a meeting to which the mentor never agreed.
        #expect(mirror.hearing(.report(Sample.absence), by: .mentee, now: Sample.begun).refusal == .neverAccepted)
    }

    @Test("a receipt ends the wait for it; until it comes, the same Accept goes out again once a day") func receipt() {
        let agreed = mirror.hearing(.accepting, by: .mentor, as: "accept").session
        #expect(!agreed.isConfirmed)
        #expect(SessionRules.repetition(of: agreed, now: minutes(24 * 60 - 1)) == nil)
        let (waited, reply) = SessionRules.repetition(of: agreed, now: minutes(24 * 60)) ?? (agreed, .confirm)
        #expect(reply == .repeatAnswer(Sample.activity("accept")))
        #expect(SessionRules.repetition(of: waited, now: minutes(47 * 60)) == nil)
        #expect(SessionRules.repetition(of: waited, now: minutes(48 * 60)) != nil)
        #expect(SessionRules.repetition(of: waited, now: Sample.longAfter) != nil)

        let confirmed = waited.hearing(.confirm(), by: .mentee, revision: 0, now: minutes(25 * 60)).session
        #expect(confirmed.isConfirmed)
        // From then on it is said again halfway to the start, and halfway again.
        let half = minutes(25 * 60).addingTimeInterval(Sample.slot.start.timeIntervalSince(minutes(25 * 60)) / 2)
        let timer = SessionTimer.next(for: confirmed, now: Sample.asked)
        #expect(timer?.at == half && timer?.what == .repeat)
        #expect(confirmed.hearing(.confirm(), by: .mentee, revision: 0, now: minutes(26 * 60)).refusal == .duplicate)
    }

    @Test("an answer without a revision is for the one that its author could know") func answersWithoutRevision() {
        let moved = pending.hearing(pending.moved(to: Sample.otherSlot), by: .mentee).session
        let early = moved.hearing(.accepting, by: .mentor, published: minutes(-1), now: minutes(1))
        #expect(early.refusal == .staleRevision(current: 1))
        let later = moved.hearing(.accepting, by: .mentor, published: minutes(1), now: minutes(1))
        #expect(later.session.status == .scheduled)
        // There is nothing older than the first one, however slow the mentor's clock.
        let slow = pending.hearing(.accepting, by: .mentor, published: minutes(-3, after: Sample.asked))
        #expect(slow.session.status == .scheduled)
    }

    @Test("an Accept that does not bind still takes an earlier decline back") func remembersAccept() {
        let moved = pending.hearing(pending.moved(to: Sample.otherSlot), by: .mentee).session
        let heard = moved.hearing(.accepting, by: .mentor, revision: 0, published: minutes(5), now: minutes(6)).session
        let decline = heard.hearing(.decline(Sample.words), by: .mentor, published: minutes(3), now: minutes(7))
        #expect(decline.refusal == .overtaken)
        #expect(decline.session.status == .pending)
    }

    @Test("an Accept too late to revive is told so even within the hour, once") func tellsTooLateAtOnce() {
        var declined = Sample.session(.declined)
        declined.restatedAt = Sample.begun
        let late = declined.hearing(.accepting, by: .mentor, as: "late", now: Sample.begun)
        #expect(late.refusal == .tooLate)
        #expect(late.replies == [.restate])
        #expect(late.session.hearing(.accepting, by: .mentor, as: "late", now: Sample.begun).replies.isEmpty)
    }

    @Test("a time from the future is no order: arrival counts") func distrustsFuture() {
        let accepted = pending.hearing(.accepting, by: .mentor, published: .distantFuture).session
        #expect(accepted.agreement?.published == Sample.waiting)
        #expect(accepted.hearing(.decline(Sample.words), by: .mentor, now: minutes(1)).session.status == .cancelled)
    }

    @Test("a page that shows an older revision does not answer the new one") func refusesStalePage() {
        let here = Sample.session(.pending, .here)
        let moved = here.hearing(here.moved(to: Sample.otherSlot), by: .mentee).session
        #expect(
            moved.hearing(.accepting, by: .mentor, revision: 0, now: minutes(1)).refusal == .staleRevision(current: 1))
        #expect(
            moved.hearing(moved.moved(to: Sample.thirdSlot), by: .mentee, revision: 0, now: minutes(1)).refusal
                == .staleRevision(current: 1))
    }

    @Test("proposals: 1 to 10 times to come; from afar what is usable of them") func proposals() {
        let past = Sample.slot("2026-09-01T16:00:00Z")
        let many = (0..<11).compactMap { Slot(start: minutes(Double($0) * 60 + 60), minutes: 30, zone: .utc) }
        #expect(mirror.hearing(.propose(many, Sample.words), by: .mentor).refusal == .tooManySlots)
        #expect(mirror.hearing(.propose([Sample.otherSlot, past], Sample.words), by: .mentor).refusal == .slotInPast)
        #expect(
            mirror.hearing(.propose([Sample.slot("2036-09-01T16:00:00Z")], Sample.words), by: .mentor).refusal
                == .slotTooFarAhead)
        #expect(pending.hearing(.propose(many, Sample.words), by: .mentor).session.proposal?.slots.count == 10)
        #expect(
            pending.hearing(.propose([past, Sample.otherSlot], Sample.words), by: .mentor).session.proposal?.slots
                == [Sample.otherSlot])
        #expect(pending.hearing(.propose([past], Sample.words), by: .mentor).refusal == .slotInPast)
    }

    @Test("a proposal without times asks the mentee to choose another, says why, and ends with the move")
    func pickAgain() {
        let asked = mirror.hearing(.propose([], Sample.words), by: .mentor).session
        #expect(asked.waitingOn == .mentee && asked.proposal?.slots == [])
        #expect(mirror.hearing(.propose([], Reason(.unspecified)), by: .mentor).refusal == .reasonMissing)
        let agreed = Sample.session(.scheduled, .here).hearing(.propose([], Sample.words), by: .mentor).session
        #expect(agreed.status == .scheduled)
        let moved = agreed.hearing(agreed.moved(to: Sample.otherSlot), by: .mentee, now: minutes(1)).session
        #expect(moved.proposal == nil && moved.waitingOn == .mentor)
    }

    @Test("a newer proposal replaces the older one, in either order of arrival; its repetition is nothing")
    func replacesProposal() {
        let offered = pending.hearing(.propose([Sample.otherSlot], Sample.words), by: .mentor, as: "one").session
        #expect(
            offered.hearing(.propose([Sample.otherSlot], Sample.words), by: .mentor, as: "one").refusal == .duplicate)
        let newer = offered.hearing(.propose([Sample.thirdSlot], Sample.words), by: .mentor, now: minutes(5)).session
        #expect(newer.proposal?.slots == [Sample.thirdSlot])
        let late = newer.hearing(
            .propose([Sample.otherSlot], Sample.words), by: .mentor, published: minutes(2), as: "late", now: minutes(6))
        #expect(late.refusal == .overtaken)
        let accepted = newer.hearing(.accepting, by: .mentor, now: minutes(7)).session
        #expect(accepted.proposal == nil)
    }

    @Test("an Accept that comes after a newer proposal binds and leaves the proposal open") func keepsNewerProposal() {
        let offered = pending.hearing(.propose([Sample.otherSlot], Sample.words), by: .mentor, now: minutes(5)).session
        let accepted = offered.hearing(.accepting, by: .mentor, published: minutes(1), now: minutes(6)).session
        #expect(accepted.status == .scheduled)
        #expect(accepted.proposal != nil)
    }

    @Test("only the open proposal can be declined or taken up") func knowsProposal() {
        let offered = Sample.session(.pending, .here, proposal: Sample.proposal())
        #expect(
            offered.hearing(.declineProposal(of: Sample.activity("no"), Sample.words), by: .mentee).refusal
                == .unknownProposal)
        #expect(pending.hearing(.declineProposal(of: nil, Sample.words), by: .mentee).refusal == .unknownProposal)
        let take = { (slot: Slot, offer: String) in
            offered.hearing(offered.moved(to: slot, answering: Sample.activity(offer)), by: .mentee)
        }
        #expect(take(Sample.otherSlot, "no").refusal == .unknownProposal)
        #expect(take(Sample.slot("2026-09-11T07:00:00Z"), "offer").refusal == .notOffered)
        #expect(take(Sample.otherSlot, "offer").session.revision == 1)
    }

    @Test("a time that the mentor offered is accepted at once, where the mentor is and while it is free")
    func acceptsOffered() {
        for custody in [Custody.here, .mirror] {
            let offered = Sample.session(.scheduled, custody, proposal: Sample.proposal())
            let move = offered.moved(to: Sample.thirdSlot, answering: Sample.activity("offer"))
            let free = offered.hearing(move, by: .mentee, revision: custody == .mirror ? 1 : nil)
            #expect(free.session.status == .pending)
            #expect(free.replies == [.acceptOffered])
            #expect(free.session.hearing(.accepting, by: .mentor).session.status == .scheduled)
            let taken = offered.hearing(move, by: .mentee, revision: custody == .mirror ? 1 : nil, mentorIsFree: false)
            #expect(taken.replies.isEmpty)
            #expect(taken.session.waitingOn == .mentor)
        }
        let owner = Sample.session(.pending, .owner, proposal: Sample.proposal())
        #expect(owner.hearing(owner.moved(to: Sample.thirdSlot), by: .mentee).replies.isEmpty)
        // An offered time that has passed on the way.
        let early = Sample.session(.pending, .mirror, proposal: Sample.proposal())
        let passed = early.hearing(
            early.moved(to: Sample.otherSlot, answering: Sample.activity("offer")), by: .mentee, revision: 1,
            now: Sample.otherSlot.start)
        #expect(passed.session.status == .pending)
        #expect(passed.replies.isEmpty)
        // A time that was never offered, under the offer's name, is not.
        let mirror = Sample.session(.pending, .mirror, proposal: Sample.proposal())
        let crafted = mirror.moved(to: Sample.slot("2026-09-11T07:00:00Z"), answering: Sample.activity("offer"))
        #expect(mirror.hearing(crafted, by: .mentee, revision: 1).replies.isEmpty)
    }

    @Test("a move leads to another time to come") func refusesIdleMoves() {
        #expect(pending.hearing(pending.moved(to: Sample.slot), by: .mentee).refusal == .unchanged)
        #expect(
            pending.hearing(pending.moved(to: Sample.slot("2026-09-02T08:00:00Z")), by: .mentee).refusal == .slotInPast)
        #expect(
            pending.hearing(pending.moved(to: Sample.slot("2036-09-02T08:00:00Z")), by: .mentee).refusal
                == .slotTooFarAhead)
        let place = Move(slot: Sample.slot, place: Place(medium: .inPerson), rate: nil)
        #expect(pending.hearing(.reschedule(place), by: .mentee).session.revision == 1)
    }

    @Test("what may not travel is not lost by what does: details of a place survive another server's word")
    func keepsDetail() {
        let room = Place(medium: .inPerson, detail: "Room 4, ring twice", link: Sample.uri("https://b.example/room"))
        let agreed = mirror.hearing(.accept(place: room, note: nil), by: .mentor).session
        let move = { (place: Place) in
            agreed.hearing(
                .reschedule(Move(slot: Sample.otherSlot, place: place, rate: nil)), by: .mentee, revision: 1
            ).session.place
        }
        #expect(move(Place(medium: .inPerson)) == room)
        #expect(move(Place(medium: .phone)) == Place(medium: .phone))
        let owner = Sample.session(.pending, .owner)
        let link = Place(medium: .online, link: Sample.uri("https://meet.example/noor"))
        #expect(owner.hearing(.accept(place: link, note: nil), by: .mentor).session.place == link)
    }

    @Test("a mirror follows whole Updates, in any order, once") func followsOwner() {
        let third = mirror.hearing(mirror.moved(to: Sample.thirdSlot), by: .mentee, revision: 3).session
        #expect(third.revision == 3)
        #expect(
            third.hearing(mirror.moved(to: Sample.otherSlot), by: .mentee, revision: 1).refusal
                == .staleRevision(current: 3))
        #expect(third.hearing(third.moved(to: Sample.thirdSlot), by: .mentee, revision: 3).refusal == .duplicate)
        #expect(
            third.hearing(third.moved(to: Sample.otherSlot), by: .mentee, revision: .max).refusal
                == .unknownRevision(current: 3))
        #expect(third.hearing(third.moved(to: Sample.otherSlot), by: .mentee).session.revision == 4)
    }

    @Test("the owner stating again what we have answered gets the answer again, once an hour") func repeatsAnswer() {
        let agreed = mirror.hearing(.accepting, by: .mentor, as: "accept").session
        let again = { (session: Session, now: Date) in
            session.hearing(session.moved(to: session.slot), by: .mentee, revision: 0, now: now)
        }
        #expect(again(agreed, minutes(59)).replies.isEmpty)
        let repeated = again(agreed, minutes(60))
        #expect(repeated.replies == [.repeatAnswer(Sample.activity("accept"))])
        #expect(again(repeated.session, minutes(119)).replies.isEmpty)
        #expect(again(repeated.session, minutes(120)).replies.count == 1)
    }

    @Test("a mirror's own expiry is a guess that a move proves wrong; the owner's is final") func expiryOfMirror() {
        let guessed = mirror.hearing(.expire, by: .clock, now: Sample.begun).session
        #expect(guessed.status == .expired)
        let move = mirror.moved(to: Sample.otherSlot)
        #expect(
            guessed.hearing(move, by: .mentee, revision: 1, now: minutes(1, after: Sample.begun)).session.status
                == .pending)
        let told = guessed.hearing(.expire, by: .mentee, now: minutes(1, after: Sample.begun)).session
        #expect(
            told.hearing(move, by: .mentee, revision: 1, now: minutes(2, after: Sample.begun)).refusal
                == .ended(.expired))
        #expect(told.hearing(.expire, by: .mentee, now: minutes(3, after: Sample.begun)).refusal == .duplicate)
    }

    @Test("a receipt for a decline is believed unless our mentor has said something since") func receiptOfDecline() {
        let agreed = mirror.hearing(.accepting, by: .mentor, as: "accept").session
        #expect(agreed.hearing(.confirmDecline(of: Sample.activity("older")), by: .mentee).refusal == .overtaken)
        #expect(agreed.hearing(.confirmDecline(of: Sample.activity("accept")), by: .mentee).session.status == .declined)
        #expect(agreed.hearing(.confirmDecline(of: nil), by: .mentee).session.status == .declined)
        // Receipts that changed places on the way: the agreement was the later word.
        let declined = agreed.hearing(.confirmDecline(of: Sample.activity("accept")), by: .mentee).session
        let confirmed = declined.hearing(.confirm(), by: .mentee, revision: 0, now: minutes(1)).session
        #expect(confirmed.status == .scheduled)
        #expect(confirmed.ending == nil)
    }

    @Test("reports: from the start, once per side, with some patience for other clocks") func reports() {
        let scheduled = Sample.session(.scheduled)
        let atStart = Sample.slot.start
        #expect(
            scheduled.hearing(.report(.completed), by: .mentee, now: minutes(-1, after: atStart)).refusal == .notStarted
        )
        #expect(scheduled.hearing(.report(.completed), by: .mentee, now: atStart).session.status == .completed)
        #expect(scheduled.hearing(.report(.completed), by: .mentor, now: minutes(-5, after: atStart)).event != nil)
        #expect(
            scheduled.hearing(.report(.completed), by: .mentor, now: minutes(-6, after: atStart)).refusal == .notStarted
        )
        let reported = scheduled.hearing(.report(.completed), by: .mentor, as: "one", now: Sample.begun).session
        #expect(reported.hearing(.report(.completed), by: .mentor, as: "one", now: Sample.begun).refusal == .duplicate)
        #expect(
            reported.hearing(.report(.completed), by: .mentor, as: "two", now: Sample.begun).refusal == .alreadyReported
        )
    }

    @Test("that somebody did not come, our people can say ten minutes after the start; others are believed")
    func reportsOfAbsence() {
        let early = minutes(9, after: Sample.slot.start), late = minutes(10, after: Sample.slot.start)
        let here = Sample.session(.scheduled, .here)
        for role in [Role.mentee, .mentor] {
            #expect(here.hearing(.report(Sample.absence), by: role, now: early).refusal == .withinGrace)
            #expect(here.hearing(.report(.completed), by: role, now: early).event != nil)
            #expect(here.hearing(.report(Sample.absence), by: role, now: late).event != nil)
        }
        let owner = Sample.session(.scheduled, .owner)
        #expect(owner.hearing(.report(Sample.absence), by: .mentor, now: early).event != nil)
    }

    @Test("the owner's report is for the revision that both know") func reportNamesRevision() {
        let agreed = mirror.hearing(mirror.moved(to: Sample.otherSlot), by: .mentee, revision: 1).session
            .hearing(.accepting, by: .mentor, now: minutes(1)).session
        let report = { (revision: Int) in
            agreed.hearing(.report(Sample.absence), by: .mentee, revision: revision, now: Sample.longAfter)
        }
        #expect(report(0).refusal == .staleRevision(current: 1))
        #expect(report(2).refusal == .neverAccepted)
        #expect(report(1).session.status == .noShow)
    }

    @Test("a cancel under way undoes an outcome only if it was sent before the start") func cancelAgainstOutcome() {
        let noShow = Sample.session(.noShow)
        let sent = { (published: Date) in
            noShow.hearing(.cancel(Sample.words), by: .mentor, published: published, now: Sample.longAfter)
        }
        #expect(sent(minutes(-1, after: Sample.slot.start)).session.status == .cancelled)
        #expect(sent(Sample.slot.start).refusal == .ended(.noShow))
        #expect(sent(Sample.slot.start).replies == [.restate])
    }

    @Test("the same cancel again is nothing") func repeatsCancel() {
        let cancelled = mirror.hearing(.cancel(Sample.words), by: .mentee, as: "cancel").session
        #expect(cancelled.hearing(.cancel(Sample.words), by: .mentee, as: "cancel").refusal == .duplicate)
        #expect(cancelled.hearing(.cancel(Sample.words), by: .mentee, as: "other").refusal == .ended(.cancelled))
    }
}
