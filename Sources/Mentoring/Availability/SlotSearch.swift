package import Foundation
package import Wire

/// The one computation of a mentor's free times: for lists and pages, for the API, for one time that somebody wishes, at
/// the moment of booking, and to explain itself. Pure; takes time in proportion to the days asked for and to what is
/// known, sorted.
package struct SlotSearch: Sendable {
    package let availability: Availability
    /// Name of the session type that is wished.
    package let type: String
    /// How long the session is to last.
    package let minutes: Int
    /// Everything else of the mentor in `timeToKnow` of the time asked about.
    package let taken: [TakenTime]
    package let now: Date
    /// Whether it does not matter how far ahead a time is.
    package var reachesEveryDay = false

    package init(_ availability: Availability, type: String, minutes: Int, taken: [TakenTime], now: Date) {
        self.availability = availability
        self.type = type
        self.minutes = minutes
        self.taken = taken
        self.now = now
    }

    /// In which a search has to know what is taken: the months into which a time falls, in any zone.
    package static func timeToKnow(for time: Range<Date>) -> Range<Date> {
        time.lowerBound.addingTimeInterval(-33 * 86_400)..<time.upperBound.addingTimeInterval(33 * 86_400)
    }

    /// When a session can start, ascending.
    package func starts(in time: Range<Date>) -> [Date] {
        judgements(in: time.seconds).filter { $0.obstacle == nil }.map { Date(second: $0.start) }
    }

    /// Where to look for the free times that are nearest to one.
    package static func timeAround(_ start: Date) -> Range<Date> {
        start.addingTimeInterval(-14 * 86_400)..<start.addingTimeInterval(45 * 86_400)
    }

    /// The free times of `timeAround` that are nearest to one, ascending.
    package func nearest(to start: Date, count: Int = 5) -> [Date] {
        let free = starts(in: Self.timeAround(start))
        let byDistance = free.sorted { abs($0.timeIntervalSince(start)) < abs($1.timeIntervalSince(start)) }
        return byDistance.prefix(count).sorted()
    }

    /// The rule by which a session cannot start at a time; nil if it can.
    package func obstacle(at start: Date) -> Obstacle? {
        guard start > now else { return .past }
        let second = start.second(.down)
        if let judged = judgements(in: second..<second + 1).first, Date(second: second) == start {
            return judged.obstacle
        }
        let hours = OpenTime(availability, in: second..<second + 1, length: length, grid: limits.grid * 60)
        return hours.obstacle(at: second)
    }

    /// Whether a time is further ahead than the mentor can be asked for.
    package func isBeyondReach(_ start: Date) -> Bool {
        let (second, today) = (start.second(.down), now.second(.up))
        let days = ZoneClock.day(of: second, in: availability.zone) - ZoneClock.day(of: today, in: availability.zone)
        return days > limits.furthestDays
    }

    /// The days of a zone, all of them, with what is free on each and by which rule the rest is not.
    package func days(in time: Range<Date>, of zone: TimeZoneName) -> [SlotDay] {
        let seconds = time.seconds
        guard !seconds.isEmpty else { return [] }
        let clock = ZoneClock(zone, during: seconds)
        let first = clock.day(of: seconds.lowerBound)
        let last = max(first, clock.day(of: seconds.upperBound - 1))
        var days = (first...last).map { SlotDay(day: CalendarDay(number: $0)) }
        for judgement in judgements(in: seconds) {
            let position = clock.day(of: judgement.start) - first
            // Where clocks go back over midnight, the range can end on a day before its last.
            guard days.indices.contains(position) else { continue }
            days[position].add(Date(second: judgement.start), judgement.obstacle)
        }
        return days
    }
}

extension SlotSearch {
    struct Judgement {
        let start: Int
        let obstacle: Obstacle?
    }

    private var limits: BookingLimits { availability.limits(of: type) }
    private var length: Int { minutes * 60 }

