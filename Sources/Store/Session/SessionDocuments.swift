package import Foundation
package import JSONTree
package import Mentoring
import PostgreSQL
package import Wire

// The parts of a session and of its history that lie in jsonb columns.

extension Proposal {
    var json: JSON {
        var object = reason.members
        object["activity"] = .string(activity.string)
        object["published"] = .string(DateTime.format(published))
        object["slots"] = .array(slots.map(\.json))
        return .object(object)
    }

    init?(_ json: JSON) {
        guard let activity = json["activity"]?.string.flatMap({ URI($0) }),
            let published = json["published"]?.string.flatMap(DateTime.parse)
        else { return nil }
        self.init(
            activity: activity, slots: json["slots"]?.list.compactMap { Slot($0) } ?? [], reason: Reason(json),
            published: published)
    }
}

extension Inquiry {
    var json: JSON {
        [
            "activity": .string(activity.string), "question": .string(question),
            "published": .string(DateTime.format(published)),
            "answered": answeredAt.map { .string(DateTime.format($0)) },
        ]
    }

    init?(_ json: JSON) {
        guard let activity = json["activity"]?.string.flatMap({ URI($0) }), let question = json["question"]?.string,
            let published = json["published"]?.string.flatMap(DateTime.parse)
        else { return nil }
        self.init(
            activity: activity, question: question, published: published,
            answeredAt: json["answered"]?.string.flatMap(DateTime.parse))
    }
}

extension OutcomeReport {
    var json: JSON {
        var object = outcome.members
        object["at"] = .string(DateTime.format(at))
        object["activity"] = .string(activity.string)
        return .object(object)
    }

    init?(_ json: JSON) {
        guard
            let outcome = Outcome(
                menteeAttended: json["mentee"]?.bool == true, mentorAttended: json["mentor"]?.bool == true,
                minutes: json["minutes"]?.int),
            let at = json["at"]?.string.flatMap(DateTime.parse),
            let activity = json["activity"]?.string.flatMap({ URI($0) })
        else { return nil }
        self.init(outcome: outcome, at: at, activity: activity)
    }
}

extension Dispute {
    var json: JSON {
        var object = reason.members
        object["at"] = .string(DateTime.format(at))
        object["activity"] = .string(activity.string)
        return .object(object)
    }

    init?(_ json: JSON) {
        guard let at = json["at"]?.string.flatMap(DateTime.parse),
            let activity = json["activity"]?.string.flatMap({ URI($0) })
        else { return nil }
        self.init(reason: Reason(json), at: at, activity: activity)
    }
}

extension SessionEvent {
    /// What the kind of event carries: a reason, times, a note, an outcome.
    var detail: JSON {
        var object = JSON.Object()
        switch kind {
        case .requested, .answerRenewed, .confirmed, .expired: break
        case .accepted(let note, let despite):
            object["note"] = note.map { .string($0) }
            object["despite"] = despite?.json
        case .declined(let reason), .cancelled(let reason), .proposalDeclined(_, let reason), .disputed(let reason):
            object = reason.members
        case .proposed(let slots, let reason):
            object = reason.members
            object["slots"] = .array(slots.map(\.json))
        case .rescheduled(let from, let to, let answering):
            object["from"] = from.json
            object["to"] = to.json
            object["answering"] = answering.map { .string($0.string) }
        case .reported(let outcome), .settled(let outcome): object = outcome.members
        case .inquired(let question): object["text"] = .string(question)
        case .told(let answer): object["text"] = answer.text.map { .string($0) }
        case .reminded(let role): object["whom"] = .string(role.rawValue)
        }
        if isLate { object["late"] = true }
        return .object(object)
    }
}

/// An event as it stands in a session's history.
package struct RecordedEvent: Sendable {
    package let id: Int64
    /// ``SessionEvent/Kind/label``.
    package let kind: String
    package let by: Role
    package let at: Date
    package let revision: Int
    package let activity: URI
    /// Members by kind: `code` and `text` of a reason, `slots`, `from`, `to`, `note`, `despite`, `mentee`, `mentor`,
    /// `minutes`, `whom`; and `late` of whatever was.
    package let detail: JSON

    /// What who did it wrote with it.
    package var words: String? { detail["text"]?.string ?? detail["note"]?.string }

    init(_ row: Row) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        by = try row.get("role")
        at = try row.get("at")
        revision = try row.get("revision")
        activity = try row.get("activity")
        detail = try JSON.parse(Array((try row.get("detail") as String).utf8))
    }
}

extension TakenTime {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "start": .string(DateTime.format(start)),
            "end": .string(DateTime.format(end)),
        ]
    }
}

extension Slot {
    fileprivate var json: JSON {
        ["start": .string(DateTime.format(start)), "minutes": .int(minutes), "zone": .string(zone.name)]
    }

    fileprivate init?(_ json: JSON) {
        guard let start = json["start"]?.string.flatMap(DateTime.parse), let minutes = json["minutes"]?.int else {
            return nil
        }
        self.init(
            start: start, minutes: minutes, zone: json["zone"]?.string.flatMap { TimeZoneName($0) } ?? .utc)
    }
}

extension Reason {
    fileprivate var members: JSON.Object {
        var object = JSON.Object()
        object["code"] = .string(code.rawValue)
        object["text"] = text.map { .string($0) }
        return object
    }

    fileprivate init(_ json: JSON) {
        self.init(heard: json["text"]?.string, code: json["code"]?.string)
    }
}

extension Outcome {
    fileprivate var members: JSON.Object {
        var object = JSON.Object()
        object["mentee"] = .bool(menteeAttended)
        object["mentor"] = .bool(mentorAttended)
        object["minutes"] = minutes.map { .int($0) }
        return object
    }
}
