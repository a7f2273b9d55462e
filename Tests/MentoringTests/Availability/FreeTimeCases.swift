import Foundation
import Wire

@testable import Mentoring

/// A case of `Tests/Shared/free_time_cases.py`, with what an implementation of other makings says of it.
struct FreeTimeCase: Decodable {
    struct Document: Decodable {
        let zone: String
        let rules: [Rule]
        let exceptions: [Exception]?
        let travels: [Days]?
        let absences: [Days]?
        let blocked: [Span]?
        let limits: [Limits]
        let caps: Caps
    }

    struct Hours: Decodable {
        let from: String
        let to: String
    }

    struct Rule: Decodable {
        let weekday: String
        let from: String
        let to: String
    }

    struct Exception: Decodable {
        let date: String
        let hours: [Hours]
    }

    struct Days: Decodable {
        let from: String
        let to: String
        let zone: String?
    }

    struct Span: Decodable {
        let start: Int
        let end: Int
        let kind: String?
        let type: String?
    }

    struct Limits: Decodable {
        let type: String
        let notice: Int
        let furthest_days: Int
        let buffer_before: Int
        let buffer_after: Int
        let grid: Int
        let most_a_day: Int?
    }

    struct Caps: Decodable {
        let a_day: Int?
        let a_week: Int?
        let hours_a_month: Int?
    }

    struct Start: Decodable, Equatable {
        let start: Int
        let obstacle: String?
    }

    let availability: Document
    let type: String
    let minutes: Int
    let taken: [Span]
    let now: Int
    let from: Int
    let to: Int
    let starts: [Start]

    var draft: AvailabilityDraft {
        var draft = AvailabilityDraft(zone: availability.zone)
        draft.rules = availability.rules.map {
            .init(weekday: $0.weekday, hours: .init(from: $0.from, to: $0.to))
        }
        draft.exceptions = (availability.exceptions ?? []).map { exception in
            .init(date: exception.date, hours: exception.hours.map { .init(from: $0.from, to: $0.to) })
        }
        draft.travels = (availability.travels ?? []).map {
            .init(days: .init(from: $0.from, to: $0.to), zone: $0.zone ?? "")
        }
        draft.absences = (availability.absences ?? []).map { .init(days: .init(from: $0.from, to: $0.to)) }
        draft.blocked = (availability.blocked ?? []).map { BlockedTime(start: date($0.start), end: date($0.end)) }
        draft.limits = availability.limits.map { given in
            var limits = AvailabilityDraft.Limits(type: given.type)
            limits.notice = given.notice
            limits.furthestDays = given.furthest_days
            limits.bufferBefore = given.buffer_before
            limits.bufferAfter = given.buffer_after
            limits.grid = given.grid
            limits.mostADay = given.most_a_day
            return limits
        }
        draft.caps = BookingCaps(
            aDay: availability.caps.a_day, aWeek: availability.caps.a_week, hoursAMonth: availability.caps.hours_a_month)
        return draft
    }

    func search() throws -> SlotSearch {
        SlotSearch(
            try draft.checked(catalogue: Sample.catalogue), type: type, minutes: minutes,
            taken: taken.map {
                TakenTime(
                    start: date($0.start), end: date($0.end),
                    kind: TakenTime.Kind(rawValue: $0.kind ?? "") ?? .calendar, type: $0.type)
            }, now: date(now))
    }
}

func date(_ second: Int) -> Date { Date(timeIntervalSince1970: Double(second)) }
