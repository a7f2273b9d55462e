package import JSONTree

/// How a session went (`mnt:outcome`).
package struct OutcomeDocument: Equatable, Sendable {
    package var menteeAttended: Bool
    package var mentorAttended: Bool
    package var minutes: Int?

    package init(menteeAttended: Bool, mentorAttended: Bool, minutes: Int?) {
        self.menteeAttended = menteeAttended
        self.mentorAttended = mentorAttended
        self.minutes = minutes
    }

    /// nil where the Event tells no outcome.
    package init?(_ event: JSON, terms: MentoringTerms) {
        guard let outcome = terms.value("outcome", of: event),
            let mentee = terms.value("requesterAttended", of: outcome)?.bool,
            let mentor = terms.value("mentorAttended", of: outcome)?.bool
        else { return nil }
        self.init(
            menteeAttended: mentee, mentorAttended: mentor, minutes: terms.value("minutes", of: outcome)?.int)
    }

    package var json: JSON {
        [
            "mnt:requesterAttended": .bool(menteeAttended), "mnt:mentorAttended": .bool(mentorAttended),
            "mnt:minutes": minutes.map { .int($0) },
        ]
    }
}
