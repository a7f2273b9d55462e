package import Foundation
package import Wire

/// One day of an asker with its free times, and the answer to why there are not more.
package struct SlotDay: Hashable, Sendable {
    /// Times that the mentor's hours would offer, and the rule that takes them away.
    package struct Removal: Hashable, Sendable {
        package let obstacle: Obstacle
        /// Ascending.
        package fileprivate(set) var starts: [Date]
    }

    package let day: CalendarDay
    /// When a session can start, ascending.
    package private(set) var free: [Date] = []
    /// In the order of the first time that each rule removed. Nothing here and nothing free: no open hours on that day.
    package private(set) var removed: [Removal] = []

    init(day: CalendarDay) { self.day = day }

    mutating func add(_ start: Date, _ obstacle: Obstacle?) {
        guard let obstacle else { return free.append(start) }
        if let position = removed.lastIndex(where: { $0.obstacle == obstacle }) {
            removed[position].starts.append(start)
        } else {
            removed.append(Removal(obstacle: obstacle, starts: [start]))
        }
    }
}
