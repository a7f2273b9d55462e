import Foundation
import Testing
import Wire

@testable import Mentoring

/// One test per row of the conflict table, federation profile 6.8.
@Suite struct ConflictTableTests {
    let pending = Sample.session()
    let scheduled = Sample.session(.scheduled)

    @Test("Accept crosses the owner's Delete: Delete wins, and is said once more")
    func acceptCrossesDelete() {
        let cancelled = pending.hearing(.cancel(Sample.words), by: .mentee).session
        let owner = cancelled.hearing(.accepting, by: .mentor, published: minutes(-1), now: minutes(1))
        #expect(owner.session.status == .cancelled)
        #expect(owner.replies == [.restate])
        let mirror = Sample.session(.pending, .mirror).hearing(.accepting, by: .mentor).session
            .hearing(.cancel(Sample.words), by: .mentee, now: minutes(1))
        #expect(mirror.session.status == .cancelled)
    }

    @Test("Accept crosses the owner's Update: not binding, the mentor answers the new revision")
    func acceptCrossesUpdate() {
        let owner = scheduled.hearing(scheduled.moved(to: Sample.otherSlot), by: .mentee).session
            .hearing(.accepting, by: .mentor, revision: 0, now: minutes(1))
        #expect(owner.refusal == .staleRevision(current: 1))
        #expect(owner.replies == [.restate])
        let agreed = Sample.session(.pending, .mirror).hearing(.accepting, by: .mentor).session
        let mirror = agreed.hearing(agreed.moved(to: Sample.otherSlot), by: .mentee, revision: 1, now: minutes(1))
            .session
        #expect(mirror.status == .pending)
        #expect(mirror.waitingOn == .mentor)
        #expect(mirror.heldSlot == Sample.slot)
    }

    @Test("Reject crosses the owner's Update: declined, whatever its revision", arguments: [0, 1, 7])
    func rejectCrossesUpdate(revision: Int) {
        let moved = pending.hearing(pending.moved(to: Sample.otherSlot), by: .mentee).session
        let decision = moved.hearing(.decline(Sample.words), by: .mentor, revision: revision, now: minutes(1))
        #expect(decision.session.status == .declined)
        let mirror = Sample.session(.declined, .mirror)
        let heard = mirror.hearing(mirror.moved(to: Sample.otherSlot), by: .mentee, revision: 1).session
        #expect(heard.status == .declined)
        #expect(heard.slot == Sample.otherSlot)
        let revived = heard.hearing(.accepting, by: .mentor, now: minutes(1))
        #expect(revived.event?.revision == 1)
    }

    @Test("Reject crosses the owner's Delete: same end, no answer")
    func rejectCrossesDelete() {
        let decision = Sample.session(.cancelled).hearing(.decline(Sample.words), by: .mentor)
        #expect(decision.refusal == .ended(.cancelled))
        #expect(decision.replies.isEmpty)
        let mirror = Sample.session(.declined, .mirror).hearing(.cancel(Sample.words), by: .mentee)
        #expect(mirror.session.status == .cancelled)
    }

    @Test("two Accepts: the same one is ignored but for its receipt, of two the newest is kept")
    func twoAccepts() {
        let accepted = pending.hearing(.accepting, by: .mentor, as: "one").session
        let same = accepted.hearing(.accepting, by: .mentor, published: Sample.waiting, as: "one", now: minutes(1))
        #expect(same.refusal == .duplicate)
        #expect(same.replies == [.confirm])
        #expect(
            same.session.hearing(.accepting, by: .mentor, published: Sample.waiting, as: "one", now: minutes(2)).replies
                == [])

