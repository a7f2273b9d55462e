import ActivityStreams
import Federation
import Foundation
import JSONTree
import Mentoring
import Social
import Store
import UseCases
import Wire

/// What comes from other communities, verified to be its actor's.
extension Daemon {
    private static let handlers: HandlerTable? = {
        guard let origin = URI("https://handlers.example/")?.origin else { return nil }
        let community = Community(name: "", origin: origin, meetingTemplate: nil)
        return HandlerTable(
            sessionHandlers(community: community, desk: SessionDesk(community: community, consequences: [])))
    }()

    mutating func receive(_ document: JSON, now: Date) {
        guard let activity = try? ReceivedActivity(document) else { return }
        let isNew = !heard.contains(activity.id)
        for handler in Self.handlers?.handlers(for: activity) ?? [] where isNew || handler.hearsRepetitions {
            let isTaken =
                switch handler {
                case is InviteHandler: take(SessionDocument(activity.object, terms: activity.terms), activity, now)
                case is AnswerHandler: answer(activity, now)
                case is ChangeHandler where activity.type == "Offer": offer(activity, now)
                case is ChangeHandler: update(activity, now)
                case is WithdrawalHandler: withdraw(activity, now)
                case is JoinHandler: join(activity, now)
                default: false
                }
            if isTaken {
                heard.insert(activity.id)
                return
            }
        }
    }

    /// Reads an Event as a request.
    private mutating func take(_ document: SessionDocument?, _ activity: ReceivedActivity, _ now: Date) -> Bool {
        guard let document, document.hasClearPrice, let mentor = addressee(of: activity),
            let mentee = person(activity.actor)
        else { return false }
        let request = RemoteRequest(document, invite: activity.id, requester: activity.actor)
        if let known = session(request.event) {
            let isFree = self.isFree(known, during: request.slot ?? known.slot)
            let decision = SessionRules.decideRepeatedRequest(
                request, from: mentee.id, on: known, now: now, mentorIsFree: isFree)
            carryOut(decision, cause: activity.id, now: now)
            return decision.refusal != .wrongActor
        }
        let verdict = request.judged(
            from: mentee.id, to: MentorTerms(mentor: mentor.id, acquaintance: .known), id: names.next(),
            withdrawal: withdrawals[request.event], now: now)
        guard case .welcome(let session, let event) = verdict else { return false }
        keep(session)
        follow(session, event, cause: activity.id, at: now)
        if !isFree(session, during: session.slot) { act(.decline(Reason(.taken)), by: .clock, on: session.uri, now: now) }
        return true
    }

    private mutating func answer(_ activity: ReceivedActivity, _ now: Date) -> Bool {
        guard let action = AnswerHandler.action(of: activity) else { return false }
        return perform(action, on: AnswerHandler.references(of: activity), of: activity, now: now)
            || deny(answer: activity, now)
    }

    private mutating func offer(_ activity: ReceivedActivity, _ now: Date) -> Bool {
        guard let target = activity.document.uri("target"), let action = ChangeHandler.action(ofOffer: activity) else {
            return false
        }
        return perform(action, on: [.event(target)], of: activity, now: now)
    }

    private mutating func update(_ activity: ReceivedActivity, _ now: Date) -> Bool {
        guard let document = SessionDocument(activity.object, terms: activity.terms),
            let state = SessionStatus(wireName: document.state), document.hasClearPrice,
            document.owner == activity.actor, document.id.isSameOrigin(as: activity.actor)
        else { return false }
        guard session(document.id) != nil else {
            return switch OrphanRules.decide(.change(.toOurs, state), now: now) {
            case .readAsRequest: take(document, activity, now)
            case .deny: deny(document.id, agreedBy: activity, now)
            case .drop, .remember: false
            }
        }
        guard let action = ChangeHandler.action(of: document, state: state, activity) else { return false }
        if sabotage == .believesOwners, case .confirm = action {
            acceptUnasked(document.id, now)
        }
        return perform(action, on: [.event(document.id)], of: activity, revision: document.revision, now: now)
    }

