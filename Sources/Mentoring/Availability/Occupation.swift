/// What stands in the way of sessions, asked about one after the other.
struct Occupation {
    /// Ascending by their beginning.
    private let times: [(time: Range<Int>, obstacle: Obstacle)]
    private var next = 0
    /// Of the times that have begun, the one that lasts longest.
    private var longest: (end: Int, obstacle: Obstacle)?

    init(_ times: [(time: Range<Int>, obstacle: Obstacle)]) {
        self.times = times.sorted { ($0.time.lowerBound, $0.time.upperBound) < ($1.time.lowerBound, $1.time.upperBound) }
    }

    /// What overlaps a session.
    ///
    /// - Parameter session: begins and ends no sooner than the one asked about before.
    mutating func obstacle(during session: Range<Int>) -> Obstacle? {
        while next < times.count, times[next].time.lowerBound < session.upperBound {
            let (time, obstacle) = times[next]
            if longest.map({ $0.end < time.upperBound }) ?? true { longest = (time.upperBound, obstacle) }
            next += 1
        }
        guard let longest, longest.end > session.lowerBound else { return nil }
        return longest.obstacle
    }
}