        let other = accepted.hearing(.accepting, by: .mentor, as: "two", now: minutes(5))
        #expect(other.session.status == .scheduled)
        #expect(other.session.agreement?.activity == Sample.activity("two"))
        #expect(other.event?.kind == .answerRenewed)
        let between = other.session.hearing(.decline(Sample.words), by: .mentor, published: minutes(3), now: minutes(6))
        #expect(between.refusal == .overtaken)
    }

    @Test("Accept and Reject by one mentor: the later published wins, in either order of arrival")
    func ordersAnswersByTheirTime() {
        // Accept, then Reject: a cancel.
        #expect(scheduled.hearing(.decline(Sample.words), by: .mentor).session.status == .cancelled)
        // The same, the Accept coming late: declined stays.
        let declined = pending.hearing(.decline(Sample.words), by: .mentor).session
        let late = declined.hearing(.accepting, by: .mentor, published: minutes(-1), now: minutes(1))
        #expect(late.refusal == .overtaken)
        #expect(late.session.status == .declined)
        // Reject, then Accept; the Reject coming late.
        let early = scheduled.hearing(.decline(Sample.words), by: .mentor, published: Sample.asked)
        #expect(early.refusal == .overtaken)
        #expect(early.session.status == .scheduled)
        // In one and the same millisecond the withdrawal wins both ways.
        let tied = pending.hearing(.accepting, by: .mentor).session
        #expect(tied.hearing(.decline(Sample.words), by: .mentor, as: "other").session.status == .cancelled)
        #expect(declined.hearing(.accepting, by: .mentor, as: "other").session.status == .declined)
    }

    @Test("Accept after Reject that can no longer be kept: the owner cancels with a Delete of its own")
    func cannotRevive() {
        let declined = pending.hearing(.decline(Sample.words), by: .mentor).session
        let taken = declined.hearing(.accepting, by: .mentor, now: minutes(1), mentorIsFree: false)
        #expect(taken.session.status == .cancelled)
        #expect(taken.session.ending?.by == .clock)
        #expect(taken.event?.kind == .cancelled(Reason(.taken)))

        let moved = pending.hearing(pending.moved(to: Sample.otherSlot), by: .mentee).session
            .hearing(.decline(Sample.words), by: .mentor, now: minutes(1)).session
        let stale = moved.hearing(.accepting, by: .mentor, revision: 0, now: minutes(2))
        #expect(stale.event?.kind == .cancelled(Reason(.scheduleConflict)))

        let late = declined.hearing(.accepting, by: .mentor, now: Sample.begun)
        #expect(late.refusal == .tooLate)
        #expect(late.session.status == .declined)
        #expect(late.replies == [.restate])
    }

    @Test("Update before its Invite: a request, if addressed to us and still requested")
    func updateBeforeInvite() {
        #expect(OrphanRules.decide(.change(.toOurs, .pending), now: Sample.asked) == .readAsRequest)
        #expect(OrphanRules.decide(.change(.toOthers, .pending), now: Sample.asked) == .drop)
        #expect(OrphanRules.decide(.change(.toOurs, .scheduled), now: Sample.asked) == .deny)
        #expect(OrphanRules.decide(.change(.toOthers, .scheduled), now: Sample.asked) == .drop)
    }

    @Test("Accept for an unknown Invite: denied, because its mentor counts on it; who only leaves hears nothing")
    func acceptForUnknown() {
        #expect(OrphanRules.decide(.answer(relies: true), now: Sample.asked) == .deny)
        #expect(OrphanRules.decide(.answer(relies: false), now: Sample.asked) == .drop)
    }

    @Test("Delete before its Invite: remembered for 90 days, from its own origin only")
    func deleteBeforeInvite() throws {
        let event = Sample.uri("https://a.example/sessions/1")
        let verdict = OrphanRules.decide(
            .withdrawal(event: event, by: Sample.uri("https://a.example/users/mika")), now: Sample.asked)
        guard case .remember(let withdrawal) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(withdrawal.forgottenAt == Sample.asked.addingTimeInterval(90 * 86_400))
        #expect(withdrawal.forbids(RemoteRequestTests.request, now: Sample.overdue))
        #expect(!withdrawal.forbids(RemoteRequestTests.request, now: withdrawal.forgottenAt))
        let spoofed = OrphanRules.decide(
            .withdrawal(event: event, by: Sample.uri("https://evil.example/users/mika")), now: Sample.asked)
        #expect(spoofed == .drop)
    }

    @Test("wrong actor: a stranger has no role, and roles do only what is theirs")
    func wrongActor() {
        #expect(pending.role(of: Sample.mika) == .mentee)
        #expect(pending.role(of: Sample.noor) == .mentor)
        #expect(pending.role(of: Sample.stranger) == nil)
        #expect(pending.hearing(.accepting, by: .mentee).refusal == .wrongRole)
        #expect(pending.hearing(pending.moved(to: Sample.otherSlot), by: .mentor).refusal == .wrongRole)
        #expect(pending.hearing(.confirm(), by: .mentor).refusal == .wrongRole)
    }

    @Test("answer after answerBy, before the start: taken if the time is free, else expired")
    func lateAnswer() {
        #expect(pending.hearing(.accepting, by: .mentor, now: Sample.overdue).session.status == .scheduled)
        let taken = pending.hearing(.accepting, by: .mentor, now: Sample.overdue, mentorIsFree: false)
        #expect(taken.session.status == .expired)
        #expect(taken.event?.kind == .expired)
        #expect(taken.event?.by == .clock)
        let expired = Sample.session(.expired).hearing(.accepting, by: .mentor, now: Sample.overdue)
        #expect(expired.refusal == .ended(.expired))
        #expect(expired.replies == [.restate])
    }

    @Test("answer after the start: ignored", arguments: Custody.allCases)
    func answerAfterStart(custody: Custody) {
        let session = Sample.session(.pending, custody)
        for action in [SessionAction.accepting, .decline(Sample.words)] {
            let decision = session.hearing(action, by: .mentor, now: Sample.begun)
            #expect(decision.refusal == .tooLate)
            #expect(decision.session.status == .pending)
            #expect(decision.replies.isEmpty)
        }
    }

    @Test("overlapping sessions: our mentor cannot agree to two; two that a remote mentor agreed to do not both stand")
    func overlap() {
        for custody in [Custody.here, .mirror] {
            let decision = Sample.session(.pending, custody).hearing(.accepting, by: .mentor, mentorIsFree: false)
            #expect(decision.refusal == .slotTaken)
        }
        let remote = pending.hearing(.accepting, by: .mentor, mentorIsFree: false)
        #expect(remote.event?.kind == .cancelled(Reason(.taken)))
    }

    @Test("a peer restored an old backup: our revision stands and is stated; where nobody can tell what was meant it ends")
    func oldBackup() {
        let mirror = Sample.session(.scheduled, .mirror)
        let moved = mirror.hearing(mirror.moved(to: Sample.otherSlot), by: .mentee, revision: 3).session
        let older = moved.hearing(mirror.moved(to: Sample.thirdSlot), by: .mentee, revision: 2, now: minutes(1))
        #expect(older.refusal == .staleRevision(current: 3))
        #expect(older.replies == [.acknowledge])
        #expect(older.session.slot == Sample.otherSlot)
        let same = moved.hearing(mirror.moved(to: Sample.thirdSlot), by: .mentee, revision: 3, now: minutes(1))
        #expect(same.event?.kind == .cancelled(Reason(.scheduleConflict)))
        let above = pending.hearing(.accepting, by: .mentor, revision: 3)
        #expect(above.event?.kind == .cancelled(Reason(.scheduleConflict)))
        #expect(above.session.ending?.by == .clock)
    }

    @Test("an actor moved: known by the old id until the new one acts")
    func actorMoved() {
        let moved = ActorID(rawValue: 9)
        #expect(pending.role(of: moved, formerly: [Sample.noor]) == .mentor)
        let adopted = pending.replacing(.mentor, by: moved)
        #expect(adopted.role(of: moved) == .mentor)
        #expect(adopted.role(of: Sample.noor) == nil)
    }

    @Test("an actor is deleted: their open sessions end, in the way that is theirs")
    func actorDeleted() {
        let leave = { (role: Role, session: Session) in
            SessionRules.departure(of: role, from: session, reason: Sample.words, now: Sample.waiting)
        }
        for custody in Custody.allCases {
            for role in [Role.mentee, .mentor] {
                for status in [SessionStatus.pending, .scheduled] {
                    let session = Sample.session(status, custody)
                    let action = leave(role, session)
                    let after = action.map { session.hearing($0, by: role).session }
                    #expect(
                        after.map { [.cancelled, .declined].contains($0.status) } == true,
                        "\(custody) \(role) \(status)")
                }
                #expect(leave(role, Sample.session(.completed, custody)) == nil)
            }
        }
    }
}
