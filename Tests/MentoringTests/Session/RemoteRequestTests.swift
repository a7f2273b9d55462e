import Foundation
import Testing
import Wire

@testable import Mentoring

@Suite struct RemoteRequestTests {
    static let request = RemoteRequest(
        event: Sample.uri("https://a.example/sessions/1"), invite: Sample.activity("invite", of: "a.example"),
        requester: Sample.uri("https://a.example/users/mika"), attributedTo: Sample.uri("https://a.example/users/mika"),
        kind: SessionKind(name: "zen_hour", label: "Zen hour", pricing: nil), topic: "Portfolio",
        start: Sample.slot.start, end: Sample.slot.end, zone: "Europe/Berlin")

    static let open = MentorTerms(mentor: Sample.noor, acquaintance: .stranger)

    func judge(
        _ change: (inout RemoteRequest) -> Void = { _ in }, terms: MentorTerms = open, withdrawal: Withdrawal? = nil
    ) -> RequestVerdict {
        var request = Self.request
        change(&request)
        return request.judged(
            from: Sample.mika, to: terms, id: Sample.session().id, withdrawal: withdrawal, now: Sample.asked)
    }

    @Test("a request is kept as a mirror, with its foreign type and label")
    func welcomes() throws {
        guard case .welcome(let session, let event) = judge() else {
            Issue.record("\(judge())")
            return
        }
        #expect(session.custody == .mirror)
        #expect(session.status == .pending)
        #expect(session.kind.label == "Zen hour")
        #expect(session.slot.minutes == 45)
        #expect(session.slot.zone.name == "Europe/Berlin")
        #expect(session.answerBy == Sample.asked.addingTimeInterval(7 * 86_400))
        #expect(event.kind == .requested)
        #expect(event.activity == session.invite)
    }

    struct Flaw: Sendable {
        let refusal: RequestRefusal
        let spoil: @Sendable (inout RemoteRequest) -> Void

        init(_ refusal: RequestRefusal, _ spoil: @escaping @Sendable (inout RemoteRequest) -> Void) {
            self.refusal = refusal
            self.spoil = spoil
        }
    }

    static let flaws = [
        Flaw(.foreignEvent) { $0.event = Sample.uri("https://b.example/sessions/1") },
        Flaw(.foreignEvent) { $0.event = Sample.uri("http://a.example/sessions/1") },
        Flaw(.foreignEvent) { $0.invite = Sample.activity("x", of: "c.example") },
        Flaw(.foreignEvent) { $0.attributedTo = Sample.uri("https://a.example/users/other") },
        Flaw(.notARequest) { $0.state = .scheduled },
        Flaw(.notARequest) { $0.revision = -1 },
        Flaw(.notARequest) { $0.revision = .max },
        Flaw(.startInPast) { $0.start = Sample.asked },
        Flaw(.startInPast) { $0.start = .distantPast },
        Flaw(.endNotAfterStart) { $0.end = $0.start },
        Flaw(.endNotAfterStart) { $0.end = .distantPast },
        Flaw(.tooLong) { $0.end = $0.start.addingTimeInterval(8 * 3600 + 1) },
        Flaw(.tooLong) { $0.end = .distantFuture },
        Flaw(.tooLong) { $0.end = Date(timeIntervalSince1970: .infinity) },
    ]

    @Test("drops what no honest peer sends", arguments: flaws.indices) func drops(index: Int) {
        #expect(judge(Self.flaws[index].spoil) == .refused(Self.flaws[index].refusal))
    }

    @Test("nobody asks themself")
    func refusesSelf() {
        #expect(judge(terms: MentorTerms(mentor: Sample.mika, acquaintance: .known)) == .refused(.selfRequest))
    }

    @Test("an Event withdrawn before it came is refused")
    func refusesWithdrawn() {
        let withdrawal = Withdrawal(event: Self.request.event, by: Self.request.requester, at: Sample.asked)
        #expect(judge(withdrawal: withdrawal) == .refused(.withdrawn))
    }

