import Foundation
import JSONTree
import Mentoring
import WebServer
import Wire

/// `PUT /api/mentoring/availability`.
enum AvailabilityBody {
    /// Room for everything that a draft can hold and for lists that are far too long, so that these are told by name.
    private static let limits = JSON.Limits(values: 100_000)

    static func draft(_ exchange: Exchange) throws -> AvailabilityDraft {
        try exchange.read(within: limits) { fields in
            var draft = AvailabilityDraft(zone: fields.required("zone", .text(length: 1...100)))
            draft.rules = fields.required("rules", .list(of: .object(rule), most: AvailabilityDraft.mostRules))
            draft.exceptions =
                fields.optional("exceptions", .list(of: .object(exception), most: AvailabilityDraft.mostExceptions)) ?? []
            draft.travels =
                fields.optional("travels", .list(of: .object(travel), most: AvailabilityDraft.mostTravels)) ?? []
            draft.absences =
                fields.optional("absences", .list(of: .object(absence), most: AvailabilityDraft.mostAbsences)) ?? []
            draft.blocked =
                fields.optional("blocked", .list(of: .object(blocked), most: AvailabilityDraft.mostBlocked)) ?? []
            draft.limits =
                fields.optional("limits", .list(of: .object(limits), most: AvailabilityDraft.mostLimits)) ?? []
            draft.caps = fields.optional("caps", .object(caps)) ?? BookingCaps()
            draft.holding = fields.optional("holding", .object(holding)) ?? HoldingDraft()
            return draft
        }
    }

    private static func hours(_ fields: JSONFields) -> AvailabilityDraft.Hours {
        AvailabilityDraft.Hours(
            from: fields.required("from", .text(length: 0...10)), to: fields.required("to", .text(length: 0...10)))
    }

    private static func rule(_ fields: JSONFields) -> AvailabilityDraft.Rule {
        AvailabilityDraft.Rule(weekday: fields.required("weekday", .text(length: 0...20)), hours: hours(fields))
    }

    private static func exception(_ fields: JSONFields) -> AvailabilityDraft.Exception {
        AvailabilityDraft.Exception(
            date: fields.required("date", .text(length: 0...20)),
            hours: fields.required("hours", .list(of: .object(hours), most: AvailabilityDraft.mostHoursADay)))
    }

    private static func days(_ fields: JSONFields) -> AvailabilityDraft.Days {
        AvailabilityDraft.Days(
            from: fields.required("from", .text(length: 0...20)), to: fields.required("to", .text(length: 0...20)))
    }

    private static func travel(_ fields: JSONFields) -> AvailabilityDraft.Journey {
        AvailabilityDraft.Journey(days: days(fields), zone: fields.required("zone", .text(length: 1...100)))
    }

    private static func absence(_ fields: JSONFields) -> AvailabilityDraft.Leave {
        AvailabilityDraft.Leave(
            days: days(fields), returns: fields.optional("returns", .text(length: 0...20)),
            standIn: fields.optional("stand_in", .text(length: 0...400)),
            note: fields.optional("note", .text(length: 0...2000)) ?? "")
    }

    private static func blocked(_ fields: JSONFields) -> BlockedTime {
        BlockedTime(
            start: fields.required("start", .time), end: fields.required("end", .time),
            reason: fields.optional("reason", .text(length: 0...2000)) ?? "")
    }

    private static func limits(_ fields: JSONFields) -> AvailabilityDraft.Limits {
        var limits = AvailabilityDraft.Limits(type: fields.required("type", .text(length: 1...100)))
        limits.notice = fields.optional("notice", .count) ?? limits.notice
        limits.furthestDays = fields.optional("furthest_days", .count) ?? limits.furthestDays
        limits.bufferBefore = fields.optional("buffer_before", .count) ?? limits.bufferBefore
        limits.bufferAfter = fields.optional("buffer_after", .count) ?? limits.bufferAfter
        limits.grid = fields.optional("grid", .count) ?? limits.grid
        limits.mostADay = fields.optional("most_a_day", .count)
        return limits
    }

    private static func holding(_ fields: JSONFields) -> HoldingDraft {
        HoldingDraft(
            requests: fields.required("requests", .text(length: 0...20)), hours: fields.optional("hours", .count))
    }

    private static func caps(_ fields: JSONFields) -> BookingCaps {
        BookingCaps(
            aDay: fields.optional("a_day", .count), aWeek: fields.optional("a_week", .count),
            hoursAMonth: fields.optional("hours_a_month", .count))
    }
}

extension JSONRule {
    fileprivate static func list<Element>(of rule: JSONRule<Element>, most: Int) -> JSONRule
    where Value == [Element] {
        .list(of: rule, count: 0...most)
    }
}

extension JSONRule<Int> {
    /// A number that the draft looks at more closely.
    fileprivate static var count: JSONRule { .integer(in: 0...1_000_000) }
}
