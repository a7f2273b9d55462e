package import Foundation

/// Points in time as documents carry them (RFC 3339).
///
/// Everything the server itself stamps is of whole milliseconds, so that a time survives database and wire unchanged.
package enum DateTime {
    /// `2026-09-08T16:00:00Z`, with milliseconds only where there are any. Times outside of the years 1…9999 become
    /// the ends of that range.
    package static func format(_ date: Date) -> String {
        let time = CalendarTime(date)
        let fraction = time.millisecond == 0 ? "" : "." + digits(time.millisecond, 3)
        let day = "\(digits(time.day.year, 4))-\(digits(time.day.month, 2))-\(digits(time.day.day, 2))"
        return "\(day)T\(time.clock)\(fraction)Z"
    }

    /// Reads a date and time with an offset; nil for anything else, and for what is not in the years 1970…9999 of UTC.
    /// Fractions beyond milliseconds are cut; a leap second counts as the second before it.
    package static func parse(_ text: String) -> Date? {
        guard text.utf8.count <= 64 else { return nil }
        var reader = DateReader(text.utf8)
        guard let year = reader.number(4), reader.skip("-"),
            let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skipOne(of: "Tt ") != nil,
            let hour = reader.number(2), hour < 24, reader.skip(":"),
            let minute = reader.number(2), minute < 60, reader.skip(":"),
            let second = reader.number(2), second <= 60,
            let milliseconds = reader.fraction(), let offset = offset(&reader), reader.isAtEnd,
            let date = CalendarDay(year: year, month: month, day: day)
        else { return nil }
        let seconds = date.number * 86_400 + hour * 3600 + minute * 60 + min(second, 59) - offset
        guard (0...253_402_300_799).contains(seconds) else { return nil }
        return Self.date(milliseconds: (seconds - referenceSeconds) * 1000 + milliseconds)
    }

    /// Seconds from 1970 to Foundation's reference date, on which `Date` counts.
    private static let referenceSeconds = 978_307_200

    /// The `Date` nearest to whole milliseconds since the reference date: one division, so that everybody who reads the
    /// same moment gets the same value.
    private static func date(milliseconds: Int) -> Date {
        Date(timeIntervalSinceReferenceDate: Double(milliseconds) / 1000)
    }

    /// The nearest whole millisecond; twice gives the same as once.
    package static func cutToMilliseconds(_ date: Date) -> Date {
        Date(timeIntervalSinceReferenceDate: (date.timeIntervalSinceReferenceDate * 1000).rounded() / 1000)
    }

    /// Seconds east of UTC.
    private static func offset(_ reader: inout DateReader) -> Int? {
        guard reader.skipOne(of: "Zz") == nil else { return 0 }
        guard let sign = reader.skipOne(of: "+-"), let hours = reader.number(2), hours < 24, reader.skip(":"),
            let minutes = reader.number(2), minutes < 60
        else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
