import ActivityStreams
package import Foundation
import JSONTree
package import Mentoring
import SafeText
package import Social
import UseCases
package import Wire

/// The activities by which a session travels (see `schemas/fep-mentoring-sessions.md`). Pure: a session and what
/// happened to it in, a document out. Each is addressed to the other party alone.
package struct SessionActivities {
    let session: Session
    let mentee: Actor
    let mentor: Actor
    /// The link of the offer that a request takes.
    var offer: URI?
    /// The Event that a request follows.
    var follows: URI?
    /// To the mentor's questions; needed for the request alone.
    var answers: [IntakeAnswer] = []
    /// Which date of a series it is.
    var place: SeriesPlace?
    /// Of which all that happened to several dates is a part.
    var act: ActDocument?

    package init(session: Session, mentee: Actor, mentor: Actor) {
        self.session = session
        self.mentee = mentee
        self.mentor = mentor
    }

    /// Who of ours speaks, and to whom.
    var sender: Actor { session.custody == .mirror ? mentor : mentee }
    package var recipient: Actor { session.custody == .mirror ? mentee : mentor }

    /// What tells the other community of an event; nil for what concerns nobody there.
    package func activity(for event: SessionEvent, id: URI) -> OutgoingActivity? {
        let content = session.custody == .mirror ? mentorSays(event) : menteeSays(event)
        return content.map { envelope(id, $0, at: event.at, act: act) }
    }

    /// The owner's present state, in reply to what the other side sent, if anything.
    package func statement(_ id: URI, inReplyTo cause: URI?, at now: Date) -> OutgoingActivity {
        switch session.status {
        case .cancelled, .expired:
            let reason = session.ending?.reason ?? Reason(.unspecified)
            return envelope(id, withdrawal(reason, at: session.ending?.at ?? now), at: now)
        default:
            return envelope(
                id, Content("Update", object: event, ["inReplyTo": cause.map { .string($0.string) }]), at: now)
        }
    }

    /// The mirror's word that there is no agreement, to an owner that believes in one.
    package func denial(_ id: URI, at now: Date) -> OutgoingActivity {
        envelope(id, takenBack(Reason(.scheduleConflict), at: now), at: now)
    }

    /// Which revision the mirror knows.
    package func acknowledgement(_ id: URI, at now: Date) -> OutgoingActivity {
        envelope(id, Content("TentativeAccept", object: invite), at: now)
    }

    /// The owner of the Event: its state is what the Event says.
    private func menteeSays(_ happened: SessionEvent) -> Content? {
        switch happened.kind {
        case .requested:
            Content(
                "Invite", object: event,
                [
                    "target": .string(mentor.uri.string), "mnt:offer": offer.map { .string($0.string) },
                    "mnt:follows": follows.map { .string($0.string) }, "mnt:answers": Self.list(answers),
                ])
        case .rescheduled(_, _, let answering):
            Content("Update", object: event, ["inReplyTo": answering.map { .string($0.string) }])
        case .cancelled(let reason): withdrawal(reason, at: happened.at)
        case .expired: withdrawal(Reason(.expired), at: happened.at)
        case .proposalDeclined(let offer, let reason):
            Content("Reject", object: stub("Offer", offer, by: mentor, of: session.uri), reason: reason)
        case .reported, .settled: Content("Update", object: event)
        case .declined(let reason): Content("Update", object: event, reason: reason)
        case .disputed(let reason):
            session.mentorReport.map {
                Content("Reject", object: stub("Offer", $0.activity, by: mentor, of: session.uri), reason: reason)
            }
        case .accepted, .answerRenewed, .proposed, .confirmed, .inquired, .reminded: nil
        case .told(let answer):
            Content(
                "Update", object: event,
                [
                    "inReplyTo": session.inquiry.map { .string($0.activity.string) },
                    "mnt:answers": Self.list([answer]),
                ])
        }
    }

    /// The mentor's side: it answers, offers, and takes back its own answers, and never touches the Event.
    private func mentorSays(_ happened: SessionEvent) -> Content? {
        guard !session.isPlainEvent(of: mentee) else { return answer(happened) }
        return switch happened.kind {
        case .accepted(let note, _):
            Content(
                "Accept", object: invite,
                [
                    "startTime": .string(DateTime.format(session.slot.start)),
                    "mnt:medium": location.map { _ in .string(session.place.medium.wireName) }, "location": location,
                ],
                note: note)
        case .declined(let reason): Content("Reject", object: invite, ["mnt:suggests": suggestions], reason: reason)
        case .cancelled(let reason): takenBack(reason, at: happened.at)
        case .inquired(let question): Content("TentativeAccept", object: invite, note: question)
        case .proposed(let slots, let reason):
            Content(
                "Offer", object: slots.isEmpty ? ["type": "Event"] : .array(slots.map(Self.anonymousEvent)),
                ["target": .string(session.uri.string)],
                reason: reason)
        case .reported(let outcome):
            Content("Offer", object: report(outcome), ["target": .string(session.uri.string)])
        case .disputed(let reason):
            session.menteeReport.map {
                Content("Reject", object: stub("Update", $0.activity, by: mentee, of: session.uri), reason: reason)
            }
        case .requested, .answerRenewed, .proposalDeclined, .rescheduled, .confirmed, .expired, .settled, .told,
            .reminded:
            nil
        }
    }
}

