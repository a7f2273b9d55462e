import Foundation
import Mentoring
import SeededRandom
import Social
import Wire

/// What somebody does of their own accord.
enum Deed: CustomStringConvertible {
    case ask(mentee: Actor, mentor: Actor, Slot)
    case act(SessionAction, Role, on: URI)

    private static let mostSessions = 4
    private static let words = Reason(heard: "So it is.", code: nil)

    /// nil where there is nothing to do.
    static func random(in daemon: Daemon, times: [Slot], now: Date, using random: inout SeededGenerator) -> Deed? {
        let asks = daemon.sessions.count < mostSessions && random.percent(daemon.sessions.isEmpty ? 90 : 25)
        if asks {
            guard let mentee = daemon.people.filter(\.isLocal).randomElement(using: &random),
                let mentor = daemon.people.filter({ !$0.isLocal }).randomElement(using: &random),
                let slot = times.filter({ $0.start > now }).randomElement(using: &random)
            else { return nil }
            return .ask(mentee: mentee, mentor: mentor, slot)
        }
        guard let session = daemon.sessions.randomElement(using: &random),
            let slot = times.randomElement(using: &random), let other = times.randomElement(using: &random)
        else { return nil }
        return session.custody == .owner
            ? .act(menteeAction(session, slot, &random), .mentee, on: session.uri)
            : .act(mentorAction(session, [slot, other], &random), .mentor, on: session.uri)
    }

    private static func menteeAction(_ session: Session, _ slot: Slot, _ random: inout SeededGenerator) -> SessionAction {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<18: .cancel(words)
        case 18..<30: .declineProposal(of: nil, words)
        case 30..<40: .tell("Nothing yet.")
        case 40..<60: .report(random.percent(80) ? .completed : Outcome(menteeAttended: true, mentorAttended: false) ?? .completed)
        default: .reschedule(Move(of: session, to: session.proposal?.slots.randomElement(using: &random) ?? slot))
        }
    }

    private static func mentorAction(_ session: Session, _ slots: [Slot], _ random: inout SeededGenerator) -> SessionAction {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<10: .cancel(words)
        case 10..<20: .decline(words)
        case 20..<32: .propose(slots, words)
        case 32..<38: .inquire("What have you tried already?")
        case 38..<44: .report(.completed)
        case 44..<47: .dispute(words)
        default: .accept(place: nil, note: nil)
        }
    }

    func happen(in daemon: inout Daemon, now: Date) {
        switch self {
        case .ask(let mentee, let mentor, let slot): daemon.ask(mentor, by: mentee, for: slot, now: now)
        case .act(let action, let role, let event): daemon.act(action, by: role, on: event, now: now)
        }
    }

    var description: String {
        switch self {
        case .ask(let mentee, let mentor, let slot): "\(mentee.handle) asks \(mentor.handle) for \(DateTime.format(slot.start))"
        case .act(let action, let role, let event): "the \(role) of \(event.string.suffix(4)) wants to \(action.label)"
        }
    }
}
