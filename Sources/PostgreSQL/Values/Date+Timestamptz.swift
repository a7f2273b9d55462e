package import Foundation

/// `timestamptz`, exact to the microsecond. The two infinities of PostgreSQL are no `Date`.
extension Date: SQLEncodable, SQLDecodable {
    package static var sqlType: SQLType { .timestamptz }

    package var sqlText: SQLText {
        let whole = timeIntervalSinceReferenceDate.rounded(.down)
        // Also false for NaN; the years are checked below.
        guard whole.magnitude < 1e14, var seconds = Int(exactly: whole) else { return .unencodable(.dateOutOfRange) }
        var microseconds = Int(((timeIntervalSinceReferenceDate - whole) * 1_000_000).rounded())
        if microseconds == 1_000_000 { (seconds, microseconds) = (seconds + 1, 0) }
        let (days, time) = seconds.flooredDivision(by: 86_400)
        let day = CivilDay(daysSinceReference: days)
        guard (-4712...294_275).contains(day.year) else { return .unencodable(.dateOutOfRange) }

        let isBeforeChrist = day.year <= 0
        let year = isBeforeChrist ? 1 - day.year : day.year
        let date = "\(padded(year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
        let clock = "\(padded(time / 3600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))"
        return .text("\(date) \(clock).\(padded(microseconds, 6))+00\(isBeforeChrist ? " BC" : "")")
    }

    /// Reads the ISO output style: `2026-03-01 09:30:00.25+01`, with longer offsets and ` BC` where they occur.
    package init?(sqlText: String) {
        var sqlText = sqlText
        guard let read = sqlText.withUTF8({ Self.read($0[...]) }) else { return nil }
        self = read
    }

    private static func read(_ given: Slice<UnsafeBufferPointer<UInt8>>) -> Date? {
        var text = given
        let isBeforeChrist = text.suffix(3).elementsEqual(" BC".utf8)
        if isBeforeChrist { text.removeLast(3) }

        guard let year = text.number(digits: 4...6), text.skip("-"), let month = text.number(digits: 2...2),
            text.skip("-"), let day = text.number(digits: 2...2), text.skip(" "),
            let hour = text.number(digits: 2...2), text.skip(":"), let minute = text.number(digits: 2...2),
            text.skip(":"), let second = text.number(digits: 2...2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }

        var microseconds = 0
        if text.skip(".") {
            let before = text.count
            guard let fraction = text.number(digits: 1...6) else { return nil }
            microseconds = (before - text.count..<6).reduce(fraction) { scaled, _ in scaled * 10 }
        }
        guard let offset = text.zoneOffset(), text.isEmpty else { return nil }

        let civil = CivilDay(year: isBeforeChrist ? 1 - year : year, month: month, day: day)
        let seconds = civil.daysSinceReference * 86_400 + hour * 3600 + minute * 60 + second - offset
        // Where a Double holds the microseconds exactly (until the year 2286), one division gives the nearest `Date`:
        // the same that any other reader of this moment makes.
        let isExact = abs(seconds) < 9_000_000_000
        return Date(
            timeIntervalSinceReferenceDate: isExact
                ? Double(seconds * 1_000_000 + microseconds) / 1_000_000
                : Double(seconds) + Double(microseconds) / 1_000_000)
    }
}

/// A day of the proleptic Gregorian calendar with astronomical years: 0 is 1 BC.
private struct CivilDay {
    let year: Int
    let month: Int
    let day: Int

    /// Days from 0000-03-01 to 2001-01-01, Foundation's reference date.
    private static let referenceShift = 730_791
    private static let daysPerEra = 146_097
    /// Days before each month of a year that starts in March.
    private static let daysBeforeMonth = [0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337]

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSinceReference: Int) {
        let (era, dayOfEra) = (daysSinceReference + Self.referenceShift).flooredDivision(by: Self.daysPerEra)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = Self.daysBeforeMonth.lastIndex { $0 <= dayOfYear } ?? 0
        day = dayOfYear - Self.daysBeforeMonth[monthFromMarch] + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// Requires `month` in 1...12.
    var daysSinceReference: Int {
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
        let dayOfYear = Self.daysBeforeMonth[(month + 9) % 12] + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysPerEra + dayOfEra - Self.referenceShift
    }
}

extension Int {
    /// Quotient rounded down and the remainder in `0..<divisor`.
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    fileprivate mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: scalar) else { return false }
        removeFirst()
        return true
    }

    /// Takes the leading digits if their count lies in `digits`.
    fileprivate mutating func number(digits: ClosedRange<Int>) -> Int? {
        var (count, number) = (0, 0)
        for byte in self {
            guard case UInt8(ascii: "0")...UInt8(ascii: "9") = byte else { break }
            count += 1
            guard count <= digits.upperBound else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        guard count >= digits.lowerBound else { return nil }
        removeFirst(count)
        return number
    }

    /// Takes `+02`, `-05:30` or `+00:19:32`; seconds east of Greenwich.
    fileprivate mutating func zoneOffset() -> Int? {
        let isEast = skip("+")
        guard isEast || skip("-"), var seconds = number(digits: 2...2).map({ $0 * 3600 }) else { return nil }
        for unit in [60, 1] where skip(":") {
            guard let part = number(digits: 2...2) else { return nil }
            seconds += part * unit
        }
        return isEast ? seconds : -seconds
    }
}
