import Wire

/// The open hours of a mentor's days, laid out in time.
///
/// Starts lie on a grid of the wall clock that begins with each open hours. Where clocks change within them, a start
/// that would come sooner than one step of the grid after the one before is left out: the doubled hour has starts in
/// both of its passes, but none that gets in the way of another. A session may run on into hours that follow without a
/// gap, also past midnight.
struct OpenTime {
    /// A time at which a session could start by the hours alone; the obstacle is `absence` or `exception`.
    struct Start {
        let moment: Int
        let obstacle: Obstacle?
    }

    /// Ascending, each moment once: where two days meet because of a journey, the open one counts.
    private(set) var starts: [Start] = []
    /// Ascending, none touching the next.
    private(set) var open: [Range<Int>] = []
    /// Hours of absences, and those that an exception replaces.
    private(set) var closed: [(time: Range<Int>, obstacle: Obstacle)] = []

    private let grid: Int

    /// - Parameters:
    ///   - time: in which to look for starts.
    ///   - length: of a session in seconds; hours are laid out as far as one that starts in `time` can reach.
    ///   - grid: in seconds.
    init(_ availability: Availability, in time: Range<Int>, length: Int, grid: Int) {
        self.grid = grid
        let days = MentorDays(availability, during: time.lowerBound..<time.upperBound + length)
        days.forEach { day in
            if let away = day.absence {
                add(day.hours, of: day, in: time, obstacle: .absence(returns: away.returns))
            } else {
                add(day.hours, of: day, in: time, obstacle: nil)
                if day.isException { add(day.weekly, of: day, in: time, obstacle: .exception) }
            }
        }
        starts.sort { ($0.moment, $0.obstacle.rank) < ($1.moment, $1.obstacle.rank) }
        starts = starts.indices.filter { $0 == 0 || starts[$0].moment != starts[$0 - 1].moment }.map { starts[$0] }
        open = Self.merged(open)
    }

    /// Why no session starts at a moment that is none of `starts`.
    func obstacle(at moment: Int) -> Obstacle {
        if open.contains(where: { $0.contains(moment) }) { return .offGrid(minutes: grid / 60) }
        return closed.first { $0.time.contains(moment) }?.obstacle ?? .outsideHours
    }

    private mutating func add(_ hours: [OpenHours], of day: MentorDays.Day, in time: Range<Int>, obstacle: Obstacle?) {
        for hours in hours {
            let opening = day.number * 86_400 + hours.from.minutes * 60
            let closing = day.number * 86_400 + hours.to.minutes * 60
            var previous: Int?
            for (piece, offset) in day.clock.moments(from: opening, to: closing) {
                if let obstacle { closed.append((piece, obstacle)) } else { open.append(piece) }
                let sinceOpening = piece.lowerBound + offset - opening
                var start = opening + (sinceOpening + grid - 1) / grid * grid - offset
                while start < piece.upperBound {
                    if previous.map({ start - $0 >= grid }) ?? true {
                        if time.contains(start) { starts.append(Start(moment: start, obstacle: obstacle)) }
                        previous = start
                    }
                    start += grid
                }
            }
        }
    }

    private static func merged(_ pieces: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for piece in pieces.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, piece.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, piece.upperBound)
            } else {
                merged.append(piece)
            }
        }
        return merged
    }
}

extension Obstacle? {
    /// What is open goes before what is closed.
    fileprivate var rank: Int {
        switch self {
        case nil: 0
        case .absence: 1
        default: 2
        }
    }
}
