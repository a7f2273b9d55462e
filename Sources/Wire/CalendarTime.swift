import Foundation

/// A day of the Gregorian calendar from the year 1 on, as dates on the wire are written.
struct CalendarDay: Equatable {
    let year: Int
    let month: Int
    let day: Int

    /// nil unless there is such a day.
    init?(year: Int, month: Int, day: Int) {
        guard year >= 1, (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// - Parameter number: days since 1970-01-01, not before the year 1.
    init(number: Int) {
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
    var number: Int {
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

/// A point in time as calendar and clock show it in UTC, to the nearest millisecond.
struct CalendarTime {
    let day: CalendarDay
    let secondOfDay: Int
    let millisecond: Int

    /// What lies outside of the years 1…9999 becomes the first or last moment of them.
    init(_ date: Date) {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        // Only what is not a number has no Int here.
        let bounded = Int(exactly: min(max(milliseconds, Double(Self.first)), Double(Self.last))) ?? 0
        let sinceYear1 = bounded - Self.first
        day = CalendarDay(number: sinceYear1 / 86_400_000 + Self.first / 86_400_000)
        secondOfDay = sinceYear1 / 1000 % 86_400
        millisecond = sinceYear1 % 1000
    }

    /// `16:00:00`.
    var clock: String {
        "\(digits(secondOfDay / 3600, 2)):\(digits(secondOfDay / 60 % 60, 2)):\(digits(secondOfDay % 60, 2))"
    }

    /// Milliseconds since 1970.
    private static let first = -62_135_596_800_000
    private static let last = 253_402_300_799_999
}

/// A number that is not negative, with zeros before it.
func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
}
