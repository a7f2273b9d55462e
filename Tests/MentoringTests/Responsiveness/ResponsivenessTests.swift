import Foundation
import Testing

@testable import Mentoring

@Suite struct ResponsivenessTests {
    private static let now = Sample.longAfter

    /// An ask of some days ago: answered after some hours, missed, or (nil) still open or taken back.
    private static func ask(_ days: Double, answered hours: Double? = nil, missed: Bool = false) -> Responsiveness.Ask {
        let asked = now.addingTimeInterval(-days * 86_400)
        return Responsiveness.Ask(
            askedAt: asked, answeredAt: hours.map { asked.addingTimeInterval($0 * 3600) }, isMissed: missed)
    }

    struct Case: Sendable {
        let asks: [Responsiveness.Ask]
        /// Days since the mentor last did something.
        var idle: Double?
        var share: Int?
        var hours: Int?
        var activity: Responsiveness.Activity?
        var standing: Standing
    }

    static let cases = [
        Case(asks: [], standing: .new),
        Case(asks: [ask(3, answered: 1), ask(2, answered: 1)], idle: 1, standing: .new),
        Case(asks: [ask(3, missed: true), ask(2, missed: true), ask(1)], standing: .new),
        Case(
            asks: [ask(3, answered: 1), ask(2, answered: 30), ask(1, answered: 2.5)], idle: 1, share: 100, hours: 3,
            activity: .week, standing: .responsive),
        Case(
            asks: [ask(3, answered: 1), ask(2, answered: 30), ask(1), ask(1, answered: 5), ask(9, missed: true)],
            idle: 7, share: 75, hours: 5, activity: .week, standing: .slow),
        Case(
            asks: [ask(20, answered: 1), ask(21, answered: 1), ask(22, answered: 0.01)], idle: 20, share: 100, hours: 1,
            activity: .month, standing: .responsive),
        Case(
            asks: [ask(60, answered: 1), ask(61, answered: 1), ask(62, answered: 1)], idle: 31, share: 100, hours: 1,
            standing: .slow),
        Case(asks: [ask(8, missed: true), ask(9, missed: true), ask(10, missed: true)], share: 0, standing: .silent),
        Case(
            asks: [ask(91, answered: 1), ask(92, answered: 1), ask(93, answered: 1), ask(9, missed: true)], idle: 90,
            standing: .new),
        // A move that nobody answered after an answer is no missed ask; a clock that went back is no negative wait.
        Case(
            asks: [ask(3, answered: 1, missed: true), ask(3, answered: -1), ask(3, answered: 200)], idle: 3, share: 100,
            hours: 1, activity: .week, standing: .responsive),
    ]

    @Test("what is told of a mentor, and how far up they stand", arguments: cases.indices) func tells(index: Int) {
        let one = Self.cases[index]
        let lastDeed = one.idle.map { Self.now.addingTimeInterval(-$0 * 86_400) }
        let found = Responsiveness(one.asks, lastDeed: lastDeed, now: Self.now)
        #expect(found?.answeredShare == one.share)
        #expect(found?.usualHours == one.hours)
        #expect(found?.activity == one.activity)
        #expect(Standing(found) == one.standing)
    }
}
