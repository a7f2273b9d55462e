import ActivityStreams
import Federation
import Foundation
import JSONTree
import Mentoring
import Social
import UseCases
import Wire

/// One community with its copies of sessions, in memory: the readers, the rules and the documents of the server, with a
/// clock that is turned from outside. A value: a copy of it is a backup.
struct Daemon {
    let community: Community
    /// Everybody there is, as this community sees them.
    let people: [Actor]
    let names: Names
    var sabotage: Sabotage?
    /// Whether the mentor has something else at whatever time is asked for.
    var isTimeTaken = false

    private(set) var sessions: [Session] = []
    /// When the clock has to look at which session.
    private(set) var alarms: [Alarm] = []
    /// What was written with the change that caused it, and has not left yet.
    private(set) var outgoing: [Letter] = []
    /// What happened and was not looked at yet, for those who watch.
    private(set) var happened: [Happening] = []

    var heard: Set<URI> = []
    var withdrawals: [URI: Withdrawal] = [:]
    /// What was said, by id: it goes out again in the same bytes.
    var said: [URI: JSON] = [:]

    init(community: Community, people: [Actor], names: Names, sabotage: Sabotage? = nil) {
        self.community = community
        self.people = people
        self.names = names
        self.sabotage = sabotage
    }

    struct Alarm {
        let at: Date
        let session: URI
    }

    /// An activity on its way to one actor elsewhere.
    struct Letter {
        let document: JSON
        let recipient: URI
    }

    struct Happening {
        let session: Session
        let event: SessionEvent
    }

    func session(_ event: URI) -> Session? { sessions.first { $0.uri == event } }

    func person(_ uri: URI) -> Actor? { people.first { $0.uri == uri } }

    func person(_ id: ActorID) -> Actor? { people.first { $0.id == id } }

    /// Gives what has to leave, once.
    mutating func takeOutgoing() -> [Letter] {
        defer { outgoing = [] }
        return outgoing
    }

    mutating func takeHappened() -> [Happening] {
        defer { happened = [] }
        return happened
    }

    /// A person of this community asks a mentor elsewhere.
    mutating func ask(_ mentor: Actor, by mentee: Actor, for slot: Slot, now: Date) {
        let event = community.addresses.session(names.next())
        let invite = community.addresses.activity(names.next())
        let session = Session(
            id: names.next(), uri: event, invite: invite, mentee: mentee.id, mentor: mentor.id, custody: .owner,
            kind: SessionKind(name: "pana_support", label: "Peer support", pricing: .mentorSetsRate), topic: "Portfolio",
            message: "", requestedAt: now, slot: slot, place: Place(medium: .online), rate: nil, revision: 0,
            revisedAt: now, status: .pending, answerBy: SessionTimes.answerBy(since: now, slot: slot), updatedAt: now)
        keep(session)
        follow(session, SessionEvent(.requested, by: .mentee, at: now, revision: 0, activity: invite), cause: nil, at: now)
    }

    /// A person of this community does something with their session.
    mutating func act(_ action: SessionAction, by role: Role, on event: URI, as activity: URI? = nil, now: Date) {
        guard let session = session(event) else { return }
        decide(
            SessionCommand(action, by: role, published: now, activity: activity ?? newActivity()), on: session, now: now)
    }

    /// Does what the first alarm says that is due by now.
    mutating func ring(_ alarm: Alarm, now: Date) {
        alarms.removeAll { $0.at == alarm.at && $0.session == alarm.session }
        guard let session = session(alarm.session), let timer = SessionTimer.next(for: session, now: now) else { return }
        guard timer.at <= now else {
            if sabotage != .losesLateAlarms { alarms.append(Alarm(at: timer.at, session: session.uri)) }
            return
        }
        switch timer.what {
        case .expire: decideByClock(.expire, on: session, now: now)
        case .settle: decideByClock(.settle, on: session, now: now)
        case .remind: decideByClock(.remind, on: session, now: now)
        case .repeat:
            guard let (after, reply) = SessionRules.repetition(of: session, now: now) else { break }
            keep(after)
            follow(after, nil, replies: sabotage == .neverRepeats ? [] : [reply], cause: nil, at: now)
        }
    }

