import Foundation

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
