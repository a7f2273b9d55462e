import Foundation
import Wire

@testable import Mentoring

/// Two communities and the network between them, for one session, from a seed: messages are delayed, reordered,
/// duplicated, and lost until they are tried again; both people do at random whatever they can.
struct Simulation {
    /// What travels. Every Update carries the whole Event, so a mirror that never got the Invite can begin with it.
    struct Message {
        let command: SessionCommand
        let snapshot: RemoteRequest?
        let toOwner: Bool
    }

    private var random: SeededGenerator
    private(set) var now = Sample.asked
    private(set) var owner: Session
    private(set) var mirror: Session?
    private var withdrawal: Withdrawal?
    private var underWay: [Message] = []
    private var sent: [URI: Message] = [:]
    private var acceptedRevisions: Set<Int> = []
    private var names = 0
    private(set) var promisesBroken: [String] = []
    private(set) var deliveries = 0

    /// What happened, for reading why a seed fails; kept only on demand.
    private(set) var journal: [String] = []
    private let keepsJournal: Bool

    init(seed: UInt64, keepingJournal: Bool = false) {
        keepsJournal = keepingJournal
        random = SeededGenerator(seed: seed)
        owner = Sample.session(.pending, .owner)
        post(SessionCommand(.confirm, by: .mentee, revision: 0, published: now, activity: owner.invite), toOwner: false)
    }

    /// Lives through the session, then lets the network empty itself and time pass until nothing is due.
    mutating func run() {
        for _ in 0..<Int.random(in: 10...80, using: &random) { step() }
        for _ in 0..<200 {
            while let message = underWay.popLast() { deliver(message) }
            guard let due = nextDue else { return }
            now = max(now, due)
            runTimers()
        }
        promisesBroken.append("never comes to rest")
    }

    private mutating func step() {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<2: pass(Double.random(in: 0...30, using: &random) * 60)
        case 2: pass(Double.random(in: 0...60, using: &random) * 3600)
        case 3..<7: deliverOne()
        case 7: actAsMentee()
        default: actAsMentor()
        }
    }

    private mutating func pass(_ seconds: Double) {
        now = DateTime.cutToMilliseconds(now.addingTimeInterval(seconds))
        runTimers()
    }

    private var nextDue: Date? {
        [owner, mirror].compactMap { session in session.flatMap { SessionTimer.next(for: $0, now: now)?.at } }.min()
    }

    private mutating func runTimers() {
        if let timer = SessionTimer.next(for: owner, now: now), timer.at <= now {
            decide(Self.action(timer.what), by: .clock, onOwner: true)
        }
        guard let session = mirror, let timer = SessionTimer.next(for: session, now: now), timer.at <= now else { return }
        if timer.what != .repeatAnswer {
            decide(Self.action(timer.what), by: .clock, onOwner: false)
        } else if let (after, reply) = SessionRules.repeatedAnswer(of: session, now: now) {
            mirror = after
            send(reply, answering: nil, fromOwner: false)
        }
    }

    private static func action(_ timer: SessionTimer) -> SessionAction {
        switch timer {
        case .expire: .expire
        case .settle, .repeatAnswer: .settle
        case .remind: .remind
        }
    }

    private mutating func actAsMentee() {
        let slots = [Sample.slot, Sample.otherSlot, Sample.thirdSlot] + (owner.proposal?.slots ?? [])
        let slot = slots.randomElement(using: &random) ?? Sample.slot
        let action: SessionAction =
            switch Int.random(in: 0..<16, using: &random) {
            case 0: .cancel(Sample.words)
            case 1..<3: .declineProposal(of: nil, Sample.words)
            case 3..<7: .report(Bool.random(using: &random) ? .completed : Sample.absence)
            default: owner.moved(to: slot)
            }
        decide(action, by: .mentee, onOwner: true)
    }

    private mutating func actAsMentor() {
        let action: SessionAction =
            switch Int.random(in: 0..<16, using: &random) {
            case 0: .cancel(Sample.words)
            case 1..<3: .decline(Sample.words)
            case 3..<6: .propose([Sample.otherSlot, Sample.thirdSlot], Sample.words)
            case 6..<8: .report(.completed)
            case 8: .dispute(Sample.words)
            default: .accepting
            }
        decide(action, by: .mentor, onOwner: false)
    }

    private mutating func deliverOne() {
        guard let index = underWay.indices.randomElement(using: &random) else { return }
        let message = underWay[index]
        // Some arrive and are sent again all the same, because the answer to the sender was lost.
        if Int.random(in: 0..<4, using: &random) > 0 { underWay.remove(at: index) }
        deliver(message)
    }
}

