/// When an activity is tried again that could not be handed over.
///
/// Fourteen attempts over six days: at once, then after 15 s, 1 min, 4 min, 15 min, 1 h, 3 h, 6 h and 12 h, then daily.
/// Each wait is spread by a fifth either way, so that a host that comes back is not hit by all at once.
package struct DeliverySchedule: Sendable {
    static let waits: [Duration] = [
        .seconds(15), .seconds(60), .seconds(240), .seconds(900), .seconds(3600), .seconds(3 * 3600),
        .seconds(6 * 3600), .seconds(12 * 3600),
    ]
    static let daily: Duration = .seconds(24 * 3600)
    package static let attempts = 14

    private let pace: Double

    /// - Parameter pace: a factor on every wait; 1 in production.
    package init(pace: Double) { self.pace = pace }

    /// The wait after an attempt, counted from 1; nil when it was the last.
    ///
    /// - Parameter spread: a random number in 0..<1.
    package func wait(afterAttempt attempt: Int, spread: Double) -> Duration? {
        guard attempt < Self.attempts else { return nil }
        let wait = attempt - 1 < Self.waits.count ? Self.waits[max(attempt - 1, 0)] : Self.daily
        return wait * pace * (0.8 + 0.4 * spread)
    }
}
