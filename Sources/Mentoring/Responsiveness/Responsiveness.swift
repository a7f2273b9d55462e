package import Foundation

/// How a mentor answers those who ask, as far as this community saw it.
package struct Responsiveness: Hashable, Sendable {
    /// Fewer asks tell nothing.
    package static let leastAsks = 3
    /// How far back it looks, in seconds: better days of long ago are no promise.
    package static let memory = 90 * 86_400.0

    /// When the mentor last did something about a session.
    package enum Activity: String, CaseIterable, Sendable {
        case week, month
    }

    /// One request, and whether the mentor answered it.
    package struct Ask: Hashable, Sendable {
        package let askedAt: Date
        /// When the mentor first accepted it, declined it or put forward another time.
        package let answeredAt: Date?
        /// Whether the time for an answer went by.
        package let isMissed: Bool

        package init(askedAt: Date, answeredAt: Date?, isMissed: Bool) {
            self.askedAt = askedAt
            self.answeredAt = answeredAt
            self.isMissed = isMissed
        }
    }

    /// nil when the mentor did nothing for a month.
    package let activity: Activity?
    /// Half of the answers came within so many hours; nil where there was none.
    package let usualHours: Int?
    /// Of a hundred asks, how many were answered before their time went by.
    package let answeredShare: Int

    /// nil on thin data. What still waits, and what was taken back before an answer, says nothing about the mentor.
    ///
    /// - Parameter lastDeed: when the mentor last did something about any session.
    package init?(_ asks: [Ask], lastDeed: Date?, now: Date) {
        let recent = asks.filter { now.timeIntervalSince($0.askedAt) <= Self.memory }
        let waits = recent.compactMap { ask in ask.answeredAt.map { max(0, $0.timeIntervalSince(ask.askedAt)) } }.sorted()
        let missed = recent.count { $0.answeredAt == nil && $0.isMissed }
        let counted = waits.count + missed
        guard counted >= Self.leastAsks else { return nil }
        answeredShare = waits.count * 100 / counted
        usualHours = waits.isEmpty ? nil : Int(exactly: (waits[(waits.count - 1) / 2] / 3600).rounded(.up)).map { max(1, $0) }
        let days = lastDeed.map { now.timeIntervalSince($0) / 86_400 }
        activity = days.flatMap { $0 <= 7 ? .week : $0 <= 30 ? .month : nil }
    }
}

/// How far up a mentor is shown to those who look for one.
package enum Standing: Int, CaseIterable, Sendable {
    /// Most requests get no answer.
    case silent
    case slow
    /// Too few asks to tell.
    case new
    /// Answers most requests, and did so lately.
    case responsive

    package init(_ responsiveness: Responsiveness?) {
        guard let responsiveness else {
            self = .new
            return
        }
        switch responsiveness.answeredShare {
        case 80... where responsiveness.activity != nil: self = .responsive
        case ..<50: self = .silent
        default: self = .slow
        }
    }
}
