import ActivityStreams
import Foundation
import JSONTree
import Mentoring
import Social
import TestSupport
import Wire

@testable import Federation
@testable import mentord_simulate

/// Plays the vectors of `schemas/vectors/sessions.json` with one copy of a session, in a community that is simulated: the
/// readers and rules that the server runs, without a database and with a clock of its own.
struct SessionPlayer {
    private let role: Role
    private var daemon: Daemon

    init(side: String, mentee: String, mentor: String) throws {
        role = side == "owner" ? .mentee : .mentor
        let own = try uri(side == "owner" ? mentee : mentor)
        daemon = Daemon(
            community: Community(name: "Ours", origin: own.origin, meetingTemplate: nil),
            people: [
                try Self.actor(mentee, id: 1, isLocal: side == "owner"),
                try Self.actor(mentor, id: 2, isLocal: side != "owner"),
            ],
            names: Names())
    }

    private static func actor(_ address: String, id: Int64, isLocal: Bool) throws -> Actor {
        let uri = try uri(address)
        return Actor(
            id: ActorID(rawValue: id), uri: uri, kind: .person,
            handle: try handle("\(address.split(separator: "/").last ?? "")@\(uri.host)"), isLocal: isLocal, name: "",
            summary: "", url: nil, inbox: try TestSupport.uri(address + "/inbox"), sharedInbox: nil,
            speaksMentoring: true, createdAt: .distantPast, fetchedAt: nil, goneAt: nil)
    }

    var session: Session? { daemon.sessions.first }

    /// The session as it was asked for, on whichever side.
    mutating func begin(with invite: JSON, at time: Date) throws {
        let activity = try ReceivedActivity(invite)
        guard let document = SessionDocument(activity.object, terms: activity.terms), let slot = document.slot else {
            throw UnreadableSample(text: "invite")
        }
        daemon.keep(
            Session(
                id: UUID(), uri: document.id, invite: activity.id, mentee: ActorID(rawValue: 1),
                mentor: ActorID(rawValue: 2), custody: role == .mentee ? .owner : .mirror,
                kind: SessionKind(name: document.kind, label: document.kindLabel, pricing: .mentorSetsRate),
                topic: document.topic ?? "", message: document.message, requestedAt: time, slot: slot,
                place: document.sessionPlace, rate: document.sessionRate, revision: 0, revisedAt: time, status: .pending,
                answerBy: SessionTimes.answerBy(since: time, slot: slot, stated: document.expiresAt), updatedAt: time))
        daemon.heard.insert(activity.id)
    }

    /// Lets one step happen. Gives what leaves.
    mutating func play(_ step: JSON) throws -> [JSON] {
        guard let at = step.date("at") else { throw UnreadableSample(text: "at") }
        daemon.isTimeTaken = step["timeIsTaken"]?.bool ?? false
        if let received = step["received"] {
            daemon.receive(received, now: at)
        } else if let deed = step["does"] {
            guard let session else { throw UnreadableSample(text: "nothing to act on") }
            daemon.act(try action(deed), by: role, on: session.uri, as: step["as"]?.uri, now: at)
        } else {
            runClock(to: at)
        }
        return daemon.takeOutgoing().map(\.document)
    }

    /// Does what is due by now, in its order.
    private mutating func runClock(to now: Date) {
        if let session { daemon.ring(Daemon.Alarm(at: now, session: session.uri), now: now) }
        while let due = daemon.alarms.first(where: { $0.at <= now }) { daemon.ring(due, now: now) }
    }

    // MARK: What our own person does

    private func action(_ deed: JSON) throws -> SessionAction {
        let reason = Reason(heard: deed["reason"]?.string, code: nil)
        switch deed["what"]?.string {
        case "accept": return .accept(place: nil, note: nil)
        case "decline": return .decline(reason)
        case "cancel": return .cancel(reason)
        case "offer": return .propose(try deed["times"].list.map(slot), reason)
        case "declineOffer": return .declineProposal(of: nil, reason)
        case "move":
            guard let session else { break }
            return .reschedule(Move(of: session, to: try slot(deed)))
        case "inquire": return .inquire(deed["text"]?.string ?? "")
        case "tell": return .tell(deed["text"]?.string ?? "")
        case "report":
            guard
                let outcome = Outcome(
                    menteeAttended: deed["requesterAttended"]?.bool ?? false,
                    mentorAttended: deed["mentorAttended"]?.bool ?? false)
            else { break }
            return .report(outcome)
        case "dispute": return .dispute(reason)
        default: break
        }
        throw UnreadableSample(text: deed.serializedText())
    }

    private func slot(_ times: JSON) throws -> Slot {
        guard let start = times.date("startTime"), let end = times.date("endTime"),
            let slot = Slot(start: start, end: end, zone: try zone("Europe/Berlin"))
        else { throw UnreadableSample(text: times.serializedText()) }
        return slot
    }
}
