package import Foundation

extension SlotSearch {
    /// What else the mentor has at a time, or nearer to it than the buffers allow, by its beginning: sessions and what
    /// is kept for others. What calendars elsewhere say is left out, for the session may be in them itself.
    package func clashes(at start: Date) -> [TakenTime] {
        let first = start.second(.down)
        let session = first..<first + minutes * 60
        let limits = availability.limits(of: type)
        return taken.filter { taken in
            guard taken.kind != .calendar else { return false }
            let own = taken.type.map(availability.limits(of:))
            return limits.free(around: taken.seconds, with: own).overlaps(session)
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    /// The one of them that a mentor is told of before all others: what overlaps, and a session before what is held.
    package func gravestClash(at start: Date) -> TakenTime? {
        let end = start.addingTimeInterval(Double(minutes) * 60)
        let clashes = clashes(at: start)
        let overlapping = clashes.filter { $0.start < end && start < $0.end }
        return overlapping.first { $0.kind.isSession } ?? overlapping.first ?? clashes.first
    }
}

extension TakenTime {
    package func overlaps(_ slot: Slot) -> Bool { start < slot.end && slot.start < end }
}

extension TakenTime.Kind {
    /// Whether it is agreed, so that nobody else can have the time.
    package var isSession: Bool { self == .session || self == .ownSession }
}
