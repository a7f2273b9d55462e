package import Foundation

/// Times in words, as people in a zone read them.
extension TimeZoneName {
    /// `Tue 8 Sep 2026`.
    package func day(of time: Date) -> String {
        time.formatted(
            style("\(weekday: .abbreviated) \(day: .defaultDigits) \(month: .abbreviated) \(year: .defaultDigits)"))
    }

    /// `18:00`.
    package func clock(of time: Date) -> String {
        time.formatted(style("\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)"))
    }

    private func style(_ format: Date.FormatString) -> Date.VerbatimFormatStyle {
        Date.VerbatimFormatStyle(
            format: format, locale: Locale(identifier: "en_US_POSIX"), timeZone: timeZone,
            calendar: Calendar(identifier: .gregorian))
    }
}
