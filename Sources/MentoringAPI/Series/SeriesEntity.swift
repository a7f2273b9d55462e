import Foundation
import JSONTree
import Mentoring
import Social
import UseCases
import WebServer
import Wire

/// A series as its parties read it: with every date, whatever became of it.
struct SeriesEntity {
    let series: Series
    let dates: [(position: Int, session: Session)]
    let reader: ActorID
    let people: [ActorID: Actor]
    /// How far ahead the community wants to hear of cancels and moves.
    let notice: Notice

    var object: JSON.Object {
        var object = JSON.Object()
        object["id"] = .string(series.id.uuidString.lowercased())
        object["uri"] = .string(series.uri.string)
        object["role"] = .string((series.role(of: reader) ?? .mentee).rawValue)
        object["frequency"] = .string(series.frequency.rawValue)
        object["count"] = .int(series.count)
        object["zone"] = .string(series.zone.name)
        object["mentee"] = people[series.mentee].map(PersonEntity.json) ?? .null
        object["mentor"] = people[series.mentor].map(PersonEntity.json) ?? .null
        object["dates"] = .array(
            dates.map { date in
                SessionEntity(
                    session: date.session, reader: reader, people: people, notice: notice,
                    place: SeriesPlace(series: series, position: date.position)
                ).json
            })
        return object
    }
}

extension SeriesPlace {
    /// What a session tells of its series.
    var json: JSON {
        [
            "id": .string(series.id.uuidString.lowercased()), "position": .int(position), "count": .int(series.count),
            "frequency": .string(series.frequency.rawValue),
        ]
    }
}

extension SeriesFinding {
    var json: JSON {
        var object = JSON.Object()
        object["position"] = .int(date.position)
        object["planned"] = .string(DateTime.format(date.planned.start))
        object["start"] = date.wanted.map { .string(DateTime.format($0.start)) } ?? .null
        object["minutes"] = date.wanted.map { .int($0.minutes) } ?? .null
        switch verdict {
        case .free: (object["verdict"], object["rule"]) = ("free", .null)
        case .leftOut: (object["verdict"], object["rule"]) = ("skipped", .null)
        case .unknown: (object["verdict"], object["rule"]) = ("unknown", .null)
        case .notFree(let obstacle):
            object["verdict"] = "not_free"
            object["rule"] = obstacle.map { .string(ToldObstacle($0, isOwn: false).rule) } ?? .null
        }
        object["same_day"] = .array(sameDay.map { .string(DateTime.format($0)) })
        object["same_week"] = .array(sameWeek.map { .string(DateTime.format($0)) })
        object["shorter"] = .array(shorter.map { .int($0) })
        return .object(object)
    }
}

extension Problem {
    init(_ refusal: SeriesNotFree) {
        let positions = refusal.findings.filter(\.isNotFree).map { String($0.date.position) }
        self = .conflict(
            "The mentor does not have every date: \(positions.joined(separator: ", ")). Skip, move or shorten them.",
            details: [("conflict", "dates_not_free"), ("dates", .array(refusal.findings.map(\.json)))])
    }

    init(_ conflict: SeriesConflict) {
        guard let dates = conflict.dates, let first = dates.first else {
            self = .conflict(
                "No date of the series is left with which that could be done.",
                details: [("conflict", "no_dates"), ("dates", [])])
            return
        }
        if case .refused(let refusal) = first.reason, Problem(refusal, of: first.session).status != 409 {
            self.init(refusal, of: first.session)
            return
        }
        let positions = dates.map { String($0.position) }.joined(separator: ", ")
        self = .conflict(
            "Nothing was done, because of these dates: \(positions).",
            details: [("conflict", "series_dates"), ("dates", .array(dates.map(\.json)))])
    }
}

extension SeriesConflict.Failure {
    fileprivate var json: JSON {
        let label =
            switch reason {
            case .refused(let refusal): refusal.label
            case .notFree: "time_not_free"
            }
        return [
            "position": .int(position), "session": .string(session.id.uuidString.lowercased()),
            "start": .string(DateTime.format(session.slot.start)), "conflict": .string(label),
        ]
    }
}
