import Wire

/// How many sessions a mentor has by day, week and month of the home zone; each belongs to where it starts.
struct SessionCount {
    private let clock: ZoneClock
    private let limits: BookingLimits
    private let caps: BookingCaps
    private var days: [Int: Int] = [:]
    private var daysOfType: [Int: Int] = [:]
    private var weeks: [Int: Int] = [:]
    private var secondsOfMonths: [Int: Int] = [:]

    init(_ sessions: [(time: Range<Int>, isOfType: Bool)], clock: ZoneClock, limits: BookingLimits, caps: BookingCaps) {
        self.clock = clock
        self.limits = limits
        self.caps = caps
        for (time, isOfType) in sessions {
            let day = clock.day(of: time.lowerBound)
            days[day, default: 0] += 1
            if isOfType { daysOfType[day, default: 0] += 1 }
            weeks[Self.week(of: day), default: 0] += 1
            secondsOfMonths[Self.month(of: day), default: 0] += time.count
        }
    }

    /// The cap that one more session at that time would break.
    func obstacle(during session: Range<Int>) -> Obstacle? {
        let day = clock.day(of: session.lowerBound)
        if let most = limits.mostADay, daysOfType[day, default: 0] >= most { return .mostOfTypeADay(most) }
        if let most = caps.aDay, days[day, default: 0] >= most { return .mostADay(most) }
        if let most = caps.aWeek, weeks[Self.week(of: day), default: 0] >= most { return .mostAWeek(most) }
        if let most = caps.hoursAMonth,
            secondsOfMonths[Self.month(of: day), default: 0] + session.count > most * 3600
        {
            return .hoursAMonth(most)
        }
        return nil
    }

    /// Weeks from Monday, counted from that of 1970-01-01.
    private static func week(of day: Int) -> Int { (day + 3).floored(by: 7) }

    private static func month(of day: Int) -> Int {
        let day = CalendarDay(number: day)
        return day.year * 12 + day.month
    }
}
