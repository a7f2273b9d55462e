import Foundation
import Wire

/// The wall clock of a zone over some time, for integer arithmetic. Points in time are seconds since 1970, and so are
/// readings of the wall clock, as if it hung in UTC.
///
/// Foundation is asked for the offset once for each day of that time, and in between only where two differ: what a zone
/// does in spring and autumn, for a month in Ramadan or once by law is found alike. Two changes within a day that
/// cancel each other would be missed; no zone has had them. What it knows of zones Foundation carries in itself: the
/// system's files are not read.
struct ZoneClock {
    /// From when on which offset holds, ascending; the first holds from ever, the last for ever.
    private var changes: [(at: Int, offset: Int)]
    private let offsets: ClosedRange<Int>

    init(_ zone: TimeZoneName, during time: Range<Int>) {
        let zone = zone.timeZone
        func offset(_ moment: Int) -> Int { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment))) }
        var known = time.lowerBound
        changes = [(.min, offset(known))]
        while known < time.upperBound {
            let next = min(known + 86_400, time.upperBound)
            let end = offset(next)
            while let present = changes.last?.offset, present != end {
                var (before, after) = (known, next)
                while after - before > 1 {
                    let middle = before + (after - before) / 2
                    if offset(middle) == present { before = middle } else { after = middle }
                }
                changes.append((after, offset(after)))
                known = after
            }
            known = next
        }
        let all = changes.map(\.offset)
        offsets = (all.min() ?? 0)...(all.max() ?? 0)
    }

    func offset(at moment: Int) -> Int { changes[position(of: moment)].offset }

    /// Days since 1970-01-01 as the wall clock counts them.
    func day(of moment: Int) -> Int { (moment + offset(at: moment)).floored(by: 86_400) }

    /// When the wall clock shows something from `first` up to `last`: ascending, apart from each other only where a
    /// change of clocks lies between. Empty where all of it is skipped.
    func moments(from first: Int, to last: Int) -> [(time: Range<Int>, offset: Int)] {
        var found: [(time: Range<Int>, offset: Int)] = []
        var position = position(of: first - offsets.upperBound)
        while position < changes.count {
            let (start, offset) = changes[position]
            position += 1
            let end = position < changes.count ? changes[position].at : Int.max
            if start > last - offsets.lowerBound { break }
            let (from, to) = (max(start, first - offset), min(end, last - offset))
            if from < to { found.append((from..<to, offset)) }
        }
        return found
    }

    /// When the wall clock shows something: the first time where it does twice; where a change skips it, what it would
    /// have been without the change (RFC 5545 section 3.3.5).
    func moment(showing reading: Int) -> Int {
        if let found = moments(from: reading, to: reading + 1).first { return found.time.lowerBound }
        let before = zip(changes, changes.dropFirst()).first { before, after in
            after.at + before.offset <= reading && reading < after.at + after.offset
        }
        return reading - (before?.0.offset ?? offsets.lowerBound)
    }

    /// The first moment of a day; of one that the zone skipped, the first that comes after.
    func start(ofDay number: Int) -> Int {
        if let first = moments(from: number * 86_400, to: (number + 1) * 86_400).first { return first.time.lowerBound }
        return changes.first { $0.at > .min && $0.at + $0.offset >= number * 86_400 }?.at ?? number * 86_400
    }

    /// The first moment of one day in a zone, or of the next that the zone has.
    static func start(ofDay number: Int, in zone: TimeZoneName) -> Int {
        ZoneClock(zone, during: (number - 2) * 86_400..<(number + 3) * 86_400).start(ofDay: number)
    }

    /// The day that a zone has at one moment.
    static func day(of moment: Int, in zone: TimeZoneName) -> Int {
        ZoneClock(zone, during: moment..<moment + 1).day(of: moment)
    }

    /// The change that holds at a moment.
    private func position(of moment: Int) -> Int {
        var (low, high) = (0, changes.count)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if changes[middle].at <= moment { low = middle } else { high = middle }
        }
        return low
    }
}
