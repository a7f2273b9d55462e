/// A time of day as a clock on the wall shows it, to the minute. The last one, 24:00, is only ever an end.
package struct WallTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    static let advice = "Use hours and minutes from 00:00 to 24:00."

    /// Minutes since midnight as the wall clock counts them, 0 to 1440.
    package let minutes: Int

    package init?(minutes: Int) {
        guard (0...1440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// Reads `09:30`; nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
        var numbers: [Int] = []
        for byte in [bytes[0], bytes[1], bytes[3], bytes[4]] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            numbers.append(Int(byte - UInt8(ascii: "0")))
        }
        let (hour, minute) = (numbers[0] * 10 + numbers[1], numbers[2] * 10 + numbers[3])
        guard minute < 60 else { return nil }
        self.init(minutes: hour * 60 + minute)
    }

    package var description: String {
        let (hour, minute) = (minutes / 60, minutes % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    package static func < (left: WallTime, right: WallTime) -> Bool { left.minutes < right.minutes }
}

/// A part of a day in which a mentor takes sessions: from one time of the wall clock up to another of the same day.
///
/// It is open whenever the wall clock of the mentor's zone shows a time in it. So what the clock skips when it goes
/// forward is not there, and what it shows twice when it goes back is open both times.
package struct OpenHours: Hashable, Sendable, CustomStringConvertible {
    package let from: WallTime
    package let to: WallTime

    /// nil unless it ends after it begins.
    package init?(from: WallTime, to: WallTime) {
        guard from < to else { return nil }
        self.from = from
        self.to = to
    }

    package func overlaps(_ other: OpenHours) -> Bool { from < other.to && other.from < to }

    package var description: String { "\(from)-\(to)" }
}