// MARK: - Parts

extension SessionActivities {
    struct Content {
        let type: String
        let object: JSON
        let members: [(String, JSON?)]
        let reason: Reason?
        let note: String?

        init(
            _ type: String, object: JSON, _ members: KeyValuePairs<String, JSON?> = [:], reason: Reason? = nil,
            note: String? = nil
        ) {
            self.type = type
            self.object = object
            self.members = members.map { ($0.key, $0.value) }
            self.reason = reason
            self.note = note
        }
    }

    func envelope(
        _ id: URI, _ content: Content, at time: Date, act: ActDocument? = nil
    ) -> OutgoingActivity {
        var object = JSON.Object()
        object["@context"] = Vocabulary.sessionContext
        object["id"] = .string(id.string)
        object["type"] = .string(content.type)
        object["actor"] = .string(sender.uri.string)
        object["to"] = [.string(recipient.uri.string)]
        object["cc"] = []
        object["published"] = .string(DateTime.format(time))
        object["mnt:revision"] = .int(session.revision)
        object["mnt:act"] = act?.json
        object["mnt:reason"] = content.reason.map { .string($0.code.rawValue) }
        object["content"] = (content.reason?.text ?? content.note).map { .string(paragraphs(fromPlainText: $0)) }
        for (name, value) in content.members { object[name] = value }
        object["object"] = content.object
        return OutgoingActivity(id: id, type: content.type, sender: sender.id, document: .object(object))
    }

    /// Of an agreed session the Accept is deleted, of any other the Invite rejected.
    private func takenBack(_ reason: Reason, at time: Date) -> Content {
        session.agreement.map { accept in
            Content(
                "Delete", object: tombstone(accept.activity, "Accept", at: time),
                ["target": .string(session.uri.string)], reason: reason)
        } ?? Content("Reject", object: invite, reason: reason)
    }

    private func withdrawal(_ reason: Reason, at time: Date) -> Content {
        Content("Delete", object: tombstone(session.uri, "Event", at: time), reason: reason)
    }

    private var event: JSON {
        var document = SessionDocument(session, mentee: mentee, mentor: mentor)
        document.series = place.map { SeriesDocument($0) }
        return document.json
    }

    private static func list(_ answers: [IntakeAnswer]) -> JSON? {
        let given = answers.compactMap { answer in
            answer.text.map { AnswerDocument(question: answer.question, text: $0).json }
        }
        return given.isEmpty ? nil : .array(given)
    }

    private var location: JSON? { session.place.isExact ? PlaceDocument(session.place).json : nil }

    private var suggestions: JSON? {
        session.ending.flatMap { $0.suggested.isEmpty ? nil : .array($0.suggested.map { .string($0.string) }) }
    }

    /// Enough of the Invite for every matcher, without what is private in it.
    private var invite: JSON {
        [
            "id": .string(session.invite.string), "type": "Invite", "actor": .string(mentee.uri.string),
            "target": .string(mentor.uri.string), "object": .string(session.uri.string),
        ]
    }

    private func stub(_ type: String, _ id: URI, by actor: Actor, of target: URI) -> JSON {
        [
            "id": .string(id.string), "type": .string(type), "actor": .string(actor.uri.string),
            "target": .string(target.string),
        ]
    }

    private func tombstone(_ id: URI, _ former: String, at time: Date) -> JSON {
        [
            "id": .string(id.string), "type": "Tombstone", "formerType": .string(former),
            "deleted": .string(DateTime.format(time)),
        ]
    }

    /// An Event without an id: a wish about somebody else's Event, which nobody can mistake for the Event itself.
    private static func anonymousEvent(_ slot: Slot) -> JSON {
        [
            "type": "Event", "startTime": .string(DateTime.format(slot.start)),
            "endTime": .string(DateTime.format(slot.end)), "timezone": .string(slot.zone.name),
        ]
    }

    private func report(_ outcome: Outcome) -> JSON {
        [
            "type": "Event", "mnt:state": .string(outcome.status.wireName),
            "mnt:outcome": OutcomeDocument(outcome).json,
        ]
    }
}
