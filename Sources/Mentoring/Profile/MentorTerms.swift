package import Wire

/// What is known of a mentor at the moment when somebody asks; of a remote mentor it can be little.
package struct MentorTerms: Sendable {
    package let mentor: ActorID
    package let isAccepting: Bool
    package let audience: Audience
    /// How near the asker is.
    package let acquaintance: Acquaintance
    /// nil where the mentor's community did not tell.
    package let offers: [MentorOffer]?
    /// Whether the mentor has as many mentees as they can have, and the asker is none of them.
    package let isFull: Bool
    package let questions: [IntakeQuestion]

    package init(
        mentor: ActorID, isAccepting: Bool = true, audience: Audience = .anyone, acquaintance: Acquaintance,
        offers: [MentorOffer]? = nil, isFull: Bool = false, questions: [IntakeQuestion] = []
    ) {
        self.mentor = mentor
        self.isAccepting = isAccepting
        self.audience = audience
        self.acquaintance = acquaintance
        self.offers = offers
        self.isFull = isFull
        self.questions = questions
    }

    /// A mentor of this community. One whose profile is not shown can be asked by nobody.
    ///
    /// - Parameter isMentee: whether the asker is one of those whom the mentor has at present.
    package init(
        _ profile: MentorProfile, of mentor: ActorID, askedBy acquaintance: Acquaintance, isMentee: Bool = false
    ) {
        self.init(
            mentor: mentor, isAccepting: profile.isAccepting && profile.isShown, audience: profile.audience,
            acquaintance: acquaintance, offers: profile.offers, isFull: profile.isFull && !isMentee,
            questions: profile.questions)
    }

    /// Whether the mentor's own settings let the asker ask.
    package var admission: Admission {
        guard isAccepting else { return .notAccepting }
        guard audience.admits(acquaintance) else { return .outsideAudience(audience) }
        return isFull ? .full : .admitted
    }

    /// For whoever cannot ask because of it.
    static let fullness = "This mentor has as many mentees as they can have at present."

    package enum Admission: Hashable, Sendable {
        case admitted
        case notAccepting
        case outsideAudience(Audience)
        case full
    }
}
