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

    @Test(
        "No later attempt succeeds; a redirect is not followed",
        arguments: [
            100, 301, 302, 307, 308, 400, 403, 404, 405, 409, 410, 413, 415, 422, 501, 600,
        ])
    func failsForGood(status: Int) {
        #expect(
            DeliveryVerdict.of(status: status, retryAfter: nil, attempt: 1) == .failed(reason: "answered \(status)"))
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
