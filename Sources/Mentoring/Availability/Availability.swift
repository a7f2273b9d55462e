package import Foundation
package import Wire

/// When a mentor takes sessions, as the mentor has set it.
///
/// Days are days of the mentor: of `zone`, or of the zone of a journey on its days. What is counted by day, week and
/// month is always counted in `zone`.
package struct Availability: Hashable, Sendable {
    /// Where the rules are meant, whatever zone is shown elsewhere.
    package let zone: TimeZoneName
    /// From Monday on, those of one day in their order.
    package let rules: [WeeklyRule]
    /// Ascending, each day at most once.
    package let exceptions: [DayException]
    /// Ascending, no two on the same day.
    package let travels: [Travel]
    /// Ascending, no two on the same day.
    package let absences: [Absence]
    /// In order; they may overlap.
    package let blocked: [BlockedTime]
    /// By the name of a session type; types that are not in here have `BookingLimits.standard`.
    package let limits: [String: BookingLimits]
    package let caps: BookingCaps
    /// For how long requests keep their time.
    package let holding: Holding

    /// Takes what was checked before by `AvailabilityDraft`.
    package init(
        zone: TimeZoneName, rules: [WeeklyRule], exceptions: [DayException] = [], travels: [Travel] = [],
        absences: [Absence] = [], blocked: [BlockedTime] = [], limits: [String: BookingLimits] = [:],
        caps: BookingCaps = BookingCaps(), holding: Holding = .standard
    ) {
        self.zone = zone
        self.rules = rules.sorted { ($0.weekday.number, $0.hours.from) < ($1.weekday.number, $1.hours.from) }
        self.exceptions = exceptions.map { DayException(day: $0.day, hours: $0.hours.sorted { $0.from < $1.from }) }
            .sorted { $0.day < $1.day }
        self.travels = travels.sorted { $0.days.lowerBound < $1.days.lowerBound }
        self.absences = absences.sorted { $0.days.lowerBound < $1.days.lowerBound }
        self.blocked = blocked.sorted { ($0.start, $0.end, $0.reason) < ($1.start, $1.end, $1.reason) }
        self.limits = limits
        self.caps = caps
        self.holding = holding
    }

    package func limits(of type: String) -> BookingLimits { limits[type] ?? .standard }
}

/// Open hours of one day of every week.
package struct WeeklyRule: Hashable, Sendable {
    package let weekday: Weekday
    package let hours: OpenHours

    package init(weekday: Weekday, hours: OpenHours) {
        self.weekday = weekday
        self.hours = hours
    }
}

/// One day on which other hours hold in place of the weekly rules, or none.
package struct DayException: Hashable, Sendable {
    package let day: CalendarDay
    package let hours: [OpenHours]

    package init(day: CalendarDay, hours: [OpenHours]) {
        self.day = day
        self.hours = hours
    }
}

/// Days on which the mentor is elsewhere and the rules are read in the zone there.
package struct Travel: Hashable, Sendable {
    package let days: ClosedRange<CalendarDay>
    package let zone: TimeZoneName

    package init(days: ClosedRange<CalendarDay>, zone: TimeZoneName) {
        self.days = days
        self.zone = zone
    }
}

/// Days on which the mentor takes no sessions at all. Told to whoever looks for a time.
package struct Absence: Hashable, Sendable {
    package let days: ClosedRange<CalendarDay>
    /// The day on which the mentor says to be back; after the last day.
    package let returns: CalendarDay
    /// Whom to ask in the meantime.
    package let standIn: Handle?
    package let note: String

    package init(days: ClosedRange<CalendarDay>, returns: CalendarDay, standIn: Handle? = nil, note: String = "") {
        self.days = days
        self.returns = returns
        self.standIn = standIn
        self.note = note
    }
}

/// A time that the mentor keeps free of sessions, for a reason that nobody else sees.
package struct BlockedTime: Hashable, Sendable {
    package let start: Date
    package let end: Date
    package let reason: String

    package init(start: Date, end: Date, reason: String = "") {
        self.start = start
        self.end = end
        self.reason = reason
    }
}
