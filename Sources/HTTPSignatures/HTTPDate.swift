import FoundationEssentials

/// The IMF-fixdate of RFC 9110 section 5.6.7, such as `Sun, 05 Jan 2014 21:31:40 GMT`, as seconds
/// since 1970.
enum HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let template = Array("Www, 00 Mmm 0000 00:00:00 GMT".utf8)

    /// The only form that is sent; days are zero-padded, which some peers insist on.
    static func text(_ seconds: Int) -> String {
        let (day, second) = floorDivide(seconds, by: 86400)
        let (year, month, dayOfMonth) = civil(fromDay: day)
        let weekday = weekdays[floorDivide(day, by: 7).remainder]
        return "\(weekday), \(padded(dayOfMonth, 2)) \(months[month - 1]) \(padded(year, 4)) "
            + "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2)) GMT"
    }

    /// The only form that is read; the obsolete two are refused. The weekday must be one, but need
    /// not fit the date, because nothing is decided by it.
    static func seconds(_ text: some Collection<UInt8>) -> Int? {
        let bytes = Array(text)
        guard bytes.count == template.count,
            zip(bytes, template).allSatisfy({ byte, expected in
                switch expected {
                case UInt8(ascii: "0"): ASCII.isDigit(byte)
                case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: ":"): byte == expected
                default: true
                }
            }),
            bytes[26...].elementsEqual("GMT".utf8),
            weekdays.contains(where: { bytes[..<3].elementsEqual($0.utf8) }),
            let month = months.firstIndex(where: { bytes[8..<11].elementsEqual($0.utf8) }),
            let day = ASCII.number(bytes[5..<7]), let year = ASCII.number(bytes[12..<16]),
            let hour = ASCII.number(bytes[17..<19]), let minute = ASCII.number(bytes[20..<22]),
            let second = ASCII.number(bytes[23..<25]),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        let number = dayNumber(year: year, month: month + 1, day: day)
        guard civil(fromDay: number) == (year, month + 1, day) else { return nil }
        return ((number * 24 + hour) * 60 + minute) * 60 + second
    }

    /// Days since 1970-01-01 in the Gregorian calendar, whose 400-year cycles have 146,097 days;
    /// years are counted from March so that the leap day comes last.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let (cycle, yearOfCycle) = floorDivide(month > 2 ? year : year - 1, by: 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * 146_097 + dayOfCycle - 719_468
    }

    private static func civil(fromDay day: Int) -> (year: Int, month: Int, day: Int) {
        let (cycle, dayOfCycle) = floorDivide(day + 719_468, by: 146_097)
        let yearOfCycle =
            (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func floorDivide(_ value: Int, by divisor: Int) -> (
        quotient: Int, remainder: Int
    ) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Date {
    /// Whole seconds since 1970, rounded down; the ends of the calendar's range for times outside.
    var unixSeconds: Int {
        let range = -62_135_596_800.0...253_402_300_799.0
        let seconds = timeIntervalSince1970.rounded(.down)
        return Int(exactly: min(max(seconds, range.lowerBound), range.upperBound)) ?? 0
    }
}
