import Foundation
import Wire

// What is wrong with a wish for somebody's time, in one wording, whoever wishes it and in whatever form.

extension FieldChecks {
    /// A time to come, near enough to be asked for.
    mutating func start(_ start: Date, _ field: String = "start", now: Date) -> Bool {
        if start <= now {
            fail(field, "Choose a time to come.")
        } else if start > now.addingTimeInterval(SessionTimes.furthestStart) {
            fail(field, "Choose a time within the next two years.")
        } else {
            return true
        }
        return false
    }
}

extension SessionType {
    func checkLength(_ minutes: Int, _ checks: inout FieldChecks) { checkLength(minutes, "minutes", &checks) }

    func checkLength(_ minutes: Int, _ field: String, _ checks: inout FieldChecks) {
        guard !durations.contains(minutes) else { return }
        let choice = durations.map(String.init).joined(separator: ", ")
        checks.fail(field, "\(name) lasts one of \(choice) minutes.")
    }
}

extension [MentorOffer] {
    /// What a mentor asks for a session of a type; nil where the mentor gives none.
    func given(_ type: SessionType, _ checks: inout FieldChecks) -> MentorOffer? {
        if let offer = first(where: { $0.type == type.name }) { return offer }
        let names = map(\.type).joined(separator: ", ")
        checks.fail(
            "type", "This mentor does not give it. " + (names.isEmpty ? "They give none yet." : "They give \(names)."))
        return nil
    }
}

extension MentorTerms {
    func checkAdmission(of asker: ActorID, _ checks: inout FieldChecks) {
        guard asker != mentor else { return checks.fail("mentor", "You cannot ask yourself.") }
        switch admission {
        case .admitted: break
        case .notAccepting: checks.fail("mentor", "This mentor does not take requests at present.")
        case .outsideAudience(.followers): checks.fail("mentor", "This mentor takes requests from followers only.")
        case .outsideAudience(.known): checks.fail("mentor", "This mentor takes requests only from people they know.")
        case .outsideAudience: checks.fail("mentor", "This mentor takes no requests.")
        case .full: checks.fail("mentor", Self.fullness)
        }
    }
}
