package import Foundation
package import Wire

/// What the free times that another community tells say of the dates of a series. It says no rules, and nothing of times
/// that are too far ahead.
package struct SeriesTimes: Sendable {
    /// Starts by the length of a session in minutes, ascending.
    private let starts: [Int: [Date]]

    package init(_ starts: [Int: [Date]]) { self.starts = starts }

    package func findings(for plan: SeriesPlan) -> [SeriesFinding] {
        var before: Date?
        return plan.dates.map { date in
            guard let wanted = date.wanted else { return SeriesFinding(date, .leftOut) }
            defer { before = wanted.end }
            let free = starts[wanted.minutes] ?? []
            if free.contains(wanted.start) { return SeriesFinding(date, .free) }
            guard let last = free.last, wanted.start <= last else { return SeriesFinding(date, .unknown) }
            let around = SeriesFinding.surroundings(
                of: wanted, after: before, before: plan.start(after: date.position))
            let shorter = starts.filter { $0.key < wanted.minutes && $0.value.contains(wanted.start) }.map(\.key)
            return SeriesFinding(
                date, nil, instead: free.filter { around.week.contains($0) && around.holds($0) }, on: around.day,
                shorter: shorter)
        }
    }

    /// The days for which to ask, so many at once at most.
    package static func windows(of plan: SeriesPlan) -> [(from: CalendarDay, to: CalendarDay)] {
        let slots = plan.dates.compactMap(\.wanted)
        guard let first = slots.first, let last = slots.last else { return [] }
        let days = [first, last].map { ZoneClock.day(of: $0.start.second(.down), in: $0.zone) }
        let (from, to) = (days[0] - 7, days[1] + 7)
        return stride(from: from, through: to, by: SlotQuestion.mostDays).map {
            (CalendarDay(number: $0), CalendarDay(number: min($0 + SlotQuestion.mostDays - 1, to)))
        }
    }
}
