package import Foundation

/// Points in time as header fields carry them: the IMF-fixdate of RFC 9110 section 5.6.7, such as
/// `Sun, 05 Jan 2014 21:31:40 GMT`.
package enum HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The only form that is sent; days are zero-padded, which some peers insist on. Times outside of the years 1…9999
    /// become the ends of that range.
    package static func format(_ date: Date) -> String {
        let time = CalendarTime(date)
        // The first day of the list is that of 1970-01-01.
        let weekday = weekdays[(time.day.number % 7 + 7) % 7]
        return "\(weekday), \(digits(time.day.day, 2)) \(months[time.day.month - 1]) \(digits(time.day.year, 4)) "
            + "\(time.clock) GMT"
    }

    /// The only form that is read, in whole seconds; nil for the two obsolete forms and everything else. The weekday
    /// must be one, but need not fit the date, because nothing is decided by it.
    package static func parse(_ text: some Collection<UInt8>) -> Date? {
        guard text.count == 29 else { return nil }
        var reader = DateReader(text)
        guard reader.word(of: weekdays) != nil, reader.skip(", "), let day = reader.number(2), reader.skip(" "),
            let month = reader.word(of: months), reader.skip(" "), let year = reader.number(4), reader.skip(" "),
            let hour = reader.number(2), hour < 24, reader.skip(":"),
            let minute = reader.number(2), minute < 60, reader.skip(":"),
            let second = reader.number(2), second <= 60, reader.skip(" GMT"), reader.isAtEnd,
            let date = CalendarDay(year: year, month: month + 1, day: day)
        else { return nil }
        return Date(timeIntervalSince1970: Double(date.number * 86_400 + hour * 3600 + minute * 60 + min(second, 59)))
    }
}
