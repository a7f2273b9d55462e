package import Foundation
package import Wire

/// The mentor's last answer that was heard, binding or not.
///
/// Answers of one mentor are ordered by `published`, not by arrival: a retried Accept can land after the Reject that
/// followed it (federation profile 6.8). Only times of this one sender are ever compared with each other.
package struct MentorAnswer: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case accepted, declined, cancelled
    }

    package let kind: Kind
    package let activity: URI
    package let published: Date

    package init(kind: Kind, activity: URI, published: Date) {
        self.kind = kind
        self.activity = activity
        self.published = published
    }
}

/// The last Accept that bound. A session is agreed exactly while this names its present revision.
package struct Agreement: Hashable, Sendable {
    package let activity: URI
    package let revision: Int
    package let published: Date
    /// On a mirror, when the owner's receipt came; nil while none has. Elsewhere the time of the agreement itself.
    package let confirmedAt: Date?

    package init(activity: URI, revision: Int, published: Date, confirmedAt: Date?) {
        self.activity = activity
        self.revision = revision
        self.published = published
        self.confirmedAt = confirmedAt
    }
}

/// Other times that the mentor has put forward, or the wish for another time, and the mentee has not answered.
package struct Proposal: Hashable, Sendable {
    package static let mostSlots = 10

    /// The Offer.
    package let activity: URI
    /// At most 10; none: the mentee shall choose one.
    package let slots: [Slot]
    package let reason: Reason
    package let published: Date

    package init(activity: URI, slots: [Slot], reason: Reason, published: Date) {
        self.activity = activity
        self.slots = slots
        self.reason = reason
        self.published = published
    }
}

/// How a session was declined, cancelled or expired.
package struct Ending: Hashable, Sendable {
    package static let mostSuggested = 5

    /// `clock` where the community itself ended it: its timer, or a promise that could not be kept.
    package let by: Role
    package let reason: Reason
    package let at: Date
    package let activity: URI
    /// Whether it came later than this community wants it of that side (see ``Notice``).
    package let isLate: Bool
    /// Others whom the mentor who declined suggests to ask, at most five.
    package let suggested: [URI]

    package init(
        by: Role, reason: Reason, at: Date, activity: URI, isLate: Bool = false, suggested: [URI] = []
    ) {
        self.by = by
        self.reason = reason
        self.at = at
        self.activity = activity
        self.isLate = isLate
        self.suggested = Array(suggested.prefix(Self.mostSuggested))
    }
}
