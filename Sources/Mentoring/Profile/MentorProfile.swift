package import Wire

/// What a person says about themself as a mentor.
package struct MentorProfile: Hashable, Sendable {
    package let bio: String
    package let expertise: [ExpertiseTag]
    package let languages: [LanguageTag]
    package let zone: TimeZoneName
    /// False while the mentor pauses: shown, but not to be asked.
    package let isAccepting: Bool
    /// Session types that the mentor gives, each at most once.
    package let offers: [MentorOffer]
    package let audience: Audience
    /// Whether the profile is shown and sent to anybody else. Never without the person's consent.
    package let isPublished: Bool

    /// Takes what was checked before by `ProfileDraft`.
    package init(
        bio: String, expertise: [ExpertiseTag], languages: [LanguageTag], zone: TimeZoneName, isAccepting: Bool,
        offers: [MentorOffer], audience: Audience, isPublished: Bool
    ) {
        self.bio = bio
        self.expertise = expertise
        self.languages = languages
        self.zone = zone
        self.isAccepting = isAccepting
        self.offers = offers
        self.audience = audience
        self.isPublished = isPublished
    }
}

extension MentorProfile {
    /// The same with another text about the mentor, checked by who gives it.
    package func with(bio: String) -> MentorProfile {
        MentorProfile(
            bio: bio, expertise: expertise, languages: languages, zone: zone, isAccepting: isAccepting, offers: offers,
            audience: audience, isPublished: isPublished)
    }
}

/// A session type that a mentor gives.
package struct MentorOffer: Hashable, Sendable {
    /// `SessionType.name` in the mentor's community.
    package let type: String
    /// nil is free.
    package let rate: Rate?

    package init(type: String, rate: Rate?) {
        self.type = type
        self.rate = rate
    }
}

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

    /// A mentor of this community. One without a published profile can be asked by nobody.
    package init(_ profile: MentorProfile, of mentor: ActorID, askedBy acquaintance: Acquaintance) {
        self.init(
            mentor: mentor, isAccepting: profile.isAccepting && profile.isPublished, audience: profile.audience,
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
