/// A day of the Gregorian calendar from the year 1 on, as dates on the wire are written. It is a day of no zone: which
/// points in time belong to it, only a zone says.
package struct CalendarDay: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// nil unless there is such a day.
    init?(year: Int, month: Int, day: Int) {
        guard year >= 1, (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// - Parameter number: days since 1970-01-01, not before the year 1.
    package init(number: Int) {
        let shifted = number + Self.shift
        let cycle = shifted / 146_097
        let dayOfCycle = shifted % 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    }

    /// Days since 1970-01-01. Years are counted from March, so that the leap day comes last.
    package var number: Int {
        let year = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - Self.shift
    }

    /// Days from 0000-03-01 to 1970-01-01.
    private static let shift = 719_468

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400) ? 29 : 28
        default: 31
        }
    }
}

extension CalendarDay: Comparable {
    package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

/// The full-date of RFC 3339: `2026-09-08`.
extension CalendarDay: CustomStringConvertible {
    /// nil for anything else, and for years outside of 1970…9999.
    package init?(_ text: String) {
        guard text.utf8.count == 10 else { return nil }
        var reader = DateReader(text.utf8)
        guard let year = reader.number(4), year >= 1970, reader.skip("-"), let month = reader.number(2),
            reader.skip("-"), let day = reader.number(2), reader.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var description: String { "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))" }
}
