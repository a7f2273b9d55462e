package import Foundation
import Wire

/// How often a session shall be repeated, as it arrives.
package struct SeriesDraft: Sendable {
    /// What shall be otherwise with one date.
    package struct Choice: Sendable {
        package var position: Int
        package var isSkipped: Bool
        package var start: Date?
        package var minutes: Int?

        package init(position: Int, isSkipped: Bool = false, start: Date? = nil, minutes: Int? = nil) {
            self.position = position
            self.isSkipped = isSkipped
            self.start = start
            self.minutes = minutes
        }
    }

    package var frequency: String
    package var count: Int?
    /// The last day on which a date can be, in the zone of the request.
    package var until: String?
    package var choices: [Choice]

    package init(frequency: String, count: Int? = nil, until: String? = nil, choices: [Choice] = []) {
        self.frequency = frequency
        self.count = count
        self.until = until
        self.choices = choices
    }

    /// - Parameter first: the first date; nil where it is wrong itself.
    func checked(from first: Slot?, type: SessionType?, now: Date, _ checks: inout FieldChecks) -> SeriesPlan? {
        let frequency = Frequency(rawValue: frequency)
        if frequency == nil {
            let names = Frequency.allCases.map(\.rawValue).joined(separator: ", ")
            checks.fail("repeat.frequency", "Use one of \(names).")
        }
        let end = checkedEnd(&checks)
        guard let frequency, let end, let first, first.start > now else { return nil }
        let starts = SeriesRule(frequency, from: first.start, in: first.zone)
            .starts(count: end.count ?? Series.dates.upperBound + 1, until: end.last)
        let planned = starts.compactMap { Slot(start: $0, minutes: first.minutes, zone: first.zone) }
        guard isPossible(planned, now, &checks) else { return nil }
        let dates = checkedChoices(of: planned, type, now, &checks)
        return SeriesPlan(frequency: frequency, dates: dates)
    }

    private func checkedEnd(_ checks: inout FieldChecks) -> (count: Int?, last: CalendarDay?)? {
        switch (count, until) {
        case (nil, nil):
            checks.fail("repeat.count", "A series has an end: give the number of its dates, or the last day in 'until'.")
        case (.some, .some):
            checks.fail("repeat.until", "Give either the number of dates or the last day.")
        case (let count?, nil):
            if Series.dates.contains(count) { return (count, nil) }
            checks.fail("repeat.count", Self.bounds)
        case (nil, let until?):
            if let last = checks.day(until, "repeat.until") { return (nil, last) }
        }
        return nil
    }

    private static let bounds =
        "A series has \(Series.dates.lowerBound) to \(Series.dates.upperBound) dates; one alone is a single session."

    private var end: String { count == nil ? "repeat.until" : "repeat.count" }

    private func isPossible(_ planned: [Slot], _ now: Date, _ checks: inout FieldChecks) -> Bool {
        guard let last = planned.last, Series.dates.contains(planned.count) else {
            let isBefore = planned.count < Series.dates.lowerBound
            checks.fail(
                end, isBefore ? "Give a later day: no second date comes until then. \(Self.bounds)" : Self.bounds)
            return false
        }
        guard last.start <= now.addingTimeInterval(SessionTimes.furthestStart) else {
            checks.fail(end, "The last date would be more than two years ahead.")
            return false
        }
        return true
    }

    private func checkedChoices(
        of planned: [Slot], _ type: SessionType?, _ now: Date, _ checks: inout FieldChecks
    ) -> [PlannedDate] {
        var wanted: [Slot?] = planned
        var places: [Int: Int] = [:]
        for (index, choice) in choices.enumerated() {
            let field = "repeat.choices[\(index)]"
            guard choice.position >= 1, choice.position <= planned.count else {
                checks.fail("\(field).position", "The series has dates from 1 to \(planned.count).")
                continue
            }
            if let other = places.updateValue(index, forKey: choice.position - 1) {
                checks.fail("\(field).position", "This date is in the list already: repeat.choices[\(other)].")
                continue
            }
            wanted[choice.position - 1] = choice.checked(planned[choice.position - 1], field, type, now, &checks)
        }
        guard checks.errors.isEmpty else { return [] }
        let kept = wanted.enumerated().compactMap { position, slot in slot.map { (position, $0) } }
        if kept.count < Series.dates.lowerBound { checks.fail("repeat.choices", "Leave at least two dates.") }
        for (before, after) in zip(kept, kept.dropFirst()) where after.1.start < before.1.end {
            let index = places[after.0] ?? places[before.0] ?? 0
            checks.fail(
                "repeat.choices[\(index)].start",
                "Keep the dates in their order: \(after.0 + 1) would begin before the end of \(before.0 + 1).")
        }
        return planned.enumerated().map { position, slot in
            PlannedDate(position: position + 1, planned: slot, wanted: wanted[position])
        }
    }
}

extension SeriesDraft.Choice {
    /// nil where the date is left out, or cannot be as it is wanted.
    fileprivate func checked(
        _ planned: Slot, _ field: String, _ type: SessionType?, _ now: Date, _ checks: inout FieldChecks
    ) -> Slot? {
        guard !isSkipped else {
            if start != nil || minutes != nil { checks.fail("\(field).skip", "Either skip the date or change it.") }
            return nil
        }
        if start == nil, minutes == nil {
            checks.fail("\(field).skip", "Say what shall be otherwise: skip, start or minutes.")
        }
        if let start { _ = checks.start(start, "\(field).start", now: now) }
        if let minutes { type?.checkLength(minutes, "\(field).minutes", &checks) }
        return Slot(start: start ?? planned.start, minutes: minutes ?? planned.minutes, zone: planned.zone)
    }
}
