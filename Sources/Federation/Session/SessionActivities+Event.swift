import Foundation
import JSONTree
import Mentoring
import Social
import Store
import UseCases
import Wire

/// What the mentor answered to a plain event, and has not taken back.
struct EventAnswer: Hashable {
    let verb: String
    let activity: URI
}

/// An organiser whose server knows events and no sessions is answered as Friendica and Hubzilla answer (federation
/// profile 5.3): by one answer at a time, about the Event itself.
extension SessionActivities {
    func answer(_ happened: SessionEvent) -> Content? {
        switch happened.kind {
        case .accepted(let note, _): Content("Accept", object: plainEvent, note: note)
        case .inquired(let question): Content("TentativeAccept", object: plainEvent, note: question)
        case .declined(let reason), .cancelled(let reason): Content("Reject", object: plainEvent, reason: reason)
        default: nil
        }
    }

    func undo(_ answer: EventAnswer, id: URI, at time: Date) -> OutgoingActivity {
        let stub: JSON = [
            "id": .string(answer.activity.string), "type": .string(answer.verb), "actor": .string(mentor.uri.string),
            "object": .string(session.uri.string),
        ]
        return envelope(id, Content("Undo", object: stub), at: time)
    }

    private var plainEvent: JSON { .plainEvent(session.uri, of: mentee.uri) }
}

extension JSON {
    /// An Event as answers name it. Hubzilla reads from `actor` whose it is, and cannot fetch what is private; Friendica
    /// takes `attributedTo` for a second signer.
    static func plainEvent(_ id: URI, of owner: URI) -> JSON {
        ["id": .string(id.string), "type": "Event", "actor": .string(owner.string)]
    }
}

extension [RecordedEvent] {
    /// The answer to a plain event that stood before one of these happened. Another time takes back all but a Reject.
    func standingAnswer(before number: Int64) -> EventAnswer? {
        var standing: EventAnswer?
        for event in self where event.id < number {
            switch (event.kind, event.by) {
            case ("rescheduled", _): standing = standing?.verb == "Reject" ? standing : nil
            case (_, .mentee): break
            case ("accepted", _): standing = EventAnswer(verb: "Accept", activity: event.activity)
            case ("inquired", _): standing = EventAnswer(verb: "TentativeAccept", activity: event.activity)
            case ("declined", _), ("cancelled", _): standing = EventAnswer(verb: "Reject", activity: event.activity)
            default: break
            }
        }
        return standing
    }
}