extension Simulation {
    private mutating func deliver(_ message: Message) {
        deliveries += 1
        if message.toOwner || mirror != nil {
            if case .confirm = message.command.action, message.command.activity == owner.invite {
                repeatRequest(message)
            } else {
                decide(message.command, onOwner: message.toOwner)
            }
        } else {
            deliverToNobody(message)
        }
    }

    /// The mirror does not know the session yet.
    private mutating func deliverToNobody(_ message: Message) {
        let orphan: OrphanRules.Orphan =
            switch message.command.action {
            case .cancel, .expire: .withdrawal(event: owner.uri, by: owner.uri)
            case .reschedule: .change(.toOurs, .pending)
            case .confirm where message.command.activity == owner.invite: .change(.toOurs, .pending)
            default: .change(.toOurs, .scheduled)
            }
        switch OrphanRules.decide(orphan, now: now) {
        case .drop: break
        case .remember(let memory): withdrawal = memory
        case .readAsRequest:
            guard let request = message.snapshot else { return }
            let verdict = request.judged(
                from: Sample.mika, to: RemoteRequestTests.open, id: owner.id, withdrawal: withdrawal, now: now)
            if case .welcome(let session, _) = verdict { mirror = session }
        }
    }

    private mutating func repeatRequest(_ message: Message) {
        guard let request = message.snapshot, let session = mirror else { return }
        take(
            SessionRules.decideRepeatedRequest(request, from: Sample.mika, on: session, now: now, mentorIsFree: true),
            to: message.command, onOwner: false)
    }

    private mutating func decide(_ action: SessionAction, by role: Role, onOwner: Bool) {
        names += 1
        let activity = Sample.activity("\(names)", of: onOwner ? "a.example" : "b.example")
        decide(SessionCommand(action, by: role, published: now, activity: activity), onOwner: onOwner)
    }

    private mutating func decide(_ command: SessionCommand, onOwner: Bool) {
        guard let session = onOwner ? owner : mirror else { return }
        let isFree = Int.random(in: 0..<12, using: &random) > 0
        take(
            SessionRules.decide(command, on: session, now: now, mentorIsFree: isFree), to: command, onOwner: onOwner)
    }

    private mutating func take(_ decision: Decision, to command: SessionCommand, onOwner: Bool) {
        guard let before = onOwner ? owner : mirror else { return }
        let after = decision.session
        if onOwner { owner = after } else { mirror = after }
        check(from: before, to: after, onOwner: onOwner)
        if keepsJournal { write(decision, to: command, before: before, onOwner: onOwner) }

        if let event = decision.event { spread(event, of: after, answering: command, fromOwner: onOwner) }
        for reply in decision.replies {
            if reply == .acceptOffered {
                decide(.accepting, by: .mentor, onOwner: false)
            } else {
                send(reply, answering: command.activity, fromOwner: onOwner)
            }
        }
    }

    private mutating func write(_ decision: Decision, to command: SessionCommand, before: Session, onOwner: Bool) {
        let id = command.activity.path.split(separator: "/").last ?? ""
        let published = DateTime.format(command.published)
        journal.append(
            "\(DateTime.format(now)) \(onOwner ? "owner" : "mirror"): \(command.action.label) \(id) by \(command.role) "
                + "revision \(command.revision.map(String.init) ?? "-") of \(published): \(before.status) \(before.revision) → "
                + "\(decision.refusal?.label ?? "\(decision.session.status) \(decision.session.revision)") \(decision.replies)"
        )
    }

