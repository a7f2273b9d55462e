import ActivityStreams
import Foundation
import JSONTree
import Mentoring
import Social
import Store
import TestSupport
import UseCases
import Wire

@testable import Federation

/// Plays the vectors of `schemas/vectors/sessions.json` with one copy of a session: the readers and rules that the
/// server runs, without a database and with a clock of its own.
struct SessionPlayer {
    private let community: Community
    private let mentee: Actor
    private let mentor: Actor
    private let custody: Custody
    private let handlers: [any ActivityHandler]

    private(set) var session: Session?
    private var isTimeTaken = false
    private var heard: Set<URI> = []
    private var withdrawals: [URI: Withdrawal] = [:]
    /// What left, by id: the same bytes go out again.
    private var said: [URI: JSON] = [:]
    private var sent: [JSON] = []
    private var number = 0

    init(side: String, mentee: String, mentor: String) throws {
        custody = side == "owner" ? .owner : .mirror
        let own = try uri(side == "owner" ? mentee : mentor)
        community = Community(name: "Ours", origin: own.origin, meetingTemplate: nil)
        handlers = sessionHandlers(community: community, desk: SessionDesk(community: community, consequences: []))
        self.mentee = try Self.actor(mentee, id: 1, isLocal: custody == .owner)
        self.mentor = try Self.actor(mentor, id: 2, isLocal: custody == .mirror)
    }

    private static func actor(_ address: String, id: Int64, isLocal: Bool) throws -> Actor {
        let uri = try uri(address)
        return Actor(
            id: ActorID(rawValue: id), uri: uri, kind: .person,
            handle: try handle("\(address.split(separator: "/").last ?? "")@\(uri.host)"), isLocal: isLocal, name: "",
            summary: "", url: nil, inbox: try TestSupport.uri(address + "/inbox"), sharedInbox: nil,
            speaksMentoring: true, createdAt: .distantPast, fetchedAt: nil, goneAt: nil)
    }

    /// The session as it was asked for, on whichever side.
    mutating func begin(with invite: JSON, at time: Date) throws {
        let activity = try ReceivedActivity(invite)
        guard let document = SessionDocument(activity.object, terms: activity.terms),
            let slot = Slot(
                start: document.start, end: document.end, zone: document.zone.flatMap { TimeZoneName($0) } ?? .utc)
        else { throw UnreadableSample(text: "invite") }
        session = Session(
            id: UUID(), uri: document.id, invite: activity.id, mentee: mentee.id, mentor: mentor.id, custody: custody,
            kind: SessionKind(name: document.kind, label: document.kindLabel, pricing: .mentorSetsRate),
            topic: document.topic ?? "", message: document.message, requestedAt: time, slot: slot,
            place: document.sessionPlace, rate: document.sessionRate, revision: 0, revisedAt: time, status: .pending,
            answerBy: SessionTimes.answerBy(since: time, slot: slot, stated: document.expiresAt), updatedAt: time)
        heard.insert(activity.id)
    }

    /// Lets one step happen. Gives what leaves.
    mutating func play(_ step: JSON) throws -> [JSON] {
        sent = []
        guard let at = step.date("at") else { throw UnreadableSample(text: "at") }
        isTimeTaken = step["timeIsTaken"]?.bool ?? false
        if let received = step["received"] {
            try receive(ReceivedActivity(received), at: at)
        } else if let deed = step["does"] {
            let role: Role = custody == .owner ? .mentee : .mentor
            let id = try step["as"]?.uri ?? newID()
            try decide(try action(deed), by: role, revision: nil, published: at, activity: id, now: at)
        } else {
            try runClock(to: at)
        }
        return sent
    }

    // MARK: What comes

    private mutating func receive(_ activity: ReceivedActivity, at now: Date) throws {
        let pattern = ActivityPattern(activity.type, activity.objectType)
        for handler in handlers where handler.patterns.contains(pattern) {
            guard handler.hearsRepetitions || !heard.contains(activity.id) else { continue }
            heard.insert(activity.id)
            switch handler {
            case is InviteHandler: try take(SessionDocument(activity.object, terms: activity.terms), activity, now)
            case is AnswerHandler:
                let action = AnswerHandler.action(of: activity)
                try perform(action, on: activity.object.sessionReferences, of: activity, now: now)
            case is ChangeHandler where activity.type == "Offer":
                let event = activity.document.uri("target").map { [SessionReference.event($0)] }
                try perform(ChangeHandler.action(ofOffer: activity), on: event ?? [], of: activity, now: now)
            case is ChangeHandler: try update(activity, now: now)
            default: try withdraw(activity, now: now)
            }
        }
    }

    /// Takes a request as `IncomingRequests` and `SessionDesk.receive` do.
    private mutating func take(_ document: SessionDocument?, _ activity: ReceivedActivity, _ now: Date) throws {
        let addressees = activity.document.addressees
        guard let document, document.hasClearPrice, mentor.isLocal, addressees.contains(mentor.uri.string) else {
            return
        }
        let request = RemoteRequest(document, invite: activity.id, requester: activity.actor)
        if let session {
            let decision = SessionRules.decideRepeatedRequest(
                request, from: actorID(activity.actor), on: session, now: now, mentorIsFree: !isTimeTaken)
            return try carryOut(decision, cause: activity.id, now: now)
        }
        let verdict = request.judged(
            from: actorID(activity.actor), to: MentorTerms(mentor: mentor.id, acquaintance: .known), id: UUID(),
            withdrawal: withdrawals[document.id], now: now)
        if case .welcome(let session, _) = verdict { self.session = session }
    }

