import Foundation
import Testing
import Wire

@testable import Mentoring

struct HoldingTests {
    private func after(_ hours: Double) -> Date { Sample.asked.addingTimeInterval(hours * 3600) }

    @Test("A request keeps its time as long as its mentor wants, never longer than it waits or than its owner believes")
    func ends() {
        let rows: [(Holding, stated: Double?, end: Double?)] = [
            (.never, nil, nil), (.never, 5, nil), (.always, nil, 48), (.always, 5, 5), (.always, 500, 48),
            (.first(hours: 24), nil, 24), (.first(hours: 24), 5, 5), (.first(hours: 24), 47, 24),
            (.first(hours: 168), nil, 48), (.first(hours: 24), 0, nil), (.always, -5, nil),
        ]
        for (holding, stated, end) in rows {
            let found = holding.end(since: Sample.asked, answerBy: after(48), stated: stated.map(after))
            #expect(found == end.map(after), "\(holding) \(stated ?? -1)")
        }
    }

    @Test("Its text is read back as it was, and nothing else is read")
    func text() {
        for holding: Holding in [.always, .never, .first(hours: 1), .first(hours: 168)] {
            #expect(Holding(holding.description) == holding)
        }
        for text in ["", "0", "169", "-1", "Always", "24h", "99999999999999999999"] { #expect(Holding(text) == nil) }
    }

    static let drafts: [(HoldingDraft, Holding?)] = [
        (HoldingDraft(), .standard), (HoldingDraft(requests: "first", hours: 1), .first(hours: 1)),
        (HoldingDraft(requests: "always"), .always), (HoldingDraft(requests: "never"), .never),
        (HoldingDraft(requests: "first", hours: 0), nil), (HoldingDraft(requests: "first", hours: 169), nil),
        (HoldingDraft(requests: "never", hours: 5), nil), (HoldingDraft(requests: "Always"), nil),
    ]

    @Test("What a mentor enters is checked", arguments: drafts.indices) func checks(index: Int) {
        let (draft, holding) = Self.drafts[index]
        var checks = FieldChecks()
        let found = draft.checked("holding", &checks)
        #expect(checks.errors.isEmpty == (holding != nil))
        if let holding { #expect(found == holding) }
    }
}

/// How long the time asked for is kept, from the question to the answer.
struct HeldUntilTests {
    static let dayLater = Sample.asked.addingTimeInterval(86_400)

    /// A request of ours that keeps its time for a day.
    static func asked(_ custody: Custody) -> Session {
        let request = CheckedRequest(
            mentee: Sample.mika, mentor: Sample.noor,
            kind: SessionKind(name: "artistic", label: "Art", pricing: .mentorSetsRate), topic: "T", message: "",
            slot: Sample.slot, place: Place(medium: .online), rate: nil, answers: [])
        return request.session(
            id: UUID(), uri: Sample.uri("https://a.example/sessions/1"),
            invite: Sample.activity("invite", of: "a.example"), custody: custody, holding: .standard, now: Sample.asked
        ).0
    }

    @Test("Every answer ends it", arguments: Custody.allCases) func answers(custody: Custody) {
        let session = Self.asked(custody)
        #expect(session.heldUntil == Self.dayLater)
        for (action, role) in [
            (SessionAction.accepting, Role.mentor), (.decline(Sample.words), .mentor), (.cancel(Sample.words), .mentee),
        ] {
            let decision = session.hearing(action, by: role, revision: 0, now: minutes(1, after: Sample.asked))
            #expect(decision.event != nil)
            #expect(decision.session.heldUntil == nil)
        }
        let expired = session.hearing(.expire, by: .clock, now: session.slot.start)
        #expect(expired.session.status == .expired && expired.session.heldUntil == nil)
    }

    @Test("A move keeps the new time anew, by the policy and by what its owner states")
    func moves() {
        for (holding, end) in [(Holding.never, nil), (.first(hours: 2), 120.0), (.always, 7 * 1440)] {
            let moved = Self.asked(.here).hearing(
                Self.asked(.here).moved(to: Sample.otherSlot), by: .mentee, holding: holding
            ).session
            #expect(moved.heldUntil == end.map { min(minutes($0), moved.answerBy) })
        }
        let mirror = Sample.session(.pending, .mirror)
        let move = Move(
            slot: Sample.otherSlot, place: mirror.place, rate: nil, heldUntil: minutes(30))
        let moved = mirror.hearing(.reschedule(move), by: .mentee, revision: 1, holding: .first(hours: 2)).session
        #expect(moved.heldUntil == minutes(30))
    }

    @Test("A declined session that its owner moves keeps nothing")
    func declined() {
        let declined = Sample.session(.declined, .mirror)
        let moved = declined.hearing(
            declined.moved(to: Sample.otherSlot), by: .mentee, revision: 1, holding: .always
        ).session
        #expect(moved.status == .declined && moved.heldUntil == nil)
    }

    @Test("What is kept is the time of who waits, as long as it has an end to come; never where the mentor is elsewhere")
    func heldTime() throws {
        let session = Self.asked(.here)
        let held = try #require(session.heldTime(id: session.id, now: Sample.asked))
        #expect(held.start == Sample.slot.start && held.minutes == 45 && held.until == Self.dayLater)
        #expect(held.holder == Sample.mika && held.mentor == Sample.noor && held.session == session.id)
        #expect(session.heldTime(id: session.id, now: Self.dayLater) == nil)
        #expect(Self.asked(.owner).heldTime(id: session.id, now: Sample.asked) == nil)
        let agreed = session.hearing(.accepting, by: .mentor).session
        let dearer = Move(slot: session.slot, place: session.place, rate: Sample.twentyEuro)
        let moved = agreed.hearing(.reschedule(dearer), by: .mentee, holding: .always).session
        #expect(moved.heldUntil != nil && moved.heldTime(id: session.id, now: Sample.waiting) == nil)
    }

    @Test("A request from elsewhere is granted no more than the mentor gives, and no more than it states")
    func remote() throws {
        for (stated, granted) in [(nil, 24.0), (5.0, 5), (30, 24)] as [(Double?, Double)] {
            let request = RemoteRequest(
                event: Sample.uri("https://a.example/sessions/1"), invite: Sample.activity("invite", of: "a.example"),
                requester: Sample.uri("https://a.example/users/mika"),
                attributedTo: Sample.uri("https://a.example/users/mika"),
                kind: SessionKind(name: "artistic", label: "Art", pricing: nil), topic: "T", start: Sample.slot.start,
                end: Sample.slot.end, heldUntil: stated.map { Sample.asked.addingTimeInterval($0 * 3600) })
            let verdict = request.judged(
                from: Sample.mika,
                to: MentorTerms(mentor: Sample.noor, isAccepting: true, acquaintance: .known), id: UUID(),
                withdrawal: nil, holding: .standard, now: Sample.asked)
            guard case .welcome(let session, _) = verdict else {
                Issue.record("\(verdict)")
                return
            }
            #expect(session.heldUntil == Sample.asked.addingTimeInterval(granted * 3600))
        }
    }
}

/// What stands in the way of an acceptance.
struct ClashTests {
    static func search(_ taken: [TakenTime]) -> SlotSearch {
        let limits = BookingLimits(notice: 0, bufferBefore: 10, bufferAfter: 30)
        return SlotSearch(
            Availability(zone: .utc, rules: [], limits: ["artistic": limits]), type: "artistic", minutes: 60,
            taken: taken, now: Sample.asked)
    }

    static func time(_ kind: TakenTime.Kind, _ from: Double, _ to: Double) -> TakenTime {
        let start = Sample.slot.start
        return TakenTime(
            start: start.addingTimeInterval(from * 60), end: start.addingTimeInterval(to * 60), kind: kind, type: nil)
    }

    static let rows: [(TakenTime, Bool)] = [
        (time(.session, 0, 60), true), (time(.session, 60, 90), true), (time(.session, 89, 99), true),
        (time(.session, 90, 99), false), (time(.session, -60, -10), false), (time(.session, -60, -9), true),
        (time(.ownSession, 30, 31), true), (time(.request, 70, 80), true), (time(.hold, 0, 60), true),
        (time(.calendar, 0, 60), false),
    ]

    @Test("Everything counts that is at the time or nearer than the buffers allow, but for calendars elsewhere")
    func counts() {
        for (taken, isNear) in Self.rows {
            #expect(Self.search([taken]).clashes(at: Sample.slot.start) == (isNear ? [taken] : []), "\(taken)")
        }
    }

    @Test("What overlaps is told first, and a session before what is kept")
    func gravest() {
        let (near, kept, session) = (Self.time(.session, -60, -5), Self.time(.hold, 0, 30), Self.time(.session, 30, 60))
        #expect(Self.search([]).gravestClash(at: Sample.slot.start) == nil)
        #expect(Self.search([near]).gravestClash(at: Sample.slot.start) == near)
        #expect(Self.search([near, kept]).gravestClash(at: Sample.slot.start) == kept)
        #expect(Self.search([near, kept, session]).gravestClash(at: Sample.slot.start) == session)
    }

    @Test("The mentor accepts in spite of it by saying so; the history tells", arguments: [Custody.here, .mirror])
    func overrides(custody: Custody) {
        let near = Self.time(.session, -60, -5)
        let override = SessionAction.accept(place: nil, note: "Yes", override: true)
        for session in [Sample.session(.pending, custody), Sample.session(.declined, custody)] {
            let refused = session.hearing(.accepting, by: .mentor, clash: near)
            #expect(refused.refusal == .tooNear(near) && refused.session == session)
            let accepted = session.hearing(override, by: .mentor, clash: near)
            #expect(accepted.event?.kind == .accepted(note: "Yes", despite: near))
            #expect(session.hearing(override, by: .mentor, mentorIsFree: false, clash: near).refusal == .slotTaken)
        }
        // What cannot be accepted anyway is refused for its own reason.
        #expect(
            Sample.session(.scheduled, custody).hearing(.accepting, by: .mentor, clash: near).refusal
                == .alreadyAnswered)
        #expect(
            Sample.session(.pending, custody).hearing(.accepting, by: .mentor, now: Sample.begun, clash: near).refusal
                == .tooLate)
    }
}
