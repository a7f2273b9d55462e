internal import CLibical
internal import Foundation
internal import Wire

/// The wall clock on which a time of a calendar is meant.
enum EventClock {
    case zone(TimeZone)
    /// One that the calendar itself lays down (RFC 5545 section 3.6.5).
    case ofCalendar(OpaquePointer)

    static var utc: EventClock { .zone(.gmt) }

    /// When the clock shows something: the first time where it does so twice. What it skips is read with the offset
    /// from before (RFC 5545 section 3.3.5).
    ///
    /// - Parameter wall: a reading in seconds since 1970, as if the clock hung in UTC.
    func moment(of wall: Int) -> Int {
        switch self {
        case .ofCalendar(let zone):
            return icaltime_as_timet_with_zone(icaltime_from_timet_with_zone(wall, 0, nil), zone)
        case .zone(let zone):
            func offset(_ moment: Int) -> Int { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment))) }
            let (before, after) = (offset(wall - 86_400), offset(wall + 86_400))
            let late = wall - after
            if before == after || offset(wall - before) == before { return wall - before }
            return offset(late) == after ? late : wall - before
        }
    }

    func wall(of moment: Int) -> Int {
        switch self {
        case .ofCalendar(let zone): icaltime_as_timet(icaltime_from_timet_with_zone(moment, 0, zone))
        case .zone(let zone): moment + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment)))
        }
    }
}

/// A time of a calendar: what the wall clock shows, and when it does.
struct EventTime {
    let wall: Int
    let moment: Int
    /// Whether it is a day and no time of it.
    let isDay: Bool

    var day: Int { wall >= 0 ? wall / 86_400 : (wall - 86_399) / 86_400 }

    init(wall: Int, isDay: Bool, clock: EventClock) {
        self.wall = wall
        self.isDay = isDay
        moment = clock.moment(of: wall)
    }
}

/// The clocks that a calendar names.
struct EventClocks {
    /// Of days, and of times without a zone.
    let floating: EventClock
    private let calendar: OpaquePointer
    private var known: [String: EventClock] = [:]

    init(of calendar: OpaquePointer, floating: TimeZoneName) {
        self.calendar = calendar
        self.floating = .zone(floating.timeZone)
    }

    /// The zone of the time zone database that a name stands for, also behind a prefix as in
    /// `/example.org/20260101/Europe/Berlin`: calendars carry copies that know only some years. Else what the calendar
    /// lays down; else nothing is known, and the time is taken for one without a zone.
    mutating func clock(named name: String) -> EventClock {
        if let clock = known[name] { return clock }
        let clock =
            Self.zone(named: name).map { .zone($0.timeZone) }
            ?? icalcomponent_get_timezone(calendar, name).map { .ofCalendar($0) } ?? floating
        known[name] = clock
        return clock
    }

    private static func zone(named name: String) -> TimeZoneName? {
        if let zone = TimeZoneName(name) { return zone }
        let parts = name.split(separator: "/")
        return [3, 2].lazy.filter { parts.count > $0 }
            .compactMap { TimeZoneName(parts.suffix($0).joined(separator: "/")) }.first
    }
}
