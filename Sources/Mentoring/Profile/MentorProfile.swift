package import Wire

/// Why a mentor takes no requests.
package enum Pause: String, CaseIterable, Sendable {
    case mentor
    /// Requests in a row expired unanswered.
    case silence
    /// They did not come to sessions.
    case noShows = "no_shows"
}

/// What a person says about themself as a mentor.
package struct MentorProfile: Hashable, Sendable {
    package private(set) var bio: String
    package let expertise: [ExpertiseTag]
    /// What mentees get help with, each in a few words.
    package let goals: [String]
    package let languages: [LanguageTag]
    package let zone: TimeZoneName
    /// Why the mentor is shown, but not to be asked; nil while they take requests.
    package private(set) var pausedBy: Pause?
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
        pausedBy = isAccepting ? nil : .mentor
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

    package var isAccepting: Bool { pausedBy == nil }

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
        profile.pausedBy = isAccepting ? nil : .mentor
        profile.returnsOn = nil
        return profile
    }

    /// The same where the person goes on to pause: a pause that is not of their making stays what it is, unless they name
    /// a day themselves after a silence.
    package func continuing(_ earlier: MentorProfile?) -> MentorProfile {
        guard let earlier, !isAccepting else { return self }
        return switch earlier.pausedBy {
        case .silence where returnsOn == nil: paused(by: .silence)
        case .noShows: paused(by: .noShows, until: earlier.returnsOn)
        case .silence, .mentor, nil: self
        }
    }

    /// The same of a mentor who takes no requests because of what they did not do.
    package func paused(by pause: Pause, until day: ReturnDay? = nil) -> MentorProfile {
        var profile = self
        profile.pausedBy = pause
        profile.returnsOn = day
        return profile
    }
}