    private mutating func decideByClock(_ action: SessionAction, on session: Session, now: Date) {
        decide(SessionCommand(action, by: .clock, published: now, activity: newActivity()), on: session, now: now)
    }
}

// MARK: What is decided, and what follows

extension Daemon {
    mutating func keep(_ session: Session) {
        if let index = sessions.firstIndex(where: { $0.uri == session.uri }) {
            sessions[index] = session
        } else {
            sessions.append(session)
        }
    }

    @discardableResult
    mutating func decide(_ command: SessionCommand, on session: Session, now: Date) -> Decision {
        let isFree = SessionRules.slotInQuestion(command.action, on: session).map { self.isFree(session, during: $0) } ?? true
        let decision = SessionRules.decide(command, on: session, now: now, mentorIsFree: isFree)
        carryOut(decision, cause: command.activity, now: now)
        return decision
    }

    func isFree(_ session: Session, during slot: Slot) -> Bool {
        guard !isTimeTaken else { return false }
        return sabotage == .booksTwice
            || !sessions.contains { other in
                other.mentor == session.mentor && other.uri != session.uri
                    && other.takenSlots.contains { $0.overlaps(slot) }
            }
    }

    mutating func carryOut(_ decision: Decision, cause: URI, now: Date) {
        keep(decision.session)
        let replies = decision.replies.filter { $0 != .acceptOffered }
        if decision.event != nil || !replies.isEmpty {
            follow(decision.session, decision.event, replies: replies, cause: cause, at: now)
        }
        if decision.replies.contains(.acceptOffered) {
            act(.accept(place: nil, note: nil), by: .mentor, on: decision.session.uri, now: now)
        }
    }

    mutating func follow(
        _ session: Session, _ event: SessionEvent?, replies: [Reply] = [], cause: URI?, at now: Date
    ) {
        if let event { happened.append(Happening(session: session, event: event)) }
        if let timer = SessionTimer.next(for: session, now: session.updatedAt) {
            alarms.append(Alarm(at: timer.at, session: session.uri))
        }
        guard let mentee = person(session.mentee), let mentor = person(session.mentor) else { return }
        let activities = SessionActivities(session: session, mentee: mentee, mentor: mentor)
        let recipient = activities.recipient.uri
        if let event, session.custody.isHome(of: event.by) {
            let id = event.activity.origin == community.origin ? event.activity : newActivity()
            if let activity = activities.activity(for: event, id: id) { send(activity.document, id, to: recipient) }
        }
        for reply in replies {
            let id = newActivity()
            switch reply {
            case .confirm, .restate:
                send(activities.statement(id, inReplyTo: cause, at: now).document, id, to: recipient)
            case .deny where sabotage == .revivesWhatIsOver: break
            case .deny: send(activities.denial(id, at: now).document, id, to: recipient)
            case .acknowledge: send(activities.acknowledgement(id, at: now).document, id, to: recipient)
            case .repeatAnswer(let id): said[id].map { outgoing.append(Letter(document: $0, recipient: recipient)) }
            case .acceptOffered: break
            }
        }
    }

    mutating func send(_ document: JSON, _ id: URI, to recipient: URI) {
        said[id] = document
        outgoing.append(Letter(document: document, recipient: recipient))
    }

    /// What no mentor has done.
    mutating func acceptUnasked(_ event: URI, _ now: Date) {
        let seen = happened.count
        act(.accept(place: nil, note: nil), by: .mentor, on: event, now: now)
        happened.removeSubrange(seen...)
    }

    func newActivity() -> URI { community.addresses.activity(names.next()) }
}