    private mutating func check(from before: Session, to after: Session, onOwner: Bool) {
        let side = onOwner ? "owner" : "mirror"
        if before.status == .cancelled, after.status != .cancelled {
            promisesBroken.append("\(side): cancelled became \(after.status)")
        }
        if after.revision < before.revision { promisesBroken.append("\(side): revision went back") }
        if !onOwner, after.status == .scheduled { acceptedRevisions.insert(after.revision) }
        if !onOwner, after.status == .scheduled, after.answer?.kind != .accepted {
            promisesBroken.append("mirror: scheduled without the mentor's word")
        }
        if onOwner, after.status == .scheduled, !acceptedRevisions.contains(after.revision) {
            promisesBroken.append("owner: scheduled at revision \(after.revision), which the mentor never accepted")
        }
        if after.status == .scheduled, after.agreement?.revision != after.revision {
            promisesBroken.append("\(side): scheduled without agreement")
        }
    }
}

extension Simulation {
    /// What the builders make of an event: only what happened at home leaves home.
    private mutating func spread(
        _ event: SessionEvent, of session: Session, answering command: SessionCommand, fromOwner: Bool
    ) {
        let isHome = session.custody.isHome(of: event.by)
        guard isHome, event.activity == command.activity else { return }
        let action: SessionAction? =
            switch event.kind {
            case .rescheduled(_, let slot, let offer): .reschedule(Move(of: session, to: slot, answering: offer))
            case .expired: fromOwner ? .expire : nil
            case .settled(let outcome): .report(outcome)
            case .cancelled(let reason): .cancel(reason)
            default: command.action
            }
        guard let action else { return }
        // What the community did by itself with a foreign activity goes out under an id of its own.
        names += 1
        let activity =
            command.role == event.by
            ? event.activity : Sample.activity("\(names)", of: fromOwner ? "a.example" : "b.example")
        post(
            SessionCommand(
                action, by: fromOwner ? .mentee : .mentor, revision: event.revision, published: now, activity: activity),
            toOwner: !fromOwner)
    }

    private mutating func send(_ reply: Reply, answering answer: URI?, fromOwner: Bool) {
        switch reply {
        case .repeatAnswer(let activity):
            if let message = sent[activity] { underWay.append(message) }
        case .confirm, .restate:
            names += 1
            let command = SessionCommand(
                statement(answering: answer), by: .mentee, revision: owner.revision, published: now,
                activity: Sample.activity("\(names)", of: "a.example"))
            post(command, toOwner: false)
        case .acceptOffered: break
        }
    }

    /// What the owner's present state says to a mirror.
    private func statement(answering answer: URI?) -> SessionAction {
        switch owner.status {
        case .pending: .reschedule(Move(of: owner, to: owner.slot))
        case .scheduled: .confirm
        case .declined: .confirmDecline(of: answer)
        case .cancelled: .cancel(owner.ending?.reason ?? Reason(.unspecified))
        case .expired: .expire
        case .completed, .noShow: .report(owner.outcome ?? .completed)
        }
    }

    private mutating func post(_ command: SessionCommand, toOwner: Bool) {
        let host = "https://a.example/users/mika"
        let snapshot =
            toOwner || owner.status != .pending
            ? nil
            : RemoteRequest(
                event: owner.uri, invite: owner.invite, requester: Sample.uri(host), attributedTo: Sample.uri(host),
                revision: owner.revision, kind: owner.kind, topic: owner.topic, start: owner.slot.start,
                end: owner.slot.end, answerBy: owner.answerBy)
        let message = Message(command: command, snapshot: snapshot, toOwner: toOwner)
        sent[command.activity] = message
        underWay.append(message)
    }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
