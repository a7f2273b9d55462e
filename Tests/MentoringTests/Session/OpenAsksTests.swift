import Testing
import Wire

@testable import Mentoring

struct OpenAsksTests {
    @Test(
        "As long as some are left nothing is refused",
        arguments: [(0, 5, 5), (4, 5, 1), (5, 5, 0), (7, 5, 0), (0, 1, 1), (1, 1, 0)])
    func counts(open: Int, most: Int, left: Int) {
        let asks = OpenAsks(open: open, most: most)
        #expect(asks.left == left)
        #expect((asks.refusal == nil) == (left > 0))
        if let refusal = asks.refusal { #expect(refusal.contains("\(most)") && refusal.contains("\(open)")) }
    }

    @Test(
        "A request from elsewhere is turned away with the reason that it has",
        arguments: [
            (true, false, 0, Reason.Code.policy), (false, true, 0, .capacity), (false, false, 5, .policy),
            (true, true, 5, .policy),
        ])
    func reasons(isPaused: Bool, isFull: Bool, open: Int, code: Reason.Code) {
        let terms = MentorTerms(
            mentor: Sample.noor, isAccepting: !isPaused, acquaintance: .stranger, isFull: isFull)
        let verdict = RemoteRequestTests.request.judged(
            from: Sample.mika, to: terms, id: Sample.session().id, withdrawal: nil,
            asks: OpenAsks(open: open, most: 5), now: Sample.asked)
        guard case .unwelcome(_, _, let reason) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(reason.code == code)
        #expect((reason.text != nil) == !isPaused)
    }

    @Test("Somebody who is full takes requests of the mentees that they have")
    func fullForOthers() throws {
        let profile = MentorProfile(
            bio: "", expertise: [], languages: [], zone: .utc, isAccepting: true, mostMentees: 1, offers: [],
            audience: .anyone, isPublished: true
        ).with(isFull: true)
        let stranger = MentorTerms(profile, of: Sample.noor, askedBy: .stranger)
        #expect(stranger.admission == .full)
        #expect(MentorTerms(profile, of: Sample.noor, askedBy: .known, isMentee: true).admission == .admitted)
        let paused = MentorTerms(profile.with(isAccepting: false), of: Sample.noor, askedBy: .known, isMentee: true)
        #expect(paused.admission == .notAccepting)
    }
}
