package import Foundation
package import Wire

/// A time as somebody wrote it: a day and what clocks show then, perhaps without saying where.
package struct TalkTime: Hashable, Sendable {
    package let day: CalendarDay
    /// Minutes of the wall clock since midnight.
    package let minute: Int
    package let zone: TimeZoneName?

    package init(day: CalendarDay, minute: Int, zone: TimeZoneName?) {
        self.day = day
        self.minute = minute
        self.zone = zone
    }

    /// When that is; the first time where clocks show it twice.
    ///
    /// - Parameter usual: the zone of a time that names none.
    package func start(in usual: TimeZoneName, now: Date) throws(TalkFault) -> (time: Date, zone: TimeZoneName) {
        let zone = zone ?? usual
        let reading = day.number * 86_400 + minute * 60
        let clock = ZoneClock(zone, during: reading - 2 * 86_400..<reading + 2 * 86_400)
        guard let moment = clock.moments(from: reading, to: reading + 1).first?.time.lowerBound else { throw .skipped }
        let time = Date(second: moment)
        guard time > now else { throw .past }
        return (time, zone)
    }
}
