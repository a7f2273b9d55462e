import Wire

/// A weekday of the month, such as the second Tuesday or the last Friday (RFC 5545 section 3.3.10, BYDAY).
struct MonthlyDay {
    private let first: Int
    /// From 0, Monday.
    private let weekday: Int
    /// From 0; the fifth is the last, wherever that is.
    private let week: Int

    /// - Parameter day: days since 1970-01-01.
    init(_ day: Int) {
        let date = CalendarDay(number: day)
        first = day - (date.day - 1)
        weekday = Self.weekday(of: day)
        week = (date.day - 1) / 7
    }

    /// That day of its own month and of those that follow.
    func days(_ count: Int) -> [Int] {
        var month = first
        return (0..<count).map { _ in
            let next = Self.monthAfter(month)
            let earliest = month + (weekday - Self.weekday(of: month) + 7).remainder(of: 7)
            let day = earliest + week * 7
            month = next
            return day < next ? day : day - 7
        }
    }

    /// The first day of the next month.
    private static func monthAfter(_ first: Int) -> Int {
        let day = CalendarDay(number: first + 31)
        return day.number - (day.day - 1)
    }

    /// 1970-01-01 was a Thursday.
    private static func weekday(of day: Int) -> Int { (day + 3).remainder(of: 7) }
}
