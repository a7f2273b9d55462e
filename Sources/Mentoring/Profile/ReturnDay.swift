package import Foundation
package import Wire

/// The day on which a mentor who pauses comes back, as the calendar in the mentor's zone shows it: `2027-03-01`.
package struct ReturnDay: Hashable, Sendable, CustomStringConvertible {
    /// A longer absence is none of which the end is known.
    package static let mostDays = 731

    package let text: String

    /// Reads a date of RFC 3339; nil for what is no day of the years 1970…9999.
    package init?(_ text: String) {
        guard text.utf8.count == 10, DateTime.parse(text + "T00:00:00Z") != nil else { return nil }
        self.text = text
    }

    package var description: String { text }

    /// When the day begins there. Where clocks change at midnight it may be the other side of the change.
    package func start(in zone: TimeZoneName) -> Date {
        let midnight = DateTime.parse(text + "T00:00:00Z") ?? .distantFuture
        let guess = midnight.addingTimeInterval(-Double(zone.timeZone.secondsFromGMT(for: midnight)))
        return midnight.addingTimeInterval(-Double(zone.timeZone.secondsFromGMT(for: guess)))
    }

    /// Whether the day is to come, and near enough to be meant.
    package func isAhead(of now: Date, in zone: TimeZoneName) -> Bool {
        let wait = start(in: zone).timeIntervalSince(now)
        return wait > 0 && wait <= Double(Self.mostDays) * 86_400
    }
}
