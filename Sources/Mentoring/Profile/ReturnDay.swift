package import Foundation
package import Wire

/// The day on which a mentor who pauses comes back, as the calendar in the mentor's zone shows it: `2027-03-01`.
package struct ReturnDay: Hashable, Sendable, CustomStringConvertible {
    /// A longer absence is none of which the end is known.
    package static let mostDays = 731

    package let day: CalendarDay

    /// Reads a date of RFC 3339; nil for what is no day of the years 1970…9999.
    package init?(_ text: String) {
        guard let day = CalendarDay(text) else { return nil }
        self.day = day
    }

    /// The first day that does not begin before a moment.
    package init(notBefore moment: Date, in zone: TimeZoneName) {
        let second = moment.second(.up)
        let number = ZoneClock.day(of: second, in: zone)
        day = CalendarDay(number: ZoneClock.start(ofDay: number, in: zone) < second ? number + 1 : number)
    }

    package var text: String { day.description }
    package var description: String { text }

    /// When the day begins there.
    package func start(in zone: TimeZoneName) -> Date { Date(second: ZoneClock.start(ofDay: day.number, in: zone)) }

    /// Whether the day is to come, and near enough to be meant.
    package func isAhead(of now: Date, in zone: TimeZoneName) -> Bool {
        let wait = start(in: zone).timeIntervalSince(now)
        return wait > 0 && wait <= Double(Self.mostDays) * 86_400
    }
}
