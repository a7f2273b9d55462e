import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import Wire

/// What is said about a session that there is.
extension HearTalk {
    /// What a command comes to on a session.
    enum Wish {
        case action(SessionAction)
        /// Times to choose from.
        case times
        case words(String)
    }

    /// - Parameter revision: of the session as it was told to the talker.
    func act(
        _ command: TalkCommand?, on session: Session, revision: Int?, by talker: Talker, in transaction: Transaction
    ) async throws {
        guard let role = session.role(of: talker.actor.id),
            let other = try await other(than: talker.actor, in: session, transaction)
        else { return }
        let words = talker.words
        if role == .mentee, session.isPlainEvent(of: talker.actor), command?.isAnswer ?? true {
            guard command != nil else { return }
            return try await answer(words.theEventCounts, about: session, talker, from: other, in: transaction)
        }
        switch command {
        case nil:
            guard session.status.isOpen, talker.isUnheard(by: other),
                try await transaction.isFirstHint(about: "help", to: talker.actor.id)
            else { return }
            return try await answer(words.help(role), about: session, talker, from: other, in: transaction)
        case .times, .book:
            guard role == .mentee, other.isLocal, let command else { break }
            return try await begin(command, with: other, by: talker, in: transaction)
        default: break
        }
        guard let command else { return }
        if command.isAnswer, try await !transaction.seriesPlaces(of: [session.id]).isEmpty {
            let page = voice.voice.community.addresses.session(session.id)
            return try await answer(words.series(page), about: session, talker, from: other, in: transaction)
        }
        let zone = try await transaction.profile(of: talker.actor.id)?.zone ?? session.slot.zone
        let wish = self.wish(command, on: session, as: role, zone: zone, talker)
        switch wish {
        case .words(let text): try await answer(text, about: session, talker, from: other, in: transaction)
        case .times: try await tellTimes(toMove: session, talker, from: other, in: transaction)
        case .action(let action):
            try await perform(
                agreeing(action, on: session, in: transaction), on: session, revision: revision, as: role, talker,
                from: other, in: transaction)
        }
    }

    private func wish(
        _ command: TalkCommand, on session: Session, as role: Role, zone: TimeZoneName, _ talker: Talker
    ) -> Wish {
        let words = talker.words
        func reason(_ text: String?, _ otherwise: String) -> Reason { Reason(heard: text ?? otherwise, code: nil) }
        func slot(_ time: TalkTime) throws(TalkFault) -> Slot {
            let (start, zone) = try time.start(in: zone, now: talker.now)
            guard let slot = Slot(start: start, minutes: session.slot.minutes, zone: zone) else { throw .past }
            return slot
        }
        do throws(TalkFault) {
            switch (role, command) {
            case (_, .faulty(let fault)): throw fault
            case (.mentor, .accept): return .action(.accept(place: nil, note: nil))
            case (.mentor, .decline(let text)):
                return .action(.decline(reason(text, words.declinedWithoutWords)))
            case (.mentor, .cancel(let text)) where session.status == .pending:
                return .action(.decline(reason(text, words.declinedWithoutWords)))
            case (.mentor, .anotherTime(let time, let text)):
                let slots = try time.map { time throws(TalkFault) in [try slot(time)] } ?? []
                return .action(.propose(slots, reason(text, words.anotherTimeWanted)))
            case (_, .cancel(let text)): return .action(.cancel(reason(text, words.cancelledWithoutWords)))
            case (.mentee, .accept):
                guard let proposal = session.proposal, let only = proposal.slots.first else {
                    return .words(words.refused(.wrongRole, session))
                }
                guard proposal.slots.count == 1 else { return .words(words.howToChoose) }
                return .action(.reschedule(Move(of: session, to: only, answering: proposal.activity)))
            case (.mentee, .decline(let text)):
                guard session.proposal != nil else { return .words(words.howToLeave) }
                return .action(.declineProposal(of: nil, reason(text, words.declinedWithoutWords)))
            case (.mentee, .choose(let number)):
                guard let proposal = session.proposal, proposal.slots.indices.contains(number - 1) else { break }
                return .action(
                    .reschedule(Move(of: session, to: proposal.slots[number - 1], answering: proposal.activity)))
            case (.mentee, .anotherTime(nil, _)): return .times
            case (.mentee, .anotherTime(let time?, _)):
                return .action(.reschedule(Move(of: session, to: try slot(time))))
            default: break
            }
            return .words(words.help(role))
        } catch {
            return .words(words.fault(error))
        }
    }

