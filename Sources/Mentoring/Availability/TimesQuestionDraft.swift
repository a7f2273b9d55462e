package import Foundation
package import Wire

/// What another community asks about a mentor's times, as it arrives. What is left out is the mentor's first type, at
/// its shortest, for a month from now.
package struct TimesQuestionDraft: Sendable {
    package var type: String?
    package var minutes: String?
    /// With a zone `from` and `to` are days in it, as people here ask; without one they are points in time, so that
    /// nobody has to tell where they are.
    package var zone: String?
    package var from: String?
    package var to: String?

    package init(
        type: String? = nil, minutes: String? = nil, zone: String? = nil, from: String? = nil, to: String? = nil
    ) {
        self.type = type
        self.minutes = minutes
        self.zone = zone
        self.from = from
        self.to = to
    }

    /// By so much can clocks make a hundred days of some zone longer than so many times 24 hours.
    private static let slack = 3.0 * 3600

    /// - Throws: what is wrong in `type`, `minutes`, `zone`, `from`, `to`.
    package func checked(
        offers: [MentorOffer], catalogue: Catalogue, now: Date
    ) throws(InvalidFields) -> SlotQuestion {
        let first = offers.lazy.map(\.type).first { catalogue[$0]?.isOffered == true }
        let type = type ?? first ?? ""
        let minutes = minutes.map { Int($0) ?? 0 } ?? catalogue[type]?.durations.min() ?? 0
        var draft = SlotQuestionDraft(type: type, minutes: minutes, zone: zone ?? TimeZoneName.utc.name)
        guard zone == nil else {
            (draft.from, draft.to) = (from, to)
            return try draft.checked(offers: offers, catalogue: catalogue, now: now)
        }
        var checks = FieldChecks()
        let time = checkedTime(now, &checks)
        let question: SlotQuestion
        do {
            question = try draft.checked(offers: offers, catalogue: catalogue, now: now)
        } catch {
            throw InvalidFields(error.errors + checks.errors)
        }
        try checks.finish()
        return SlotQuestion(type: question.type, minutes: question.minutes, zone: question.zone, time: time)
    }

    private func checkedTime(_ now: Date, _ checks: inout FieldChecks) -> Range<Date> {
        func time(_ text: String, _ field: String) -> Date? {
            if let time = DateTime.parse(text), (0..<253_402_300_800).contains(time.timeIntervalSince1970) {
                return time
            }
            checks.fail(
                field, "Use a time such as 2026-09-08T18:00:00+02:00, with its offset; or give days, and their zone.")
            return nil
        }
        let (first, end) = (from.map { time($0, "from") } ?? now, to.map { time($0, "to") })
        guard let first else { return now..<now }
        let last = end ?? first.addingTimeInterval(Double(SlotQuestion.usualDays) * 86_400)
        guard let last else { return now..<now }
        if last < first {
            checks.fail("to", "Give a time that is not before the first.")
            return now..<now
        } else if last.timeIntervalSince(first) > Double(SlotQuestion.mostDays) * 86_400 + Self.slack {
            checks.fail("to", "Ask for at most \(SlotQuestion.mostDays) days at once.")
            return now..<now
        }
        return first..<last
    }
}
