/// When a calendar says that somebody is busy, and nothing of what with.
package struct BusyTimes: Hashable, Sendable {
    /// In seconds since 1970, ascending; no two touch.
    package let times: [Range<Int>]
    /// Entries that do not say when they are in a way that can be read. They are left out.
    package let unreadable: Int

    package init(times: [Range<Int>], unreadable: Int) {
        self.times = times
        self.unreadable = unreadable
    }
}

extension BusyTimes {
    /// One of what overlaps or touches, within a time.
    static func merged(_ times: [Range<Int>], within bounds: Range<Int>) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        let inside = times.lazy.map { $0.clamped(to: bounds) }.filter { !$0.isEmpty }
        for time in inside.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, time.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, time.upperBound)
            } else {
                merged.append(time)
            }
        }
        return merged
    }
}
