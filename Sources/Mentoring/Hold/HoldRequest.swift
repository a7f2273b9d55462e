package import Foundation
package import Wire

/// A time that somebody picks and wants kept while they write their request, as it arrives.
package struct HoldRequest: Sendable {
    /// How long it is kept, in seconds.
    package static let duration = 300.0
    /// How many one person may have at a time, each with another mentor.
    package static let mostOfOnePerson = 5

    /// Name of a type in the asker's community.
    package var type: String
    package var start: Date
    package var minutes: Int

    package init(type: String, start: Date, minutes: Int) {
        self.type = type
        self.start = start
        self.minutes = minutes
    }

    /// - Throws: what is wrong in `mentor`, `type`, `start`, `minutes`, as it would be with the request itself.
    package func checked(
        by asker: ActorID, of terms: MentorTerms, catalogue: Catalogue, id: UUID, now: Date
    ) throws(InvalidFields) -> HeldTime {
        var checks = FieldChecks()
        terms.checkAdmission(of: asker, &checks)
        let type = catalogue.offered(type, as: "type", &checks)
        if let type { _ = terms.offers?.given(type, &checks) }
        _ = checks.start(start, now: now)
        type?.checkLength(minutes, &checks)
        try checks.finish()
        guard let type, let slot = Slot(start: start, minutes: minutes, zone: .utc) else { throw InvalidFields(checks.errors) }
        return HeldTime(
            id: id, mentor: terms.mentor, holder: asker, type: type.name, start: slot.start, minutes: slot.minutes,
            until: min(now.addingTimeInterval(Self.duration), slot.start))
    }
}
