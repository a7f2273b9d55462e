package import Foundation
package import Wire

/// When somebody has time, laid out over the days ahead, to be laid beside the free times of mentors.
package struct CommonTime: Sendable {
    /// How far ahead it looks, in seconds.
    package static let reach = 14 * 86_400.0
    /// Times that are told of one mentor.
    static let mostTold = 3

    package let time: Range<Date>
    /// In which days and parts of days are named.
    package let zone: TimeZoneName?
    /// Whether they said when they have time; else it is by day.
    package let isByOwnHours: Bool
    private let clock: ZoneClock
    /// In seconds, ascending, none touching the next; nil is any time.
    private let open: [Range<Int>]?
    private let taken: [Range<Int>]

    /// - Parameter taken: what they have to do already.
    package init(_ wishes: Wishes, taken: [TakenTime] = [], now: Date) {
        time = now..<now.addingTimeInterval(Self.reach)
        let seconds = now.second(.up)..<now.second(.up) + Int(Self.reach) + 86_400
        zone = wishes.zone
        clock = ZoneClock(wishes.zone ?? .utc, during: seconds)
        isByOwnHours = !wishes.hours.isEmpty
        self.taken = Self.merged(taken.map(\.seconds).filter { !$0.isEmpty })
        guard let zone = wishes.zone else {
            open = nil
            return
        }
        let rules = wishes.hours.isEmpty ? Self.days : wishes.hours
        open = OpenTime(Availability(zone: zone, rules: rules), in: seconds, length: 0, grid: 3600).open
    }

    /// By day, where nothing else is known: when people meet.
    private static let days = Weekday.allCases.compactMap { weekday in
        WallTime(minutes: 8 * 60).flatMap { from in
            WallTime(minutes: 21 * 60).flatMap { OpenHours(from: from, to: $0) }
        }.map { WeeklyRule(weekday: weekday, hours: $0) }
    }

    /// Those of some starts, ascending, at which both have time for so many minutes.
    func common(_ starts: [Date], minutes: Int) -> [Date] {
        var (open, taken) = (open.map { $0[...] }, taken[...])
        return starts.filter { start in
            let session = start.second(.down)..<start.second(.down) + max(minutes, 1) * 60
            while let first = open?.first, first.upperBound < session.upperBound { open?.removeFirst() }
            if open != nil, open?.first.map({ $0.lowerBound <= session.lowerBound }) != true { return false }
            while let first = taken.first, first.upperBound <= session.lowerBound { taken.removeFirst() }
            return taken.first.map { $0.lowerBound >= session.upperBound } ?? true
        }
    }

    private static func merged(_ times: [Range<Int>]) -> [Range<Int>] {
        times.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, time in
            if let last = merged.last, time.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, time.upperBound)
            } else {
                merged.append(time)
            }
        }
    }

    /// Some of the starts, the first of different days.
    func told(_ starts: [Date]) -> [Date] {
        var (told, days): ([Date], Set<Int>) = ([], [])
        for start in starts where told.count < Self.mostTold && days.insert(day(start)).inserted { told.append(start) }
        return told
    }

    func days(_ starts: [Date]) -> Int { Set(starts.map(day)).count }

    private func day(_ start: Date) -> Int { clock.day(of: start.second(.down)) }

    /// `Tuesday evening`.
    func part(of start: Date) -> String {
        let second = start.second(.down)
        let hour = (second + clock.offset(at: second)).remainder(of: 86_400) / 3600
        // 1970-01-01 was a Thursday.
        let weekday = Weekday.allCases[(day(start) + 3).remainder(of: 7)]
        let part =
            switch hour {
            case 5..<12: "morning"
            case 12..<17: "afternoon"
            case 17..<22: "evening"
            default: "night"
            }
        return "\(weekday.rawValue.capitalized) \(part)"
    }
}