    @Test("foreign text is made to fit, an unknown zone is UTC, an absurd answer time is capped")
    func fitsText() {
        let verdict = judge {
            $0.topic = String(repeating: "x", count: 300) + "\u{0}"
            $0.message = "one\u{0}two\r\nthree" + String(repeating: "y", count: 9000)
            $0.zone = "Mars/Olympus"
            $0.answerBy = .distantFuture
        }
        guard case .welcome(let session, _) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(session.topic.count == 200)
        #expect(session.message.count == 5000)
        #expect(session.message.hasPrefix("onetwo\nthree"))
        #expect(session.slot.zone == .utc)
        #expect(session.answerBy == session.slot.start)
    }

    @Test("a request without words is called by its type")
    func namesEmptyTopic() {
        guard case .welcome(let session, _) = judge({ $0.topic = " \n" }) else { return #expect(Bool(false)) }
        #expect(session.topic == "Zen hour")
    }

    @Test(
        "whom the mentor's settings shut out is declined by policy, without a person",
        arguments: [
            MentorTerms(mentor: Sample.noor, isAccepting: false, acquaintance: .known),
            MentorTerms(mentor: Sample.noor, audience: .followers, acquaintance: .stranger),
            MentorTerms(mentor: Sample.noor, audience: .known, acquaintance: .follower),
            MentorTerms(mentor: Sample.noor, audience: .nobody, acquaintance: .known),
        ])
    func declinesByPolicy(terms: MentorTerms) {
        guard case .unwelcome(let session, _, let reason) = judge(terms: terms) else { return #expect(Bool(false)) }
        #expect(reason == Reason(.policy))
        let declined = session.hearing(.decline(reason), by: .clock, now: Sample.asked)
        #expect(declined.session.status == .declined)
        #expect(declined.session.answer?.kind == .declined)
    }

    @Test("the same Event again is the same session; our answer goes back when it is an hour old")
    func repeatsAnswer() {
        let mirror = Sample.session(.scheduled, .mirror)
        let again = { (session: Session, now: Date) in
            SessionRules.decideRepeatedRequest(
                Self.request, from: Sample.mika, on: session, now: now, mentorIsFree: true)
        }
        #expect(again(mirror, minutes(119, after: Sample.asked)).replies == [])
        let repeated = again(mirror, minutes(120, after: Sample.asked))
        #expect(repeated.refusal == .duplicate)
        #expect(repeated.replies == [.repeatAnswer(Sample.activity("accept"))])
        #expect(again(repeated.session, minutes(130, after: Sample.asked)).replies == [])
        #expect(again(Sample.session(.pending, .mirror), Sample.waiting).replies == [])
    }

    @Test("a repeated request with a newer revision is the move that was lost; from anybody else it is nothing")
    func readsMoveFromRepeatedRequest() {
        var newer = Self.request
        newer.revision = 2
        newer.start = Sample.otherSlot.start
        newer.end = Sample.otherSlot.end
        let mirror = Sample.session(.pending, .mirror)
        let moved = SessionRules.decideRepeatedRequest(
            newer, from: Sample.mika, on: mirror, now: Sample.waiting, mentorIsFree: true)
        #expect(moved.session.revision == 2)
        #expect(moved.session.slot.isSameTime(as: Sample.otherSlot))
        let spoofed = SessionRules.decideRepeatedRequest(
            newer, from: Sample.stranger, on: mirror, now: Sample.waiting, mentorIsFree: true)
        #expect(spoofed == .refused(.wrongActor, mirror, replies: []))
    }

    @Test("who counts no revisions moves by asking again for another time")
    func readsMoveWithoutRevision() {
        var same = Self.request
        same.revision = nil
        same.place = Place(medium: .inPerson, detail: "Library")
        let mirror = Sample.session(.pending, .mirror)
        let hear = { (request: RemoteRequest) in
            SessionRules.decideRepeatedRequest(
                request, from: Sample.mika, on: mirror, now: Sample.waiting, mentorIsFree: true)
        }
        #expect(hear(same).refusal == .duplicate)
        same.start = Sample.otherSlot.start
        same.end = Sample.otherSlot.end
        let moved = hear(same).session
        #expect(moved.revision == 1 && moved.slot.isSameTime(as: Sample.otherSlot))
    }
}
