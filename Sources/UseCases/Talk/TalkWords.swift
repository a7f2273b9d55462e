import Foundation
import Mentoring
import Social
import Wire

/// What people who act on sessions by posts are told, in their language.
struct TalkWords: Sendable {
    let language: TalkLanguage

    init(_ language: TalkLanguage) { self.language = language }

    func say(_ english: String, _ spanish: String) -> String { language == .english ? english : spanish }

    // MARK: Times

    func when(_ slot: Slot) -> String { when(slot.start, minutes: slot.minutes, in: slot.zone) }

    /// `Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin)`, `martes 2026-09-08, 18:00-18:45 (Europe/Berlin)`.
    func when(_ start: Date, minutes: Int, in zone: TimeZoneName) -> String {
        let english = zone.text(from: start, to: start.addingTimeInterval(Double(minutes) * 60))
        guard language == .spanish else { return english }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone.timeZone
        let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: start)
        let names = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"]
        guard let year = parts.year, let month = parts.month, let day = parts.day, let weekday = parts.weekday,
            names.indices.contains(weekday - 1), let comma = english.firstIndex(of: ",")
        else { return english }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(names[weekday - 1]) \(year)-\(two(month))-\(two(day))\(english[comma...])"
    }

    func until(_ time: Date, in zone: TimeZoneName) -> String {
        let whole = when(time, minutes: 0, in: zone)
        // From and to are the same.
        guard let parenthesis = whole.range(of: " ("),
            let dash = whole[..<parenthesis.lowerBound].lastIndex(of: "-")
        else { return whole }
        return "\(whole[..<dash])\(whole[parenthesis.lowerBound...])"
    }

    func numbered(_ starts: [Date], minutes: Int, in zone: TimeZoneName) -> String {
        starts.enumerated().map { "\($0 + 1). \(when($1, minutes: minutes, in: zone))" }.joined(separator: "\n")
    }

    func place(_ place: Place) -> String {
        let medium =
            switch place.medium {
            case .online: say("online", "en línea")
            case .phone: say("by phone", "por teléfono")
            case .inPerson: say("in person", "en persona")
            }
        return say("Where: ", "Dónde: ") + [medium, place.link?.string].compactMap(\.self).joined(separator: ", ")
    }

    // MARK: How to act

    /// Of a request, in the order of ``TalkAnswer``.
    var answers: [String] {
        [say("Accept", "Aceptar"), say("Decline", "Rechazar"), say("Another time", "Otra hora")]
    }

    var howToAnswer: String {
        say(
            "Vote, or reply: accept, decline (and why), another time 2026-12-03 15:00.",
            "Vota, o responde: acepto, rechazo (y por qué), otra hora 2026-12-03 15:00.")
    }

    var howToReply: String {
        say(
            "Reply: accept, decline (and why), another time 2026-12-03 15:00.",
            "Responde: acepto, rechazo (y por qué), otra hora 2026-12-03 15:00.")
    }

    var howToLeave: String {
        say("To cancel, reply: cancel, and why.", "Para cancelar, responde: cancelar, y por qué.")
    }

    var howToChoose: String {
        say("Reply with the number of the time that suits you.", "Responde con el número de la hora que te convenga.")
    }

    // Of an event that its organiser changes where it was made.

    func howToMove(_ proposal: Proposal) -> String {
        proposal.slots.isEmpty
            ? say("Change the time of your event.", "Cambia la hora de tu evento.")
            : say(
                "Change the time of your event to the one that suits you, and it is agreed.",
                "Cambia la hora de tu evento a la que te convenga, y queda acordada.")
    }

    var howToDelete: String { say("To cancel, delete your event.", "Para cancelar, borra tu evento.") }

    var theEventCounts: String {
        say(
            "It is your event: changing its time or deleting it counts, and words do not.",
            "Es tu evento: cuenta que cambies su hora o lo borres, y no las palabras.")
    }

    func help(_ role: Role) -> String {
        role == .mentor
            ? say(
                """
                The first word of a direct reply counts:
                accept
                decline, and why
                another time 2026-12-03 15:00
                cancel, and why (of a session that is agreed)

                Everything else is talk and changes nothing.
                """,
                """
                Cuenta la primera palabra de una respuesta directa:
                acepto
                rechazo, y por qué
                otra hora 2026-12-03 15:00
                cancelar, y por qué (una sesión acordada)

                Todo lo demás es conversación y no cambia nada.
                """)
            : say(
                """
                The first word of a direct post to a mentor counts:
                session (the next free times)
                session 2026-12-03 15:00 Europe/Berlin 45 what it is about
                In a reply: the number of a time, another time 2026-12-03 15:00, cancel (and why)

                Everything else is talk and changes nothing.
                """,
                """
                Cuenta la primera palabra de un mensaje directo a un mentor:
                sesión (las próximas horas libres)
                sesión 2026-12-03 15:00 Europe/Madrid 45 de qué se trata
                En una respuesta: el número de una hora, otra hora 2026-12-03 15:00, cancelar (y por qué)

                Todo lo demás es conversación y no cambia nada.
                """)
    }

    var sayItDirectly: String {
        say(
            "What others can read changes nothing. Say it in a direct reply to this.",
            "Lo que otros pueden leer no cambia nada. Dilo en una respuesta directa a este mensaje.")
    }

    func series(_ page: URI) -> String {
        say(
            "This is a date of a series: answer it on its page. \(page)",
            "Es una fecha de una serie: respóndela en su página. \(page)")
    }

    // MARK: Reasons that people left out

    var declinedWithoutWords: String { say("Declined without further words.", "Rechazada sin más palabras.") }
    var cancelledWithoutWords: String { say("Cancelled without further words.", "Cancelada sin más palabras.") }
    var anotherTimeWanted: String { say("Another time, please.", "Otra hora, por favor.") }
    var topic: String { say("Mentoring session", "Sesión de mentoría") }

    // MARK: What cannot be

    func fault(_ fault: TalkFault) -> String {
        switch fault {
        case .noSuchDay(let text):
            say(
                "“\(text.prefix(40))” is no day. Write days like 2026-12-03.",
                "“\(text.prefix(40))” no es un día. Escribe los días así: 2026-12-03.")
        case .noTime:
            say(
                "At what time? Write it like this: session 2026-12-03 15:00.",
                "¿A qué hora? Escríbelo así: sesión 2026-12-03 15:00.")
        case .noSuchTime(let text):
            say(
                "“\(text.prefix(40))” is no time. Write times like 15:00.",
                "“\(text.prefix(40))” no es una hora. Escribe las horas así: 15:00.")
        case .noSuchZone(let text):
            say(
                "There is no time zone “\(text.prefix(40))”. Write it like Europe/Berlin.",
                "No hay ninguna zona horaria “\(text.prefix(40))”. Escríbela así: Europe/Madrid.")
        case .skipped:
            say(
                "There is no such time on that day: clocks are put forward over it.",
                "Ese día no existe esa hora: los relojes se adelantan.")
        case .past: say("That time is over. Choose one to come.", "Esa hora ya pasó. Elige una futura.")
        }
    }

    /// Nothing was changed, because a time cannot be had.
    func notFree(_ nearest: String) -> String {
        nearest.isEmpty
            ? say("That time is not free.", "Esa hora no está libre.")
            : say("That time is not free. Near it are:", "Esa hora no está libre. Cerca hay:")
                + "\n\n\(nearest)\n\n\(howToChoose)"
    }

    /// The times that are free, to choose from.
    func free(_ list: String) -> String {
        list.isEmpty
            ? say(
                "No free times are known. Propose one: another time 2026-12-03 15:00.",
                "No hay horas libres conocidas. Propón una: otra hora 2026-12-03 15:00.")
            : say("These times are free:", "Estas horas están libres:") + "\n\n\(list)\n\n\(howToChoose)"
    }

    /// Of a mentor who has set no hours.
    func anyTime(_ mentor: Actor) -> String {
        say(
            "\(mentor.displayName) can be asked for any time: session 2026-12-03 15:00 Europe/Berlin.",
            "Puedes pedir cualquier hora a \(mentor.displayName): sesión 2026-12-03 15:00 Europe/Madrid.")
    }

    func notTaking(_ mentor: Actor) -> String {
        say(
            "\(mentor.displayName) does not take a request of yours at present.",
            "\(mentor.displayName) no acepta ahora una solicitud tuya.")
    }

    func nothingOffered(_ mentor: Actor) -> String {
        say("\(mentor.displayName) gives no sessions at present.", "\(mentor.displayName) no da sesiones ahora.")
    }

    func invalid(_ errors: InvalidFields) -> String {
        let fields = Set(errors.errors.map(\.field))
        guard language == .spanish else { return errors.errors.map(\.message).joined(separator: " ") }
        if fields.contains("mentor") { return "Ahora no se le puede pedir una sesión a esta persona." }
        if fields.contains("minutes") { return "No hay sesiones de esa duración." }
        if fields.contains(where: { $0.hasPrefix("answers") }) {
            return "Esta persona hace preguntas antes de una sesión: pídela en su página."
        }
        if fields.contains("start") { return "Elige una hora futura, dentro de los próximos dos años." }
        if fields.contains("topic") { return "Di de qué se trata en 200 caracteres como mucho." }
        return "No se puede: \(errors.errors.map(\.message).joined(separator: " "))"
    }

    func refused(_ refusal: Refusal, _ session: Session?) -> String {
        switch refusal {
        case .alreadyAnswered, .duplicate: say("That was so already.", "Ya estaba así.")
        case .ended(let status): ended(status)
        case .notPending: say("The session is agreed already.", "La sesión ya está acordada.") + " " + howToLeave
        case .tooLate, .slotInPast: fault(.past)
        case .staleRevision, .unknownRevision, .overtaken:
            [
                say("It was changed since then.", "Ha cambiado desde entonces."),
                session.map { say("It is now about: ", "Ahora se trata de: ") + when($0.slot) },
            ].compactMap(\.self).joined(separator: " ")
        case .slotTaken: notFree("")
        case .tooNear:
            say(
                "Something else of yours is near, or the time is kept for somebody. On the page of the session you can "
                    + "accept all the same.",
                "Tienes algo más cerca, o la hora está reservada para alguien. En la página de la sesión puedes "
                    + "aceptar de todos modos.")
        case .mentorFull:
            say("You have as many mentees as you can have.", "Ya tienes tantas personas como puedes acompañar.")
        case .unchanged: say("That is the time that it has.", "Esa es la hora que ya tiene.")
        case .slotTooFarAhead: say("That is too far ahead.", "Falta demasiado para esa hora.")
        case .notOffered, .unknownProposal, .tooManySlots, .reasonMissing, .neverAccepted, .alreadyReported,
            .nothingToDispute, .nothingAsked, .notScheduled, .notStarted, .withinGrace, .notDue, .wrongRole,
            .wrongActor:
            say("That cannot be done now.", "Eso no se puede hacer ahora.")
        }
    }

    private func ended(_ status: SessionStatus) -> String {
        switch status {
        case .cancelled: say("The session is cancelled.", "La sesión está cancelada.")
        case .declined: say("The request is declined.", "La solicitud está rechazada.")
        case .expired: say("The request has expired.", "La solicitud ha caducado.")
        case .completed, .noShow, .pending, .scheduled: say("The session is over.", "La sesión ya pasó.")
        }
    }
}
