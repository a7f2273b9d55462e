import Foundation
import Wire

extension Slot {
    /// The time in words, in the zone in which it was chosen: `Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin)`.
    package var text: String {
        let style = { (format: Date.FormatString) in
            Date.VerbatimFormatStyle(
                format: format, locale: Locale(identifier: "en_US_POSIX"), timeZone: zone.timeZone,
                calendar: Calendar(identifier: .gregorian))
        }
        let day = style(
            "\(weekday: .abbreviated) \(day: .defaultDigits) \(month: .abbreviated) \(year: .defaultDigits)")
        let clock = style("\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)")
        return "\(start.formatted(day)), \(start.formatted(clock))-\(end.formatted(clock)) (\(zone))"
    }
}
