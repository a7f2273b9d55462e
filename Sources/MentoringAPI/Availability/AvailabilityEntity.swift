import JSONTree
import Mentoring
import Wire

extension Availability {
    /// What its own mentor reads, in the shape in which it is written.
    var jsonObject: JSON.Object {
        var object = JSON.Object()
        object["zone"] = .string(zone.name)
        object["rules"] = .array(
            rules.map { rule in
                [
                    "weekday": .string(rule.weekday.rawValue), "from": .string(rule.hours.from.description),
                    "to": .string(rule.hours.to.description),
                ]
            })
        object["exceptions"] = .array(
            exceptions.map { exception in
                ["date": .string(exception.day.description), "hours": .array(exception.hours.map(\.json))]
            })
        object["travels"] = .array(
            travels.map { travel in
                [
                    "from": .string(travel.days.lowerBound.description),
                    "to": .string(travel.days.upperBound.description), "zone": .string(travel.zone.name),
                ]
            })
        object["absences"] = .array(absences.map(\.json))
        object["blocked"] = .array(
            blocked.map { blocked in
                [
                    "start": .string(DateTime.format(blocked.start)), "end": .string(DateTime.format(blocked.end)),
                    "reason": .string(blocked.reason),
                ]
            })
        object["limits"] = .array(limits.sorted { $0.key < $1.key }.map { $0.value.json(of: $0.key) })
        object["caps"] = [
            "a_day": caps.aDay.json, "a_week": caps.aWeek.json, "hours_a_month": caps.hoursAMonth.json,
        ]
        object["holding"] = holding.json
        return object
    }
}

extension Holding {
    fileprivate var json: JSON {
        switch self {
        case .always, .never: ["requests": .string(description), "hours": .null]
        case .first(let hours): ["requests": "first", "hours": .int(hours)]
        }
    }
}

extension OpenHours {
    fileprivate var json: JSON { ["from": .string(from.description), "to": .string(to.description)] }
}

extension Absence {
    /// The same for everybody: it is there to be told.
    var json: JSON {
        [
            "from": .string(days.lowerBound.description), "to": .string(days.upperBound.description),
            "returns": .string(returns.description), "stand_in": standIn.map { .string($0.description) } ?? .null,
            "note": .string(note),
        ]
    }
}

extension BookingLimits {
    fileprivate func json(of type: String) -> JSON {
        [
            "type": .string(type), "notice": .int(notice), "furthest_days": .int(furthestDays),
            "buffer_before": .int(bufferBefore), "buffer_after": .int(bufferAfter), "grid": .int(grid),
            "most_a_day": mostADay.json,
        ]
    }
}

extension Int? {
    var json: JSON { map { .int($0) } ?? .null }
}
