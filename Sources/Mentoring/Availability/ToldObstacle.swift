package import Wire

/// An obstacle as somebody is told of it. What a mentor does at other times, and how full the mentor's days are, is
/// nobody else's business: others hear `busy` and `full`.
package struct ToldObstacle: Hashable, Sendable {
    /// Stable name for answers of the API.
    package let rule: String
    /// Minutes, days or a number of sessions, as the rule has it.
    package let value: Int?
    /// Of an absence: the first day on which the mentor is back.
    package let returns: CalendarDay?
    /// What mentors wrote for themselves about time that they keep.
    package let reason: String?

    /// - Parameter isOwn: whether mentors themselves are told.
    package init(_ obstacle: Obstacle, isOwn: Bool) {
        rule =
            switch obstacle {
            case .blocked, .taken: isOwn ? obstacle.label : "busy"
            case .mostOfTypeADay, .mostADay, .mostAWeek, .hoursAMonth: isOwn ? obstacle.label : "full"
            case .past, .absence, .exception, .outsideHours, .offGrid, .hoursEnd, .notice, .furthest: obstacle.label
            }
        value =
            switch obstacle {
            case .notice(let number), .furthest(days: let number), .offGrid(let number): number
            case .mostOfTypeADay(let number), .mostADay(let number), .mostAWeek(let number), .hoursAMonth(let number):
                isOwn ? number : nil
            case .past, .absence, .exception, .outsideHours, .hoursEnd, .blocked, .taken: nil
            }
        returns = if case .absence(let day) = obstacle { day } else { nil }
        reason = if isOwn, case .blocked(let words) = obstacle, !words.isEmpty { words } else { nil }
    }
}
