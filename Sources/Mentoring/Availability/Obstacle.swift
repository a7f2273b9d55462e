package import Wire

/// The rule by which a session cannot start at a time. Where several do, the first of this order is named.
package enum Obstacle: Hashable, Sendable {
    case past
    /// The mentor is away on that day, until the day given.
    case absence(returns: CalendarDay)
    /// Other hours than every week hold on that day, and it is not in them.
    case exception
    /// No open hours are there.
    case outsideHours
    /// In open hours, but between two of the times at which sessions start, these minutes apart.
    case offGrid(minutes: Int)
    /// The open hours end before the session would.
    case hoursEnd
    /// Less than these minutes ahead.
    case notice(minutes: Int)
    /// Further ahead than these days.
    case furthest(days: Int)
    /// Time that the mentor keeps, or the buffer around it.
    case blocked(reason: String)
    /// Something else is there, or the buffer around it.
    case taken(TakenTime.Kind)
    /// The day has as many sessions of the type as it can have.
    case mostOfTypeADay(Int)
    case mostADay(Int)
    case mostAWeek(Int)
    /// The month would have more hours than the mentor gives.
    case hoursAMonth(Int)

    /// Stable name for answers of the API and for metrics.
    package var label: String {
        switch self {
        case .past: "past"
        case .absence: "absence"
        case .exception: "exception"
        case .outsideHours: "outside_hours"
        case .offGrid: "off_grid"
        case .hoursEnd: "hours_end"
        case .notice: "notice"
        case .furthest: "furthest"
        case .blocked: "blocked"
        case .taken(let kind): "taken_by_\(kind.rawValue)"
        case .mostOfTypeADay: "most_of_type_a_day"
        case .mostADay: "most_a_day"
        case .mostAWeek: "most_a_week"
        case .hoursAMonth: "hours_a_month"
        }
    }
}
