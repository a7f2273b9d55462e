package import Foundation
import Wire

/// What a community lays down for people who do not come: each step from so many times on, 0 for never.
package struct NoShowLadder: Hashable, Sendable {
    package static let bounds = 0...100
    package static let days = 1...3650

    /// They are told that it counts.
    package var warning = 1
    /// A mentee has one request waiting at a time.
    package var limit = 2
    /// A mentee asks nobody, and nobody asks a mentor, for ``pauseDays`` from the last time on.
    package var pause = 3
    /// How long a time counts.
    package var memoryDays = 180
    package var pauseDays = 14

    package init() {}
}

/// Where somebody stands on the ladder, and until when.
package struct Attendance: Hashable, Sendable {
    package enum Step: String, CaseIterable, Sendable {
        case none, warned, limited, paused
    }

    private static let day = 86_400.0

    package let step: Step
    /// How many times count.
    package let count: Int
    /// When the step ends, if nothing is added; nil on no step.
    package let until: Date?

    /// - Parameter times: from when on each no-show counts.
    package init(_ times: [Date], ladder: NoShowLadder, now: Date) {
        let memory = Double(ladder.memoryDays) * Self.day
        let counting = times.filter { $0 <= now && now < $0.addingTimeInterval(memory) }.sorted(by: >)
        count = counting.count
        /// When fewer than so many are left.
        func end(of least: Int) -> Date? {
            least > 0 && counting.count >= least ? counting[least - 1].addingTimeInterval(memory) : nil
        }
        let pauseEnd = end(of: ladder.pause).flatMap { left in
            counting.first.map { min(left, $0.addingTimeInterval(Double(ladder.pauseDays) * Self.day)) }
        }
        if let pauseEnd, now < pauseEnd {
            (step, until) = (.paused, pauseEnd)
        } else if let end = end(of: ladder.limit) {
            (step, until) = (.limited, end)
        } else if let end = end(of: ladder.warning) {
            (step, until) = (.warned, end)
        } else {
            (step, until) = (.none, nil)
        }
    }

    /// How many requests of a mentee can wait at a time.
    package func mostAsks(of most: Int) -> Int {
        switch step {
        case .none, .warned: most
        case .limited: min(1, most)
        case .paused: 0
        }
    }

    /// What it keeps somebody from in a role, in words; nil where it changes nothing.
    package func words(for role: Role) -> String? {
        guard let until else { return nil }
        let sessions = count == 1 ? "a session" : "\(count) sessions"
        let end = TimeZoneName.utc.text(of: until)
        return switch (step, role) {
        case (.limited, .mentee):
            "You did not come to \(sessions): until \(end) one request of yours can wait at a time."
        case (.paused, .mentee): "You did not come to \(sessions): you can ask nobody until \(end)."
        case (.paused, .mentor): "You did not come to \(sessions): you take no requests until \(end)."
        default: nil
        }
    }
}
