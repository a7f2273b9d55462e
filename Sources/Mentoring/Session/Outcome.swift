package import Foundation
package import Wire

/// How a meeting went, as one side tells it (`mnt:outcome`).
package struct Outcome: Hashable, Sendable {
    package static let minutes = 0...1440

    package let menteeAttended: Bool
    package let mentorAttended: Bool
    /// How long they met, where somebody counted.
    package let minutes: Int?

    /// nil when the minutes are outside 0…1440.
    package init?(menteeAttended: Bool, mentorAttended: Bool, minutes: Int? = nil) {
        guard minutes.map(Self.minutes.contains) ?? true else { return nil }
        self.menteeAttended = menteeAttended
        self.mentorAttended = mentorAttended
        self.minutes = minutes
    }

    /// Both were there.
    package static let completed = Outcome(completedIn: nil)

    private init(completedIn minutes: Int?) {
        menteeAttended = true
        mentorAttended = true
        self.minutes = minutes
    }

    /// The same with so many minutes, where both met and nobody has counted otherwise.
    package func lasting(_ minutes: Int?) -> Outcome {
        guard self.minutes == nil, status == .completed else { return self }
        return Outcome(menteeAttended: menteeAttended, mentorAttended: mentorAttended, minutes: minutes) ?? self
    }

    /// `completed` when both attended, else `noShow`.
    package var status: SessionStatus { menteeAttended && mentorAttended ? .completed : .noShow }
}

/// One side's report. Reports of the two sides stand beside each other; neither overwrites the other.
package struct OutcomeReport: Hashable, Sendable {
    package let outcome: Outcome
    /// When it became known here.
    package let at: Date
    package let activity: URI

    package init(outcome: Outcome, at: Date, activity: URI) {
        self.outcome = outcome
        self.at = at
        self.activity = activity
    }
}

/// One side's objection to what the other reported.
package struct Dispute: Hashable, Sendable {
    package let reason: Reason
    package let at: Date
    package let activity: URI

    package init(reason: Reason, at: Date, activity: URI) {
        self.reason = reason
        self.at = at
        self.activity = activity
    }
}
