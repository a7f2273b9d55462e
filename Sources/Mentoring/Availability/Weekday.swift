/// A day of the week, which begins on Monday (ISO 8601).
package enum Weekday: String, CaseIterable, Sendable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// 1 is Monday, 7 Sunday; nil for other numbers.
    package init?(number: Int) {
        guard Self.allCases.indices.contains(number - 1) else { return nil }
        self = Self.allCases[number - 1]
    }

    package var number: Int {
        switch self {
        case .monday: 1
        case .tuesday: 2
        case .wednesday: 3
        case .thursday: 4
        case .friday: 5
        case .saturday: 6
        case .sunday: 7
        }
    }
}

extension Int {
    /// The remainder of a division that rounds down; never negative.
    func remainder(of divisor: Int) -> Int {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    /// The quotient, rounded down.
    func floored(by divisor: Int) -> Int { (self - remainder(of: divisor)) / divisor }
}
