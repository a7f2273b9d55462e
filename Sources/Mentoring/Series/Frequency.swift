/// How often the dates of a series come.
package enum Frequency: String, CaseIterable, Sendable {
    case weekly
    case everyTwoWeeks = "every_two_weeks"
    /// On the same weekday of the month as the first date: its second Tuesday, say. A first date in the fifth week of a
    /// month stands for the last such day of every month. So no month is left out, and a date stays on a day on which
    /// the two can, which the same day of the month would not.
    case monthly

    /// For people.
    package var words: String {
        switch self {
        case .weekly: "every week"
        case .everyTwoWeeks: "every two weeks"
        case .monthly: "every month"
        }
    }

    /// The days on which dates fall, as days since 1970-01-01.
    func days(from first: Int, count: Int) -> [Int] {
        switch self {
        case .weekly: (0..<count).map { first + $0 * 7 }
        case .everyTwoWeeks: (0..<count).map { first + $0 * 14 }
        case .monthly: MonthlyDay(first).days(count)
        }
    }
}
