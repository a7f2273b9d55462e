package import Foundation
package import Wire

/// What a mentor enters to offer somebody times of their choice, as it arrives.
package struct PrivateOfferDraft: Sendable {
    package static let times = 1...10
    /// Of one mentor at a time.
    package static let mostOpen = 100

    package var type: String
    package var minutes: Int
    package var starts: [Date]
    package var message: String
    /// nil: until the last of the times.
    package var expires: Date?

    package init(type: String, minutes: Int, starts: [Date], message: String = "", expires: Date? = nil) {
        self.type = type
        self.minutes = minutes
        self.starts = starts
        self.message = message
        self.expires = expires
    }

    /// - Parameter profile: of the mentor, who may be one.
    /// - Throws: what is wrong in `type`, `minutes`, `times` (and `times[0]` …), `message`, `expires`.
    package func checked(
        of profile: MentorProfile?, catalogue: Catalogue, now: Date
    ) throws(InvalidFields) -> PrivateOffer.Terms {
        var checks = FieldChecks()
        let type = catalogue.offered(type, as: "type", &checks)
        let offer = type.flatMap { type in profile?.offers.first { $0.type == type.name } }
        if profile?.isAdmitted != true {
            checks.fail("type", "Only mentors offer sessions: write a mentor profile first.")
        } else if type != nil, offer == nil {
            checks.fail("type", "You do not give it: add it to your mentor profile first.")
        }
        type?.checkLength(minutes, &checks)
        let starts = checkedStarts(now, &checks)
        let message = checks.text(message, "message", length: SessionRequest.messageLength, lines: .several)
        if let expires, expires <= now { checks.fail("expires", "Choose a time to come.") }
        try checks.finish()
        guard let type, let last = starts.last else { throw InvalidFields(checks.errors) }
        return PrivateOffer.Terms(
            kind: SessionKind(type), minutes: minutes, rate: type.pricing == .alwaysFree ? nil : offer?.rate,
            message: message, starts: starts, expiresAt: min(expires.map(DateTime.cutToMilliseconds) ?? last, last))
    }

    private func checkedStarts(_ now: Date, _ checks: inout FieldChecks) -> [Date] {
        let starts = starts.map(DateTime.cutToMilliseconds)
        if !Self.times.contains(starts.count) { checks.fail("times", "Give 1 to 10 times.") }
        for (position, start) in starts.enumerated() {
            guard checks.start(start, "times[\(position)]", now: now) else { continue }
            if starts[..<position].contains(start) {
                checks.fail("times[\(position)]", "This time is there already.")
            }
        }
        return starts.sorted()
    }
}
