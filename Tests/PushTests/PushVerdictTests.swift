import Outbound
import Testing

@testable import Push

struct PushVerdictTests {
    @Test(
        "What a service answers decides about message and subscription",
        arguments: [
            (200, .sent), (201, .sent), (202, .sent), (400, .gone(reason: "answered 400")),
            (401, .gone(reason: "answered 401")), (403, .gone(reason: "answered 403")),
            (404, .gone(reason: "answered 404")), (408, .retry(after: .seconds(7), reason: "answered 408")),
            (410, .gone(reason: "answered 410")), (413, .gone(reason: "answered 413")),
            (429, .retry(after: .seconds(7), reason: "answered 429")),
            (500, .retry(after: .seconds(7), reason: "answered 500")),
            (503, .retry(after: .seconds(7), reason: "answered 503")), (302, .refused(reason: "answered 302")),
        ] as [(Int, PushVerdict)])
    func answers(status: Int, verdict: PushVerdict) {
        #expect(PushVerdict.of(status: status, retryAfter: .seconds(7)) == verdict)
    }

    @Test("What may work later is tried again, what may never be reached ends the subscription", arguments: OutboundError.allCases)
    func errors(error: OutboundError) {
        switch PushVerdict.of(error) {
        case .retry: #expect(error.isTransient)
        case .gone, .refused: #expect(!error.isTransient)
        case .sent: Issue.record("nothing was sent")
        }
    }

    @Test func attemptsEndWithinADay() {
        var total = Duration.zero
        var attempt = 1
        while let wait = PushVerdict.wait(afterAttempt: attempt) {
            total += wait
            attempt += 1
        }
        #expect(attempt == 8 && total < .seconds(24 * 3600))
        #expect(PushVerdict.wait(afterAttempt: 0) == nil)
    }
}
