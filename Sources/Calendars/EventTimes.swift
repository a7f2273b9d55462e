internal import CLibical

/// Works out when the entries of a calendar take place.
struct EventTimes {
    private let bounds: Range<Int>
    private(set) var times: [Range<Int>] = []
    private var steps = 0

    init(within bounds: Range<Int>) { self.bounds = bounds }

    mutating func add(_ found: [Range<Int>]) { times += found }

    /// Adds entries of one name: rows of them, and those that stand for single ones of a row.
    mutating func add(_ events: [Event]) throws(CalendarRefusal) {
        let replacing = events.filter { $0.replaces != nil }
        let changes = replacing.filter(\.isForFuture).sorted { $0.place < $1.place }
        let alone = Set(replacing.map(\.place))
        let days = Set(replacing.compactMap { $0.replaces }.filter(\.isDay).map(\.day))
        for event in replacing where event.isBusy { add(event.start, event.end(from: event.start)) }
        for event in events where event.replaces == nil {
            let gone = Set(event.removed.map(\.moment))
            let goneDays = days.union(event.removed.filter(\.isDay).map(\.day))
            func isThere(_ start: EventTime) -> Bool {
                !gone.contains(start.moment) && !alone.contains(start.moment) && !goneDays.contains(start.day)
            }
            var given = event.added.filter { isThere($0.start) }
            if isThere(event.start) { given.append((event.start, nil)) }
            for (start, end) in given { add(start, end, of: event, changes) }
            for rule in event.rules { try add(rule, of: event, changes, where: isThere) }
        }
    }

    /// Every time of a rule up to the end of what is asked for. The library walks along the wall clock.
    private mutating func add(
        _ rule: Event.Rule, of event: Event, _ changes: [Event], where isThere: (EventTime) -> Bool
    ) throws(CalendarRefusal) {
        let first = icaltime_from_timet_with_zone(event.start.wall, event.start.isDay ? 1 : 0, nil)
        guard let walk = icalrecur_iterator_new(rule.rule, first) else { return }
        defer { icalrecur_iterator_free(walk) }
        // What is moved may be moved to sooner, by at most the longest move.
        let reach = changes.map { abs($0.start.moment - $0.place) }.max() ?? 0
        let last = min(rule.until ?? .max, bounds.upperBound + reach)
        while case let next = icalrecur_iterator_next(walk), icaltime_is_null_time(next) == 0 {
            steps += 1
            guard steps <= CalendarLimits.mostRepetitions else { throw .tooMany }
            let start = EventTime(wall: icaltime_as_timet(next), isDay: event.start.isDay, clock: event.clock)
            if start.moment > last { return }
            if start.wall != event.start.wall, isThere(start) { add(start, nil, of: event, changes) }
        }
    }

    /// - Parameter changes: what holds from some time of the row on, ascending.
    private mutating func add(_ start: EventTime, _ end: Int?, of event: Event, _ changes: [Event]) {
        guard let change = changes.last(where: { $0.place <= start.moment }), let place = change.replaces else {
            if event.isBusy { add(start, end ?? event.end(from: start)) }
            return
        }
        guard change.isBusy else { return }
        let moved = EventTime(
            wall: start.wall + change.start.wall - event.clock.wall(of: place.moment), isDay: change.start.isDay,
            clock: change.clock)
        add(moved, change.end(from: moved))
    }

    private mutating func add(_ start: EventTime, _ end: Int) {
        guard start.moment < end, start.moment < bounds.upperBound, end > bounds.lowerBound else { return }
        times.append(start.moment..<end)
    }
}

extension Event {
    /// When the one would be that this stands for.
    fileprivate var place: Int { replaces?.moment ?? start.moment }
}
