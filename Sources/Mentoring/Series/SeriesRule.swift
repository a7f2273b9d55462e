package import Foundation
package import Wire

/// When the dates of a series are: at the same time of the wall clock in one zone, whatever its clocks do meanwhile.
///
/// A time that a change of clocks skips is read by the offset before it, so that it comes as much later as is skipped; one
/// that comes twice is the first (RFC 5545 section 3.3.5).
package struct SeriesRule: Hashable, Sendable {
    package let frequency: Frequency
    package let first: Date
    package let zone: TimeZoneName

    package init(_ frequency: Frequency, from first: Date, in zone: TimeZoneName) {
        self.frequency = frequency
        self.first = first
        self.zone = zone
    }

    /// So many dates, or fewer where the last day, which is one of `zone`, comes before; the first is always there.
    package func starts(count: Int, until last: CalendarDay? = nil) -> [Date] {
        let second = first.second(.down)
        let day = ZoneClock.day(of: second, in: zone)
        let days = frequency.days(from: day, count: max(1, count))
        let wall = WallShift(zone, during: second..<((days.last ?? day) + 3) * 86_400)
        let end = last?.number ?? .max
        return days.prefix { $0 == day || $0 <= end }
            .map { wall.moved(first, by: ($0 - day) * 86_400) }
    }
}

/// Moves points in time by what the wall clock of a zone shows.
package struct WallShift: Sendable {
    private let clock: ZoneClock

    init(_ zone: TimeZoneName, during time: Range<Int>) {
        clock = ZoneClock(zone, during: time.lowerBound - 3 * 86_400..<max(time.lowerBound, time.upperBound) + 3 * 86_400)
    }

    /// - Parameter times: between which, and a year around, it will be used.
    package init(_ zone: TimeZoneName, for times: [Date]) {
        let seconds = times.map { $0.second(.down) }
        self.init(zone, during: (seconds.min() ?? 0) - 366 * 86_400..<(seconds.max() ?? 0) + 366 * 86_400)
    }

    /// By how much later the wall clock shows the second time than the first, in seconds.
    package func difference(from first: Date, to second: Date) -> Int { reading(second) - reading(first) }

    /// - Parameter seconds: of the wall clock; none leaves the time as it is.
    package func moved(_ time: Date, by seconds: Int) -> Date {
        guard seconds != 0 else { return time }
        let second = time.second(.down)
        let rest = time.timeIntervalSince(Date(second: second))
        return Date(second: clock.moment(showing: reading(time) + seconds)).addingTimeInterval(rest)
    }

    private func reading(_ time: Date) -> Int {
        let second = time.second(.down)
        return second + clock.offset(at: second)
    }
}
