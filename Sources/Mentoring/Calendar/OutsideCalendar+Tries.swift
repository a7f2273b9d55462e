package import Foundation

/// Why a try gave no times.
package struct CalendarFailure: Hashable, Sendable {
    /// A sentence for the owner, which does not name the address.
    package let sentence: String
    /// Whether it will be the same until somebody does something about it.
    package let isLasting: Bool
    /// How long the other side asks to be left alone.
    package let wait: Duration?

    package init(_ sentence: String, isLasting: Bool, wait: Duration? = nil) {
        self.sentence = sentence
        self.isLasting = isLasting
        self.wait = wait
    }
}

extension OutsideCalendar {
    /// Between two tries while all is well, give or take a sixth, so that what was added at once is not read at once.
    static let pause: TimeInterval = 1800
    static let longestPause: TimeInterval = 6 * 3600
    /// How long one has to wait to have it read again out of turn.
    package static let shortestPause: TimeInterval = 60
    /// Failures that may pass come and go: this many in a row are told.
    static let patience = 3

    /// - Parameter dice: from 0 up to 1.
    package func read(_ copy: Copy, unreadable: Int, dice: Double) -> OutsideCalendar {
        var next = good(at: copy.readAt, dice: dice)
        next.copy = copy
        next.unreadable = unreadable
        return next
    }

    /// It is as it was when it was read.
    package func unchanged(at now: Date, dice: Double) -> OutsideCalendar { good(at: now, dice: dice) }

    /// What was known before stays.
    package func failed(_ failure: CalendarFailure, at now: Date, dice: Double) -> OutsideCalendar {
        var next = self
        next.failures = min(failures + 1, 1_000_000)
        next.failure = failure.sentence
        next.lastTriedAt = now
        let doublings = min(next.failures - 1, 10)
        let wait = max(Self.pause * Double(1 << doublings), (failure.wait ?? .zero) / .seconds(1))
        next.nextTryAt = Self.time(min(wait, Self.longestPause), after: now, dice)
        return next
    }

    /// Whether its owner is to be told after such a failure.
    package func isToBeTold(of failure: CalendarFailure) -> Bool {
        !isTold && (failure.isLasting || failures >= Self.patience)
    }

    package var told: OutsideCalendar {
        var next = self
        next.isTold = true
        return next
    }

    /// Its owner takes no requests, so that nobody needs to know.
    package func postponed(at now: Date, dice: Double) -> OutsideCalendar {
        var next = self
        next.nextTryAt = Self.time(Self.pause, after: now, dice)
        return next
    }

    /// Somebody wants it to be read at once.
    package func asked(at now: Date) -> OutsideCalendar {
        var next = self
        next.nextTryAt = Self.turn(at: now)
        return next
    }

    /// A time for a try: whole seconds are the same however they are written down.
    package static func turn(at time: Date) -> Date {
        Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded(.down))
    }

    private func good(at now: Date, dice: Double) -> OutsideCalendar {
        var next = self
        next.failures = 0
        next.failure = nil
        next.isTold = false
        next.lastTriedAt = now
        next.lastGoodAt = now
        next.nextTryAt = Self.time(Self.pause, after: now, dice)
        return next
    }

    private static func time(_ pause: TimeInterval, after now: Date, _ dice: Double) -> Date {
        turn(at: now.addingTimeInterval((pause * (5 / 6 + dice / 3)).rounded()))
    }
}
