package import Foundation

/// Whether a mentor has time on one date of a series, and where not, what could be done.
package struct SeriesFinding: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case free, leftOut
        /// By which rule, where that is known.
        case notFree(Obstacle?)
        /// The mentor's community does not tell of times so far ahead, or of none.
        case unknown
    }

    package let date: PlannedDate
    package let verdict: Verdict
    /// Free times of the same length on the same day, nearest first.
    package let sameDay: [Date]
    /// The same on other days of that week, which begins on Monday.
    package let sameWeek: [Date]
    /// Shorter sessions for which the time is free, the longest first.
    package let shorter: [Int]

    package init(
        _ date: PlannedDate, _ verdict: Verdict, sameDay: [Date] = [], sameWeek: [Date] = [],
        shorter: [Int] = []
    ) {
        self.date = date
        self.verdict = verdict
        self.sameDay = sameDay
        self.sameWeek = sameWeek
        self.shorter = shorter
    }

    package var isNotFree: Bool { if case .notFree = verdict { true } else { false } }

    /// Where to look for other times of a date: from its Monday to its Sunday, between the dates around it.
    static func surroundings(
        of wanted: Slot, after before: Date?, before later: Date?
    ) -> (day: Range<Date>, week: Range<Date>, holds: (Date) -> Bool) {
        func start(_ day: Int) -> Date { Date(second: ZoneClock.start(ofDay: day, in: wanted.zone)) }
        let day = ZoneClock.day(of: wanted.start.second(.down), in: wanted.zone)
        let monday = day - (day + 3).remainder(of: 7)
        let length = Double(wanted.minutes) * 60
        return (
            start(day)..<max(start(day), start(day + 1)), start(monday)..<max(start(monday), start(monday + 7)),
            { $0 != wanted.start && $0 >= before ?? .distantPast && $0 + length <= later ?? .distantFuture }
        )
    }

    /// A date that is not free, with the times that come nearest among some that are.
    init(
        _ date: PlannedDate, _ obstacle: Obstacle?, instead free: [Date], on day: Range<Date>, shorter: [Int]
    ) {
        let wanted = date.wanted?.start ?? date.planned.start
        let byDistance = free.sorted { abs($0.timeIntervalSince(wanted)) < abs($1.timeIntervalSince(wanted)) }
        self.init(
            date, .notFree(obstacle), sameDay: Array(byDistance.filter(day.contains).prefix(3)),
            sameWeek: Array(byDistance.filter { !day.contains($0) }.prefix(5)), shorter: shorter.sorted(by: >))
    }
}

extension SeriesPlan {
    /// When the next date after a position begins.
    func start(after position: Int) -> Date? {
        dates.first { $0.position > position && $0.wanted != nil }?.wanted?.start
    }
}

/// The search for all dates of a series at once. Of several sessions that count towards a cap the later ones are in the
/// way; how far ahead a mentor can be asked holds for the first date alone, because the mentor answers for all of them.
package struct SeriesSearch: Sendable {
    private let search: SlotSearch
    /// Minutes that a session of the type can last.
    private let durations: [Int]

    /// - Parameter search: which knows what is taken around all dates.
    package init(_ search: SlotSearch, durations: [Int]) {
        self.search = search
        self.durations = durations
    }

    package func findings(for plan: SeriesPlan) -> [SeriesFinding] {
        var earlier: [TakenTime] = []
        return plan.dates.map { date in
            guard let wanted = date.wanted else { return SeriesFinding(date, .leftOut) }
            let before = earlier
            earlier.append(TakenTime(start: wanted.start, end: wanted.end, kind: .request, type: search.type))
            let here = search(for: wanted.minutes, after: before)
            guard let obstacle = here.obstacle(at: wanted.start) else { return SeriesFinding(date, .free) }
            let shorter = durations.filter { minutes in
                minutes < wanted.minutes && search(for: minutes, after: before).obstacle(at: wanted.start) == nil
            }
            let around = SeriesFinding.surroundings(
                of: wanted, after: before.last?.end, before: plan.start(after: date.position))
            return SeriesFinding(
                date, obstacle, instead: here.starts(in: around.week).filter(around.holds), on: around.day,
                shorter: shorter)
        }
    }

    private func search(for minutes: Int, after earlier: [TakenTime]) -> SlotSearch {
        var search = SlotSearch(
            search.availability, type: search.type, minutes: minutes, taken: search.taken + earlier, now: search.now)
        search.reachesEveryDay = !earlier.isEmpty
        return search
    }
}
