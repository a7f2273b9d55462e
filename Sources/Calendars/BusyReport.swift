/// What the program that reads a calendar writes for the one that asked: `good` and the number of entries left out,
/// then one time a line; or `refused` and why.
enum BusyReport {
    static func text(_ result: Result<BusyTimes, CalendarRefusal>) -> String {
        switch result {
        case .success(let busy):
            let lines = busy.times.map { "\($0.lowerBound) \($0.upperBound)" }
            return (["good \(busy.unreadable)"] + lines).map { "\($0)\n" }.joined()
        case .failure(let refusal): return "refused \(refusal.rawValue)\n"
        }
    }

    /// Takes nothing on trust: who wrote it has read what strangers sent.
    static func read(_ text: String, within bounds: Range<Int>) throws(CalendarRefusal) -> BusyTimes {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popLast() == "", let head = lines.popFirst()?.split(separator: " "), head.count == 2 else {
            throw .unreadable
        }
        if head[0] == "refused", lines.isEmpty, let refusal = CalendarRefusal(rawValue: String(head[1])) {
            throw refusal
        }
        guard head[0] == "good", let unreadable = Int(head[1]), unreadable >= 0 else { throw .unreadable }
        guard lines.count <= CalendarLimits.mostTimes else { throw .tooMany }
        var times: [Range<Int>] = []
        for line in lines {
            let numbers = line.split(separator: " ").map { Int($0) }
            guard numbers.count == 2, let start = numbers[0], let end = numbers[1], start < end,
                start >= bounds.lowerBound, end <= bounds.upperBound, times.last.map({ $0.upperBound < start }) ?? true
            else { throw .unreadable }
            times.append(start..<end)
        }
        return BusyTimes(times: times, unreadable: unreadable)
    }
}
