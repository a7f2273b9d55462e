package import Foundation
package import Wire

/// What a person of this community enters to ask a mentor for a series, as it arrives: the first date as a request of its
/// own, and how it goes on.
package struct SeriesRequest: Sendable {
    package var request: SessionRequest
    package var series: SeriesDraft

    package init(_ request: SessionRequest, _ series: SeriesDraft) {
        self.request = request
        self.series = series
    }

    /// - Throws: what is wrong in the members of a request and in `repeat.frequency`, `repeat.count`, `repeat.until`,
    ///   `repeat.choices`, `repeat.choices[i]` (its `.position`, `.skip`, `.start`, `.minutes`).
    package func checked(
        by asker: ActorID, of terms: MentorTerms, catalogue: Catalogue, now: Date
    ) throws(InvalidFields) -> (CheckedRequest, SeriesPlan) {
        var (checked, errors): (CheckedRequest?, [FieldError]) = (nil, [])
        do {
            checked = try request.checked(by: asker, of: terms, catalogue: catalogue, now: now)
        } catch {
            errors = error.errors
        }
        var checks = FieldChecks()
        let zone = TimeZoneName(request.zone)
        let first = zone.flatMap { Slot(start: request.start, minutes: request.minutes, zone: $0) }
        let plan = series.checked(from: first, type: catalogue[request.type], now: now, &checks)
        errors += checks.errors
        guard errors.isEmpty, let checked, let plan else { throw InvalidFields(errors) }
        return (checked, plan)
    }
}

/// What somebody wants to know of the dates of a series before asking for it, as it arrives.
package struct SeriesQuestion: Sendable {
    package var type: String
    package var start: Date
    package var minutes: Int
    package var zone: String
    package var series: SeriesDraft

    package init(type: String, start: Date, minutes: Int, zone: String, series: SeriesDraft) {
        self.type = type
        self.start = start
        self.minutes = minutes
        self.zone = zone
        self.series = series
    }

    /// - Throws: what is wrong in `mentor`, `type`, `zone`, `start`, `minutes` and `repeat`, as it would be with the
    ///   request itself.
    package func checked(
        by asker: ActorID, of terms: MentorTerms, catalogue: Catalogue, now: Date
    ) throws(InvalidFields) -> (SessionType, SeriesPlan) {
        var checks = FieldChecks()
        terms.checkAdmission(of: asker, &checks)
        let type = catalogue.offered(type, as: "type", &checks)
        if let type { _ = terms.offers?.given(type, &checks) }
        let zone = TimeZoneName(zone)
        if zone == nil { checks.fail("zone", Slot.zoneAdvice) }
        _ = checks.start(start, now: now)
        type?.checkLength(minutes, &checks)
        let errors = checks.errors
        checks = FieldChecks()
        let first = zone.flatMap { Slot(start: start, minutes: minutes, zone: $0) }
        let plan = series.checked(from: first, type: type, now: now, &checks)
        guard errors.isEmpty, checks.errors.isEmpty, let type, let plan else {
            throw InvalidFields(errors + checks.errors)
        }
        return (type, plan)
    }
}

extension CheckedRequest {
    /// The same for another time.
    package func at(_ slot: Slot) -> CheckedRequest {
        CheckedRequest(
            mentee: mentee, mentor: mentor, kind: kind, topic: topic, message: message, slot: slot, place: place,
            rate: rate, answers: answers)
    }
}
