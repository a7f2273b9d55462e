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

    package init(
        mentor: ActorID, isAccepting: Bool = true, audience: Audience = .anyone, acquaintance: Acquaintance,
        offers: [MentorOffer]? = nil
    ) {
        self.mentor = mentor
        self.isAccepting = isAccepting
        self.audience = audience
        self.acquaintance = acquaintance
        self.offers = offers
    }

    /// A mentor of this community. One whose profile is not shown can be asked by nobody.
    package init(_ profile: MentorProfile, of mentor: ActorID, askedBy acquaintance: Acquaintance) {
        self.init(
            mentor: mentor, isAccepting: profile.isAccepting && profile.isShown, audience: profile.audience,
            acquaintance: acquaintance, offers: profile.offers)
    }

    /// Whether the mentor's own settings let the asker ask.
    package var admission: Admission {
        guard isAccepting else { return .notAccepting }
        return audience.admits(acquaintance) ? .admitted : .outsideAudience(audience)
    }

    package enum Admission: Hashable, Sendable {
        case admitted
        case notAccepting
        case outsideAudience(Audience)
    }
}
