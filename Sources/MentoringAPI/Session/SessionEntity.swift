import Foundation
import JSONTree
import Mentoring
import Social
import Store
import Wire

/// A session as its parties read it over the API.
struct SessionEntity {
    let session: Session
    let reader: ActorID
    let people: [ActorID: Actor]
    /// How far ahead the community wants to hear of cancels and moves.
    let notice: Notice
    var meeting: Meeting?
    /// Which session it follows; told in the single view.
    var follows: UUID?
    /// Which date of a series it is.
    var place: SeriesPlace?

    var json: JSON {
        var object = JSON.Object()
        object["id"] = .string(session.id.uuidString.lowercased())
        object["uri"] = .string(session.uri.string)
        object["role"] = .string(role.rawValue)
        object["status"] = .string(session.status.rawValue)
        object["revision"] = .int(session.revision)
        object["type"] = ["name": .string(session.kind.name), "label": .string(session.kind.label)]
        object["topic"] = .string(session.topic)
        object["message"] = .string(session.message)
        object["mentee"] = person(session.mentee)
        object["mentor"] = person(session.mentor)
        object["start"] = .string(DateTime.format(session.slot.start))
        object["end"] = .string(DateTime.format(session.slot.end))
        object["minutes"] = .int(session.slot.minutes)
        object["zone"] = .string(session.slot.zone.name)
        object["place"] = session.place.json
        object["rate"] = session.rate.map(\.json) ?? .null
        object["answer_by"] = session.status == .pending ? .string(DateTime.format(session.answerBy)) : .null
        object["held_until"] =
            session.status == .pending ? optional(session.heldUntil.map(DateTime.format)) : .null
        object["waiting_on"] = optional(session.waitingOn?.rawValue)
        object["waiting"] = session.waiting?.json ?? .null
        object["late_from"] = optional(notice.lateFrom(session, for: role).map(DateTime.format))
        object["proposal"] = session.proposal.map { proposal in
            ["slots": .array(proposal.slots.map(\.json)), "reason": optional(proposal.reason.text)]
        } ?? .null
        object["question"] = optional(session.inquiry.flatMap { $0.isOpen ? $0.question : nil })
        object["ended"] = session.ending.map { ending in
            [
                "by": .string(Self.actor(ending.by, isExpiry: session.status == .expired)),
                "reason": optional(ending.reason.text), "code": .string(ending.reason.code.rawValue),
                "at": .string(DateTime.format(ending.at)), "late": .bool(ending.isLate),
                "suggested": .array(ending.suggested.map { .string($0.string) }),
            ]
        } ?? .null
        object["meeting"] = meeting?.json ?? .null
        object["reports"] = .array(
            [(Role.mentee, session.menteeReport), (.mentor, session.mentorReport)].compactMap { role, report in
                report.map { $0.json(by: role) }
            })
        object["disputes"] = .array(
            [(Role.mentee, session.menteeDispute), (.mentor, session.mentorDispute)].compactMap { role, dispute in
                dispute.map {
                    [
                        "by": .string(role.rawValue), "reason": optional($0.reason.text),
                        "at": .string(DateTime.format($0.at)),
                    ]
                }
            })
        object["series"] = place?.json ?? .null
        object["requested_at"] = .string(DateTime.format(session.requestedAt))
        object["updated_at"] = .string(DateTime.format(session.updatedAt))
        return .object(object)
    }

    /// With what only the single view shows: the reader's own note, the answers to the mentor's questions, the history.
    func json(note: String?, history: [RecordedEvent], answers: [IntakeAnswer]) -> JSON {
        guard var object = json.object else { return json }
        object["notes"] = optional(note)
        object["follows"] = optional(follows?.uuidString.lowercased())
        object["answers"] = .array(answers.map(\.json))
        object["history"] = .array(
            history.filter { $0.kind != "answer_renewed" && $0.kind != "confirmed" }.map { event in
                [
                    "what": .string(event.kind),
                    "by": .string(Self.actor(event.by, isExpiry: event.kind == SessionEvent.Kind.expired.label)),
                    "at": .string(DateTime.format(event.at)), "revision": .int(event.revision),
                    "reason": optional(event.words), "late": .bool(event.detail["late"]?.bool == true),
                    // What else the mentor has at the time is nobody else's business.
                    "despite": role == .mentor ? event.detail["despite"] ?? .null : .null,
                ]
            })
        return .object(object)
    }

    /// Time runs out by itself, also where the other community's clock said so first.
    private static func actor(_ role: Role, isExpiry: Bool) -> String { (isExpiry ? .clock : role).rawValue }

    private var role: Role { session.role(of: reader) ?? .mentee }

    private func person(_ id: ActorID) -> JSON { people[id].map(PersonEntity.json) ?? .null }

    private func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}

extension Waiting {
    fileprivate var json: JSON {
        [
            "who": .string(on.rawValue), "since": .string(DateTime.format(since)),
            "until": .string(DateTime.format(until)), "otherwise": .string(otherwise.rawValue),
        ]
    }
}

/// A person as others see them in answers of the API.
enum PersonEntity {
    static func json(_ actor: Actor) -> JSON {
        [
            "handle": .string(actor.handle.description), "uri": .string(actor.uri.string),
            "name": .string(actor.displayName), "url": .string((actor.url ?? actor.uri).string),
            "is_local": .bool(actor.isLocal),
        ]
    }
}

extension Rate {
    var json: JSON {
        ["amount": .string(amount), "currency": .string(currency.code), "per": .string(per.rawValue)]
    }
}

extension Slot {
    var json: JSON {
        [
            "start": .string(DateTime.format(start)), "end": .string(DateTime.format(end)), "minutes": .int(minutes),
            "zone": .string(zone.name),
        ]
    }
}