    /// Where the two meet is said with the agreement, as it is in every other way of accepting.
    private func agreeing(
        _ action: SessionAction, on session: Session, in transaction: Transaction
    ) async throws -> SessionAction {
        guard case .accept = action else { return action }
        let place = Place.agreed(
            said: nil, asked: session.place, usual: try await transaction.usualPlaces(of: session.mentor),
            room: voice.voice.community.meetingLink(room: UUID()))
        return .accept(place: place, note: nil)
    }

    private func perform(
        _ action: SessionAction, on session: Session, revision: Int?, as role: Role, _ talker: Talker,
        from other: Actor, in transaction: Transaction
    ) async throws {
        var command = SessionDesk.Command(action, published: talker.said)
        // A cancel holds whatever was moved meanwhile.
        if case .cancel = action {} else { command.revision = revision }
        do {
            let decision = try await desk.perform(
                command, on: .id(session.id), by: talker.actor.id, now: talker.now, in: transaction)
            switch decision {
            case nil: return
            case .refused(let refusal, let present, _):
                try await answer(
                    talker.words.refused(refusal, present), about: present, talker, from: other, in: transaction)
            case .applied(let present, let event, _):
                // What followed at once was told as the other's deed.
                guard event.by == role else { return }
                try await confirm(event, of: present, talker, from: other, in: transaction)
            }
        } catch let error as TimeNotFree {
            let times = role == .mentee ? error.nearest : []
            try await tell(
                times, toMove: session, lead: talker.words.notFree, talker, from: other, in: transaction)
        }
    }

    func confirm(
        _ event: SessionEvent, of session: Session, _ talker: Talker, from other: Actor, in transaction: Transaction
    ) async throws {
        guard let role = session.role(of: talker.actor.id) else { return }
        let message = TalkMessage(session: session, event: event, role: role, other: other, words: talker.words)
        let page = talker.actor.isLocal ? "\n\n\(voice.voice.community.addresses.session(session.id))" : ""
        try await answer(message.confirmation + page, about: session, talker, from: other, in: transaction)
    }

    // MARK: Times to move to

    private func tellTimes(
        toMove session: Session, _ talker: Talker, from other: Actor, in transaction: Transaction
    ) async throws {
        let starts =
            other.isLocal
            ? try await freeStarts(
                of: session.mentor, type: session.kind.name, minutes: session.slot.minutes, except: session.id, talker,
                in: transaction) : nil
        try await tell(
            starts ?? [], toMove: session, lead: talker.words.free, talker, from: other, in: transaction)
    }

    private func tell(
        _ starts: [Date], toMove session: Session, lead: (String) -> String, _ talker: Talker, from other: Actor,
        in transaction: Transaction
    ) async throws {
        let times = ToldTimes(
            mentor: session.mentor, session: session.id, type: session.kind.name, minutes: session.slot.minutes,
            zone: session.slot.zone, topic: "", starts: starts)
        try await tell(times, lead: lead, talker, from: other, in: transaction)
    }

    /// Takes a time of a list that was told.
    func choose(
        _ number: Int, of times: ToldTimes, by talker: Talker, in transaction: Transaction
    ) async throws {
        guard let mentor = try await transaction.actor(id: times.mentor) else { return }
        guard times.starts.indices.contains(number - 1) else {
            try await answer(talker.words.howToChoose, talker, from: mentor, in: transaction)
            return
        }
        let start = times.starts[number - 1]
        guard let id = times.session else {
            return try await book(times, at: start, with: mentor, by: talker, in: transaction)
        }
        guard let session = try await transaction.lockSession(.id(id)), session.mentee == talker.actor.id,
            let slot = Slot(start: start, minutes: times.minutes, zone: times.zone)
        else { return }
        try await perform(
            .reschedule(Move(of: session, to: slot)), on: session, revision: nil, as: .mentee, talker, from: mentor,
            in: transaction)
    }
}

extension TalkCommand {
    var isCancel: Bool {
        if case .cancel = self { true } else { false }
    }

    /// Whether it acts on a session that there is.
    var isAnswer: Bool {
        switch self {
        case .accept, .decline, .cancel, .anotherTime, .choose: true
        case .times, .book, .help, .faulty: false
        }
    }
}

extension HearTalk.Talker {
    /// Whether nobody but the community reads what was written. Who is elsewhere may not know that it was no answer.
    func isUnheard(by other: Actor) -> Bool {
        guard let post, actor.isLocal else { return post != nil }
        return !post.content.addressees.contains { $0.actor == other.id }
    }
}
