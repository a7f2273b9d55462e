import Outbound
import Testing

@testable import Federation

struct DeliveryVerdictTests {
    @Test(arguments: [200, 201, 202, 204, 299])
    func delivered(status: Int) {
        #expect(DeliveryVerdict.of(status: status, retryAfter: .seconds(9), attempt: 1) == .delivered)
    }

    @Test(arguments: [408, 425, 429, 500, 502, 503, 504, 522, 599])
    func retriesWhatMayPass(status: Int) {
        for attempt in [1, 9] {
            #expect(
                DeliveryVerdict.of(status: status, retryAfter: .seconds(9), attempt: attempt)
                    == .retry(after: .seconds(9), reason: "answered \(status)"))
        }
    }

    @Test("No later attempt succeeds", arguments: [100, 400, 405, 406, 409, 413, 415, 422, 424, 451, 501, 600])
    func failsForGood(status: Int) {
        #expect(
            DeliveryVerdict.of(status: status, retryAfter: nil, attempt: 1) == .failed(reason: "answered \(status)"))
    }

    @Test("A redirect that could not be followed may be set right", arguments: [300, 301, 302, 303, 307, 308])
    func retriesRedirects(status: Int) {
        #expect(
            DeliveryVerdict.of(status: status, retryAfter: nil, attempt: 1)
                == .retry(after: nil, reason: "answered \(status), which is not followed"))
    }

    @Test func namesRefusals() {
        #expect(DeliveryVerdict.of(status: 403, retryAfter: nil, attempt: 1) == .failed(reason: "refused by peer"))
        #expect(DeliveryVerdict.of(status: 410, retryAfter: nil, attempt: 1) == .gone)
    }

    @Test("A 404 is tried once more, then the actor is asked", arguments: [(1, false), (2, true), (9, true)])
    func asksAfterSecondNotFound(attempt: Int, isLost: Bool) {
        let verdict = DeliveryVerdict.of(status: 404, retryAfter: .seconds(9), attempt: attempt)
        let reason = "answered 404; if it does again, the actor is asked for its inbox"
        #expect(verdict == (isLost ? .lost : .retry(after: .seconds(9), reason: reason)))
    }

    @Test(arguments: [(1, true), (2, true), (5, true), (6, false), (7, false)])
    func triesSixTimesWhenUnauthorised(attempt: Int, again: Bool) {
        let verdict = DeliveryVerdict.of(status: 401, retryAfter: nil, attempt: attempt)
        #expect(verdict == (again ? .retry(after: nil, reason: "answered 401") : .failed(reason: "answered 401")))
    }

    @Test(arguments: OutboundError.allCases)
    func followsTheKindOfError(error: OutboundError) {
        let expected: DeliveryVerdict =
            error.isTransient ? .retry(after: nil, reason: error.rawValue) : .failed(reason: error.rawValue)
        #expect(DeliveryVerdict.of(error) == expected)
    }
}

struct HostSignTests {
    static let signs: [(Int, Duration?, HostSign)] = [
        (200, nil, .answers), (400, nil, .answers), (401, nil, .answers), (404, nil, .answers), (410, nil, .answers),
        (500, nil, .fails), (501, nil, .answers), (503, .seconds(60), .fails), (429, nil, .answers),
        (429, .zero, .answers), (429, .seconds(60), .asksForTime(.seconds(60))),
    ]

    @Test(
        "An error of the server's own is a failure of the host; whatever else it says shows that it is there",
        arguments: signs)
    func ofStatus(status: Int, retryAfter: Duration?, sign: HostSign) {
        #expect(HostSign.of(status: status, retryAfter: retryAfter) == sign)
    }

    @Test(arguments: OutboundError.allCases)
    func ofError(error: OutboundError) {
        let isOurs: Set<OutboundError> = [.cancelled, .shutDown]
        #expect(HostSign.of(error) == (error.isTransient && !isOurs.contains(error) ? .fails : .nothing))
    }
}

struct DeliveryScheduleTests {
    /// Seconds after attempts 1 to 14 in the middle of the spread.
    static let waits: [Double?] = [
        15, 60, 240, 900, 3600, 10_800, 21_600, 43_200, 86_400, 86_400, 86_400, 86_400, 86_400, nil,
    ]

    @Test(arguments: zip(1...14, waits))
    func waitsLonger(attempt: Int, seconds: Double?) {
        let schedule = DeliverySchedule(pace: 1)
        #expect(schedule.wait(afterAttempt: attempt, spread: 0.5).map { $0 / .seconds(1) } == seconds)
        guard let seconds else { return }
        let bounds = [0, 0.999].compactMap { schedule.wait(afterAttempt: attempt, spread: $0) }.map { $0 / .seconds(1) }
        #expect(bounds.count == 2)
        #expect(bounds.allSatisfy { abs($0 - seconds) <= seconds / 5 * 1.001 })
    }

    @Test(arguments: [14, 15, Int.max])
    func ends(attempt: Int) {
        #expect(DeliverySchedule(pace: 1).wait(afterAttempt: attempt, spread: 0) == nil)
    }

    @Test(arguments: [0, -1, Int.min + 1])
    func takesAnyCount(attempt: Int) {
        #expect(DeliverySchedule(pace: 1).wait(afterAttempt: attempt, spread: 0.5) == .seconds(15))
    }

    @Test func hasAPace() {
        #expect(DeliverySchedule(pace: 0.001).wait(afterAttempt: 2, spread: 0.5) == .milliseconds(60))
    }

    @Test("Six days altogether")
    func sixDays() {
        let total = Self.waits.compactMap(\.self).reduce(0, +) / 86_400
        #expect((5.5...6.5).contains(total))
    }
}