    private mutating func update(_ activity: ReceivedActivity, now: Date) throws {
        guard let document = SessionDocument(activity.object, terms: activity.terms),
            let state = SessionStatus(wireName: document.state), document.hasClearPrice,
            document.owner == activity.actor, document.id.isSameOrigin(as: activity.actor)
        else { return }
        guard session?.uri == document.id else {
            if case .readAsRequest = OrphanRules.decide(.change(.toOurs, state), now: now) {
                try take(document, activity, now)
            }
            return
        }
        try perform(
            ChangeHandler.action(of: document, state: state, activity), on: [.event(document.id)], of: activity,
            revision: document.revision, now: now)
    }

    private mutating func withdraw(_ activity: ReceivedActivity, now: Date) throws {
        guard let subject = activity.object.uri else { return }
        for (reference, action) in WithdrawalHandler.withdrawals(of: subject, by: activity, Reason(activity.reason)) {
            if try perform(action, on: [reference], of: activity, now: now) { return }
        }
        guard activity.type == "Delete", ["Event", nil].contains(activity.object["formerType"]?.string),
            case .remember(let withdrawal) = OrphanRules.decide(
                .withdrawal(event: subject, by: activity.actor), now: now)
        else { return }
        withdrawals[subject] = withdrawal
    }

    /// Whether there is such a session for the sender.
    @discardableResult
    private mutating func perform(
        _ action: SessionAction?, on references: [SessionReference], of activity: ReceivedActivity,
        revision: Int? = nil, now: Date
    ) throws -> Bool {
        guard let action, let session, references.contains(where: { names(session, $0) }),
            let role = session.role(of: actorID(activity.actor))
        else { return false }
        try decide(
            action, by: role, revision: revision ?? activity.revision, published: activity.published ?? now,
            activity: activity.id, now: now)
        return true
    }

    private func names(_ session: Session, _ reference: SessionReference) -> Bool {
        switch reference {
        case .id: false
        case .event(let uri): session.uri == uri
        case .invite(let uri): session.invite == uri
        case .agreement(let uri): session.agreement?.activity == uri
        }
    }

    private func actorID(_ uri: URI) -> ActorID {
        [mentee, mentor].first { $0.uri == uri }?.id ?? ActorID(rawValue: 99)
    }

    // MARK: What is decided

    private mutating func decide(
        _ action: SessionAction, by role: Role, revision: Int?, published: Date, activity: URI, now: Date
    ) throws {
        guard let session else { return }
        let command = SessionCommand(action, by: role, revision: revision, published: published, activity: activity)
        let decision = SessionRules.decide(command, on: session, now: now, mentorIsFree: !isTimeTaken)
        try carryOut(decision, cause: activity, now: now)
    }

    private mutating func carryOut(_ decision: Decision, cause: URI, now: Date) throws {
        session = decision.session
        try tell(decision.event, decision.replies, of: decision.session, cause: cause, now: now)
        if decision.replies.contains(.acceptOffered) {
            let accept = SessionAction.accept(place: nil, note: nil)
            try decide(accept, by: .mentor, revision: nil, published: now, activity: try newID(), now: now)
        }
    }

    private mutating func tell(_ event: SessionEvent?, _ replies: [Reply], of session: Session, cause: URI, now: Date)
        throws
    {
        let activities = SessionActivities(session: session, mentee: mentee, mentor: mentor)
        if let event, session.custody.isHome(of: event.by) {
            let id = event.activity.origin == community.origin ? event.activity : try newID()
            if let activity = activities.activity(for: event, id: id) { send(activity) }
        }
        for reply in replies {
            switch reply {
            case .confirm, .restate: send(activities.statement(try newID(), inReplyTo: cause, at: now))
            case .repeatAnswer(let id): sent.append(said[id] ?? .null)
            case .acceptOffered: break
            }
        }
    }

    private mutating func send(_ activity: OutgoingActivity) {
        said[activity.id] = activity.document
        sent.append(activity.document)
    }

    private mutating func newID() throws -> URI {
        number += 1
        return try uri("\(community.origin)/activities/own-\(number)")
    }

    /// Does what is due by now, in its order.
    private mutating func runClock(to now: Date) throws {
        guard let session, let timer = SessionTimer.next(for: session, now: now), timer.at <= now else { return }
        switch timer.what {
        case .expire: try decide(.expire, by: .clock, revision: nil, published: now, activity: try newID(), now: now)
        case .settle: try decide(.settle, by: .clock, revision: nil, published: now, activity: try newID(), now: now)
        case .remind:
            try decide(.remind, by: .clock, revision: nil, published: now, activity: try newID(), now: now)
            if self.session != session { try runClock(to: now) }
        case .repeatAnswer:
            guard let (after, reply) = SessionRules.repeatedAnswer(of: session, now: now) else { return }
            self.session = after
            try tell(nil, [reply], of: after, cause: after.invite, now: now)
        }
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