    /// Every time at which the hours would let a session start, ascending.
    func judgements(in time: Range<Int>) -> [Judgement] {
        guard !time.isEmpty else { return [] }
        let limits = limits
        let hours = OpenTime(availability, in: time, length: length, grid: limits.grid * 60)
        let counted = time.lowerBound - 33 * 86_400..<time.upperBound + 33 * 86_400
        let clock = ZoneClock(availability.zone, during: counted)
        let sessions = taken.lazy.filter { $0.kind.isCounted && counted.contains($0.start.second(.down)) }
            .map { (time: $0.seconds, isOfType: $0.type == type) }
        let count = SessionCount(Array(sessions), clock: clock, limits: limits, caps: availability.caps)
        var blocked = Occupation(
            availability.blocked.map { (limits.free(around: $0.seconds), .blocked(reason: $0.reason)) })
        var occupied = Occupation(
            taken.map { taken in
                let own = taken.type.map(availability.limits(of:))
                return (limits.free(around: taken.seconds, with: own), .taken(taken.kind))
            })
        let reach = Reach(
            now: now, limits: limits, zone: availability.zone, clock: clock, isUnlimited: reachesEveryDay)
        var ends = hours.open[...]
        return hours.starts.map { start in
            let session = start.moment..<start.moment + length
            while let end = ends.first, end.upperBound <= session.lowerBound { ends.removeFirst() }
            let fits = ends.first.map { $0.lowerBound <= session.lowerBound && session.upperBound <= $0.upperBound }
            let obstacle =
                reach.past(session) ?? start.obstacle ?? (fits == true ? nil : .hoursEnd) ?? reach.obstacle(to: session)
                ?? blocked.obstacle(during: session) ?? occupied.obstacle(during: session)
                ?? count.obstacle(during: session)
            return Judgement(start: start.moment, obstacle: obstacle)
        }
    }
}

/// How soon and how far ahead sessions can be.
private struct Reach {
    private let now: Int
    private let today: Int
    private let limits: BookingLimits
    private let clock: ZoneClock
    private let isUnlimited: Bool

    init(now: Date, limits: BookingLimits, zone: TimeZoneName, clock: ZoneClock, isUnlimited: Bool) {
        self.isUnlimited = isUnlimited
        self.now = now.second(.up)
        today = ZoneClock.day(of: self.now, in: zone)
        self.limits = limits
        self.clock = clock
    }

    func past(_ session: Range<Int>) -> Obstacle? { session.lowerBound <= now ? .past : nil }

    func obstacle(to session: Range<Int>) -> Obstacle? {
        if session.lowerBound - now < limits.notice * 60 { return .notice(minutes: limits.notice) }
        guard !isUnlimited else { return nil }
        let days = clock.day(of: session.lowerBound) - today
        return days > limits.furthestDays ? .furthest(days: limits.furthestDays) : nil
    }
}

extension BookingLimits {
    /// A time with what must be free around it of a session by these limits. Of two buffers that meet, the longer holds.
    ///
    /// - Parameter own: the limits of what lies there, where it is a session.
    func free(around time: Range<Int>, with own: BookingLimits? = nil) -> Range<Int> {
        let before = max(bufferAfter, own?.bufferBefore ?? 0) * 60
        let after = max(bufferBefore, own?.bufferAfter ?? 0) * 60
        return time.lowerBound - before..<time.upperBound + after
    }
}

extension TakenTime {
    var seconds: Range<Int> { start.second(.down)..<max(start.second(.down), end.second(.up)) }
}

extension BlockedTime {
    fileprivate var seconds: Range<Int> { start.second(.down)..<max(start.second(.down), end.second(.up)) }
}

extension Range<Date> {
    fileprivate var seconds: Range<Int> {
        let first = lowerBound.second(.up)
        return first..<Swift.max(first, upperBound.second(.up))
    }
}

extension Date {
    init(second: Int) { self.init(timeIntervalSince1970: Double(second)) }

    /// Whole seconds since 1970, held within the years 1970 to 9999.
    func second(_ rule: FloatingPointRoundingRule) -> Int {
        Int(exactly: min(max(timeIntervalSince1970.rounded(rule), 0), 253_402_300_800)) ?? 0
    }
}
