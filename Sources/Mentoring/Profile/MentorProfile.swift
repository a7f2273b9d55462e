package import Wire

/// What a person says about themself as a mentor.
package struct MentorProfile: Hashable, Sendable {
    package private(set) var bio: String
    package let expertise: [ExpertiseTag]
    /// What mentees get help with, each in a few words.
    package let goals: [String]
    package let languages: [LanguageTag]
    package let zone: TimeZoneName
    /// False while the mentor pauses: shown, but not to be asked.
    package private(set) var isAccepting: Bool
    /// Whether the pause is not theirs: requests in a row expired unanswered.
    package private(set) var isSilent = false
    /// Until when the mentor pauses, where that is known.
    package private(set) var returnsOn: ReturnDay?
    package let styles: [MentoringStyle]
    /// How much time the mentor has for mentoring.
    package let hoursPerMonth: Int?
    package let mostMentees: Int?
    /// A film in which the mentor says who they are; an https address.
    package let video: URI?
    /// Session types that the mentor gives, each at most once.
    package let offers: [MentorOffer]
    package let audience: Audience
    package let questions: [IntakeQuestion]
    /// What a mentor elsewhere says of times that are asked for, if anything. Of ours the availability says it.
    package let holding: Holding?
    /// Whether the person wants it shown and sent to others: never without their consent.
    package let isPublished: Bool
    /// Whether the community lets them be a mentor.
    package private(set) var isAdmitted: Bool
    /// Whether as many mentees have sessions before them as the mentor can have at once; known of what is stored.
    package private(set) var isFull = false

    /// Takes what was checked before by `ProfileDraft`.
    package init(
        bio: String, expertise: [ExpertiseTag], goals: [String] = [], languages: [LanguageTag], zone: TimeZoneName,
        isAccepting: Bool, returnsOn: ReturnDay? = nil, styles: [MentoringStyle] = [], hoursPerMonth: Int? = nil,
        mostMentees: Int? = nil, video: URI? = nil, offers: [MentorOffer], audience: Audience,
        questions: [IntakeQuestion] = [], holding: Holding? = nil, isPublished: Bool, isAdmitted: Bool = true
    ) {
        self.bio = bio
        self.expertise = expertise
        self.goals = goals
        self.languages = languages
        self.zone = zone
        self.isAccepting = isAccepting
        self.returnsOn = returnsOn
        self.styles = styles
        self.hoursPerMonth = hoursPerMonth
        self.mostMentees = mostMentees
        self.video = video
        self.offers = offers
        self.audience = audience
        self.questions = questions
        self.holding = holding
        self.isPublished = isPublished
        self.isAdmitted = isAdmitted
    }

    /// Whether anybody else sees it.
    package var isShown: Bool { isPublished && isAdmitted }

    /// Whether somebody whom the mentor does not have yet can ask.
    package var isOpen: Bool { isAccepting && !isFull }
}

extension MentorProfile {
    /// The same with another text about the mentor, checked by who gives it.
    package func with(bio: String) -> MentorProfile {
        var profile = self
        profile.bio = bio
        return profile
    }

    package func with(isFull: Bool) -> MentorProfile {
        var profile = self
        profile.isFull = isFull
        return profile
    }

    package func with(isAdmitted: Bool) -> MentorProfile {
        var profile = self
        profile.isAdmitted = isAdmitted
        return profile
    }

    /// The same of a mentor who takes requests again, or no more until they say so.
    package func with(isAccepting: Bool) -> MentorProfile {
        var profile = self
        profile.isAccepting = isAccepting
        profile.returnsOn = nil
        profile.isSilent = false
        return profile
    }

    /// The same of a mentor who is paused because they do not answer.
    package var silenced: MentorProfile {
        var profile = with(isAccepting: false)
        profile.isSilent = true
        return profile
    }
}