    private mutating func join(_ activity: ReceivedActivity, _ now: Date) -> Bool {
        guard let event = activity.object.uri, let before = session(event), let mentee = person(before.mentee),
            before.custody == .owner, person(before.mentor)?.uri == activity.actor,
            perform(JoinHandler.action(of: activity), on: [.event(event)], of: activity, now: now),
            let session = session(event)
        else { return false }
        let id = newActivity()
        let answer = JoinHandler.answer(to: activity, about: session, by: mentee, id: id, at: now)
        send(answer.document, id, to: activity.actor)
        return true
    }

    private mutating func withdraw(_ activity: ReceivedActivity, _ now: Date) -> Bool {
        guard sabotage != .ignoresCancels, let subject = activity.object.uri else { return false }
        for (reference, action) in WithdrawalHandler.withdrawals(of: subject, by: activity, Reason(activity.reason))
        where perform(action, on: [reference], of: activity, now: now) {
            return true
        }
        guard activity.type == "Delete", ["Event", nil].contains(activity.object["formerType"]?.string),
            session(subject) == nil,
            case .remember(let withdrawal) = OrphanRules.decide(.withdrawal(event: subject, by: activity.actor), now: now)
        else { return false }
        withdrawals[subject] = withdrawal
        return true
    }

    /// Whether there is such a session for the sender.
    private mutating func perform(
        _ action: SessionAction, on references: [SessionReference], of activity: ReceivedActivity,
        revision: Int? = nil, now: Date
    ) -> Bool {
        guard let session = sessions.first(where: { session in references.contains { session.isNamed(by: $0) } }),
            let sender = person(activity.actor), let role = role(of: sender.id, in: session),
            let party = person(session.partyOfOurs),
            activity.isMeant(for: party.uri)
        else { return false }
        let heard = heardRevision(revision ?? activity.revision)
        decide(
            SessionCommand(
                forgetful(action), by: role, revision: heard, published: activity.published ?? now, activity: activity.id),
            on: session, now: now)
        return true
    }

    private func role(of actor: ActorID, in session: Session) -> Role? {
        guard sabotage == .believesStrangers else { return session.role(of: actor) }
        return session.custody == .owner ? .mentor : .mentee
    }

    private func heardRevision(_ revision: Int?) -> Int? { sabotage == .ignoresRevisions ? nil : revision }

    private func forgetful(_ action: SessionAction) -> SessionAction {
        guard sabotage == .ignoresRevisions || sabotage == .ignoresTimes else { return action }
        return switch action {
        case .accept(let place, let note, let override, _): .accept(place: place, note: note, override: override)
        case .confirm: .confirm()
        default: action
        }
    }

    private func addressee(of activity: ReceivedActivity) -> Actor? {
        people.first { $0.isLocal && activity.document.addressees.contains($0.uri.string) }
    }

    // MARK: About what is not known here

    private mutating func deny(answer activity: ReceivedActivity, _ now: Date) -> Bool {
        guard case .deny = OrphanRules.decide(.answer(relies: activity.reliesOnSession), now: now),
            let event = SessionDenial.event(answeredBy: activity, of: community),
            let envelope = envelope(answering: activity, now)
        else { return false }
        return deny(SessionDenial.unbound(activity, of: event, in: envelope), envelope, to: activity.actor)
    }

    private mutating func deny(_ event: URI, agreedBy activity: ReceivedActivity, _ now: Date) -> Bool {
        guard let envelope = envelope(answering: activity, now) else { return false }
        return deny(
            SessionDenial.neverAccepted(event, of: activity.actor, in: envelope, revision: activity.revision), envelope,
            to: activity.actor)
    }

    private mutating func deny(_ document: JSON, _ envelope: Envelope, to recipient: URI) -> Bool {
        if sabotage != .deniesNothing { send(document, envelope.id, to: recipient) }
        return true
    }

    private func envelope(answering activity: ReceivedActivity, _ now: Date) -> Envelope? {
        addressee(of: activity).map {
            Envelope(id: newActivity(), actor: $0.uri, to: [activity.actor], published: now)
        }
    }
}

extension Session {
    fileprivate func isNamed(by reference: SessionReference) -> Bool {
        switch reference {
        case .id: false
        case .event(let uri): self.uri == uri
        case .invite(let uri): invite == uri
        case .agreement(let uri): agreement?.activity == uri
        }
    }
}
