package import Foundation

/// The first time at which somebody new could have a session with a mentor.
package struct NextFree: Hashable, Sendable {
    /// How far ahead it is looked for.
    package static let horizon = 100 * 86_400.0
    /// Most mentors have time soon: what lies further ahead is laid out only where nothing nearer was found.
    private static let steps = [7, 31, 100].map { Double($0) * 86_400 }

    package let start: Date
    /// When nobody can ask for that time any more, if nothing else changes before.
    package let lapsesAt: Date

    package init(start: Date, lapsesAt: Date) {
        self.start = start
        self.lapsesAt = lapsesAt
    }

    /// - Parameters:
    ///   - lengths: the shortest session of each type that the mentor gives, in minutes.
    ///   - taken: everything else of the mentor in `SlotSearch.timeToKnow` of the horizon.
    package init?(_ availability: Availability, lengths: [String: Int], taken: [TakenTime], now: Date) {
        let searches = lengths.map { SlotSearch(availability, type: $0.key, minutes: $0.value, taken: taken, now: now) }
        for step in Self.steps {
            let time = now..<now.addingTimeInterval(step)
            let first = searches.compactMap { search in
                search.starts(in: time).first.map { start in
                    let notice = Double(availability.limits(of: search.type).notice) * 60
                    return NextFree(start: start, lapsesAt: start.addingTimeInterval(-notice))
                }
            }
            // Of types with a time in common the one that can be asked for longest.
            let best = first.min { ($0.start, $1.lapsesAt) < ($1.start, $0.lapsesAt) }
            guard let best else { continue }
            self = best
            return
        }
        return nil
    }
}

extension [MentorOffer] {
    /// The shortest session of each type that is offered, in minutes.
    package func shortestLengths(in catalogue: Catalogue) -> [String: Int] {
        var lengths: [String: Int] = [:]
        for offer in self {
            guard let type = catalogue[offer.type], type.isOffered else { continue }
            lengths[type.name] = type.durations.min()
        }
        return lengths
    }
}
