import Foundation
import Mentoring
import Social
import Wire

/// What happened to a session, in words for somebody elsewhere who has nothing but posts: all that they need stands in
/// them. Where exactly the two meet is not written to other servers, but for the link (federation profile section 7).
struct TalkMessage {
    let session: Session
    let event: SessionEvent
    /// Who reads it.
    let role: Role
    /// Who speaks.
    let other: Actor
    let words: TalkWords
    /// Whether a poll stands below it.
    var canVote = false
    /// Whether it is agreed with what happened.
    var takesOffer = false
    /// Whether the reader changes it where they made it, and not by words.
    var isPlainEvent = false

    /// Plain text, one paragraph a piece.
    var text: String {
        ([sentence, about] + times + quotes + [next]).compactMap(\.self).joined(separator: "\n\n")
    }

    /// What the reader just did, told back.
    var confirmation: String {
        let (lead, isAgreed) = (done, session.status == .scheduled)
        return [
            lead, isAgreed ? words.place(session.place.withoutSecrets) : nil,
            session.status.isOpen ? session.rate.map { words.say("It costs \($0).", "Cuesta \($0).") } : nil,
            session.status.isOpen ? words.howToLeave : nil,
        ].compactMap(\.self).joined(separator: "\n\n")
    }

    private var name: String { other.displayName }

    private var done: String {
        let when = words.when(session.slot)
        switch event.kind {
        case .requested:
            return words.say(
                "You have asked \(name) for a session: \(when). You hear here when they answer.",
                "Has pedido una sesión a \(name): \(when). Aquí sabrás cuando responda.")
        case .accepted:
            return words.say(
                "Agreed: you meet \(name) on \(when).", "Acordado: te encuentras con \(name) el \(when).")
        case .declined: return words.say("You have declined. \(name) is told.", "Has rechazado. \(name) lo sabrá.")
        case .cancelled:
            return words.say(
                "You have cancelled the session of \(when). \(name) is told.",
                "Has cancelado la sesión del \(when). \(name) lo sabrá.")
        case .proposed(let slots, _):
            let times = slots.map(words.when).joined(separator: ", ")
            return slots.isEmpty
                ? words.say("\(name) is asked for another time.", "Se pide otra hora a \(name).")
                : words.say("You propose \(times). \(name) is asked.", "Propones \(times). Se pregunta a \(name).")
        case .proposalDeclined:
            return words.say(
                "You take none of the times. \(name) is told.", "Ninguna de las horas te conviene. \(name) lo sabrá.")
        case .rescheduled:
            return words.say(
                "You ask \(name) for another time: \(when).", "Pides otra hora a \(name): \(when).")
        default: return words.say("Done.", "Hecho.")
        }
    }

    private var sentence: String {
        switch event.kind {
        case .requested:
            words.say("\(name) asks you for a mentoring session.", "\(name) te pide una sesión de mentoría.")
        case .accepted: words.say("\(name) has accepted.", "\(name) ha aceptado.")
        case .declined where event.by == .clock:
            words.say("\(name) does not take this request.", "\(name) no acepta esta solicitud.")
        case .declined: words.say("\(name) has declined.", "\(name) ha rechazado la solicitud.")
        case .cancelled where event.by == .clock: words.say("The session is cancelled.", "La sesión está cancelada.")
        case .cancelled: words.say("\(name) has cancelled the session.", "\(name) ha cancelado la sesión.")
        case .proposed(let slots, _) where slots.isEmpty:
            words.say("\(name) asks you to choose another time.", "\(name) te pide que elijas otra hora.")
        case .proposed: words.say("\(name) proposes another time.", "\(name) propone otra hora.")
        case .inquired:
            words.say("\(name) wants to know more before they answer.", "\(name) quiere saber más antes de responder.")
        case .told: words.say("\(name) has answered your question.", "\(name) ha respondido a tu pregunta.")
        case .proposalDeclined:
            words.say(
                "None of the times that you proposed suits \(name).",
                "A \(name) no le conviene ninguna de las horas que propusiste.")
        case .rescheduled where takesOffer:
            words.say("\(name) takes a time that you proposed.", "\(name) acepta una hora que propusiste.")
        case .rescheduled:
            words.say("\(name) asks you for another time.", "\(name) te pide otra hora.")
        case .expired:
            role == .mentor
                ? words.say("You did not answer in time.", "No respondiste a tiempo.")
                : words.say("\(name) did not answer in time.", "\(name) no respondió a tiempo.")
        case .reported(let outcome), .settled(let outcome):
            outcome.status == .completed
                ? words.say("\(name) says that you met.", "\(name) dice que se encontraron.")
                : words.say("\(name) says that you did not meet.", "\(name) dice que no se encontraron.")
        case .disputed: words.say("\(name) objects to what was reported.", "\(name) objeta lo que se informó.")
        case .reminded: words.say("\(name) still waits for your answer.", "\(name) aún espera tu respuesta.")
        case .answerRenewed, .confirmed: ""
        }
    }

    private var about: String? {
        switch event.kind {
        case .requested, .reminded: words.say("About: ", "Tema: ") + session.topic
        default: nil
        }
    }

    private var times: [String] {
        switch event.kind {
        case .proposed(let slots, _):
            slots.isEmpty
                ? [] : [slots.prefix(10).enumerated().map { "\($0 + 1). \(words.when($1))" }.joined(separator: "\n")]
        case .rescheduled(let before, let now, _):
            [words.say("Before: ", "Antes: ") + words.when(before), words.say("When: ", "Cuándo: ") + words.when(now)]
        case .inquired, .told, .answerRenewed, .confirmed: []
        default: [words.say("When: ", "Cuándo: ") + words.when(session.slot)]
        }
    }

    private var quotes: [String?] {
        switch event.kind {
        case .requested: [words.place(session.place.withoutSecrets), MessageWords.quote(session.message)]
        case .accepted(let note, _): [words.place(session.place.withoutSecrets), note.flatMap(MessageWords.quote)]
        case .inquired(let question): [MessageWords.quote(question)]
        case .told(let answer): [answer.text.flatMap(MessageWords.quote)]
        case .proposed(_, let reason), .declined(let reason), .cancelled(let reason), .proposalDeclined(_, let reason),
            .disputed(let reason):
            [reason.text.flatMap(MessageWords.quote)]
        case .rescheduled, .reminded, .expired, .reported, .settled, .answerRenewed, .confirmed: []
        }
    }

    /// What the reader can do now.
    private var next: String? {
        if takesOffer { return words.howToLeave }
        if session.status == .pending, session.waitingOn == role {
            let until = words.until(session.answerBy, in: session.slot.zone)
            let limit = words.say("Until \(until).", "Hasta \(until).")
            if role == .mentor { return "\(canVote ? words.howToAnswer : words.howToReply) \(limit)" }
            if let proposal = session.proposal {
                if isPlainEvent { return "\(words.howToMove(proposal)) \(limit)" }
                return proposal.slots.isEmpty
                    ? words.say(
                        "Reply: another time 2026-12-03 15:00. ", "Responde: otra hora 2026-12-03 15:00. ") + limit
                    : "\(words.howToChoose) \(limit)"
            }
            return words.say(
                "Write it to \(name) in this conversation. \(limit)",
                "Escríbelo a \(name) en esta conversación. \(limit)")
        }
        guard session.status == .scheduled else { return nil }
        return isPlainEvent
            ? session.proposal.map(words.howToMove) ?? words.howToDelete
            : session.proposal.map { _ in words.howToChoose } ?? words.howToLeave
    }
}
