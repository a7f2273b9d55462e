package import Foundation

/// Points in time as documents carry them (RFC 3339) and as HTTP does (RFC 9110 section 5.6.7).
///
/// Everything the server itself stamps is cut to milliseconds, so that a time survives database and wire unchanged.
package enum DateTime {
    /// `2026-09-08T16:00:00Z`, with milliseconds only where there are any.
    package static func format(_ date: Date) -> String {
        let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
        let (seconds, fraction) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let whole = fraction < 0 ? seconds - 1 : seconds
        let part = fraction < 0 ? fraction + 1000 : fraction
        let text = Date(timeIntervalSince1970: Double(whole)).formatted(.iso8601)
        guard part != 0 else { return text }
        return text.dropLast() + "." + String(1000 + part).dropFirst() + "Z"
    }

    /// Reads an RFC 3339 date and time with an offset; nil for anything else, including years outside 1970…9999.
    /// Fractions beyond milliseconds are cut.
    package static func parse(_ text: String) -> Date? {
        guard text.utf8.count <= 64 else { return nil }
        var reader = Digits(bytes: Array(text.utf8))
        guard let year = reader.number(4), (1970...9999).contains(year), reader.skip("-"),
            let month = reader.number(2), (1...12).contains(month), reader.skip("-"),
            let day = reader.number(2), (1...31).contains(day), reader.skip("Tt "),
            let hour = reader.number(2), hour < 24, reader.skip(":"),
            let minute = reader.number(2), minute < 60, reader.skip(":"),
            let second = reader.number(2), second <= 60,
            let milliseconds = reader.fraction(), let offset = reader.offset(), reader.isAtEnd
        else { return nil }

        let days = Self.daysSince1970(year: year, month: month, day: day)
        guard Self.isDay(day, month: month, year: year) else { return nil }
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + min(second, 59) - offset
        return Date(timeIntervalSince1970: Double(seconds * 1000 + milliseconds) / 1000)
    }

    /// IMF-fixdate with a zero-padded day: `Tue, 08 Sep 2026 16:00:00 GMT`.
    package static func httpDate(_ date: Date) -> String {
        date.formatted(httpStyle)
    }

    private static let httpStyle = Date.VerbatimFormatStyle(
        format: """
            \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT
            """,
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))

    /// The same point in time without what is finer than a millisecond.
    package static func cutToMilliseconds(_ date: Date) -> Date {
        Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded(.down) / 1000)
    }

    private static func isDay(_ day: Int, month: Int, year: Int) -> Bool {
        switch month {
        case 4, 6, 9, 11: day <= 30
        case 2: day <= ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28)
        default: day <= 31
        }
    }

    /// Days since the epoch in the proleptic Gregorian calendar, counting years from March.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = (month + 9) % 12
        let days = 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400
        return days + (marchMonth * 306 + 5) / 10 + day - 1 - 719_468
    }
}

private struct Digits {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func number(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<(position + count)] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        position += count
        return value
    }

    mutating func skip(_ allowed: String) -> Bool {
        guard position < bytes.count, allowed.utf8.contains(bytes[position]) else { return false }
        position += 1
        return true
    }

    /// Milliseconds of an optional fraction.
    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        var value = 0
        var digits = 0
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
            if digits < 3 { value = value * 10 + Int(bytes[position] - 0x30) }
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        for _ in 0..<max(0, 3 - digits) { value *= 10 }
        return value
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        if skip("Zz") { return 0 }
        let sign = position < bytes.count && bytes[position] == UInt8(ascii: "-") ? -1 : 1
        guard skip("+-"), let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60 else {
            return nil
        }
        return sign * (hours * 3600 + minutes * 60)
    }
}
