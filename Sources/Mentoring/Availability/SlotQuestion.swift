package import Foundation
package import Wire

/// What somebody wants to know of a mentor's times, in which nothing is wrong.
package struct SlotQuestion: Hashable, Sendable {
    /// Days that can be asked about at once.
    package static let mostDays = 100
    package static let usualDays = 31

    package let type: String
    package let minutes: Int
    /// The asker's.
    package let zone: TimeZoneName
    /// From the beginning of the first day to the end of the last, in the asker's zone.
    package let time: Range<Date>
}

/// What somebody asks about a mentor's times, as it arrives.
package struct SlotQuestionDraft: Sendable {
    package var type: String
    package var minutes: Int
    package var zone: String
    /// The first day in the asker's zone; nil is today.
    package var from: String?
    /// The last day; nil is a month on.
    package var to: String?

    package init(type: String, minutes: Int, zone: String, from: String? = nil, to: String? = nil) {
        self.type = type
        self.minutes = minutes
        self.zone = zone
        self.from = from
        self.to = to
    }

    /// - Throws: what is wrong in `type`, `minutes`, `zone`, `from`, `to`.
    ///
    /// - Parameter offers: what the mentor gives; nil where that is not known.
    package func checked(
        offers: [MentorOffer]?, catalogue: Catalogue, now: Date
    ) throws(InvalidFields) -> SlotQuestion {
        var checks = FieldChecks()
        let type = catalogue.offered(type, as: "type", &checks)
        if let type { _ = offers?.given(type, &checks) }
        type?.checkLength(minutes, &checks)
        let zone = checks.zone(zone, "zone")
        let time = checkedTime(in: zone, now, &checks)
        try checks.finish()
        return SlotQuestion(type: self.type, minutes: minutes, zone: zone, time: time)
    }

    private func checkedTime(in zone: TimeZoneName, _ now: Date, _ checks: inout FieldChecks) -> Range<Date> {
        let today = ZoneClock.day(of: now.second(.down), in: zone)
        let first = from.map { checks.day($0, "from")?.number } ?? today
        guard let first else { return now..<now }
        let last = to.map { checks.day($0, "to")?.number } ?? first + SlotQuestion.usualDays - 1
        guard let last else { return now..<now }
        if last < first {
            checks.fail("to", "Give a day that is not before the first.")
            return now..<now
        } else if last - first >= SlotQuestion.mostDays {
            checks.fail("to", "Ask for at most \(SlotQuestion.mostDays) days at once.")
            return now..<now
        }
        let (start, end) = (ZoneClock.start(ofDay: first, in: zone), ZoneClock.start(ofDay: last + 1, in: zone))
        return Date(second: start)..<Date(second: max(start, end))
    }
}
