package import Foundation
package import Wire

/// What a person enters for their mentor profile, as it arrives.
package struct ProfileDraft: Sendable {
    package static let bioLength = 0...5000
    package static let mostTags = 30
    package static let mostGoals = 10
    package static let goalLength = 1...100
    package static let mostLanguages = 20
    package static let hoursPerMonth = 1...100
    package static let mentees = 1...50
    package static let mostOffers = 50
    package static let mostQuestions = 10

    package struct Offer: Sendable {
        package var type: String
        package var rate: RateDraft?

        package init(type: String, rate: RateDraft? = nil) {
            self.type = type
            self.rate = rate
        }
    }

    package struct Question: Sendable {
        package var text: String
        package var isRequired: Bool
        package var leastLength: Int

        package init(_ text: String, isRequired: Bool = false, leastLength: Int = 0) {
            self.text = text
            self.isRequired = isRequired
            self.leastLength = leastLength
        }
    }

    package var bio: String
    package var expertise: [String]
    package var goals: [String] = []
    package var languages: [String]
    package var zone: String
    package var isAccepting: Bool
    /// Means something only while the mentor pauses.
    package var returnsOn: String?
    /// Raw values of `MentoringStyle`.
    package var styles: [String] = []
    package var hoursPerMonth: Int?
    package var mostMentees: Int?
    package var video: String?
    package var offers: [Offer]
    /// Raw value of an `Audience`.
    package var audience: String
    package var questions: [Question] = []
    package var isPublished: Bool

    package init(
        bio: String = "", expertise: [String] = [], languages: [String] = [], zone: String, isAccepting: Bool = true,
        offers: [Offer] = [], audience: String = Audience.anyone.rawValue, isPublished: Bool = false
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

    /// What would give the profile again, to change a part of it. A day of return that is over is left out.
    package init(_ profile: MentorProfile, now: Date) {
        self.init(
            bio: profile.bio, expertise: profile.expertise.map(\.text), languages: profile.languages.map(\.text),
            zone: profile.zone.name, isAccepting: profile.isAccepting,
            offers: profile.offers.map { Offer(type: $0.type, rate: $0.rate.map(RateDraft.init)) },
            audience: profile.audience.rawValue, isPublished: profile.isPublished)
        goals = profile.goals
        returnsOn = profile.returnsOn.flatMap { $0.isAhead(of: now, in: profile.zone) ? $0.text : nil }
        styles = profile.styles.map(\.rawValue)
        hoursPerMonth = profile.hoursPerMonth
        mostMentees = profile.mostMentees
        video = profile.video?.string
        questions = profile.questions.map { Question($0.text, isRequired: $0.isRequired, leastLength: $0.leastLength) }
    }

    /// The profile. Tags, goals, styles and languages that are one after normalising are kept once; a day of return is
    /// kept only of who pauses.
    ///
    /// - Parameter earlier: the profile that this one changes; what it offers may stay, even if the community does so no more.
    /// - Throws: what is wrong in `bio`, `expertise`, `expertise[i]`, `goals`, `goals[i]`, `languages`, `languages[i]`,
    ///   `zone`, `returns_on`, `styles[i]`, `hours_a_month`, `most_mentees`, `video`, `offers`, `offers[i].type`,
    ///   `offers[i].rate` (and its `.amount`, `.currency`, `.per`), `who_may_ask`, `questions`, `questions[i].text`,
    ///   `questions[i].least_length`.
    package func checked(
        catalogue: Catalogue, now: Date, earlier: MentorProfile? = nil
    ) throws(InvalidFields) -> MentorProfile {
        var checks = FieldChecks()
        let bio = checks.text(bio, "bio", length: Self.bioLength, lines: .several)
        let tags = Self.list(
            expertise, "expertise", most: Self.mostTags, &checks, read: ExpertiseTag.init,
            expected: "Use 1 to \(ExpertiseTag.length.upperBound) characters on one line, without , < and >.")
        let goals = checkedGoals(&checks)
        let languages = Self.list(
            languages, "languages", most: Self.mostLanguages, &checks, read: LanguageTag.init,
            expected: "Use a language tag such as es, pt-BR or zh-Hant.")
        let zone = TimeZoneName(zone)
        if zone == nil { checks.fail("zone", Slot.zoneAdvice) }
        let returnsOn = checkedReturn(in: zone ?? .utc, now: now, &checks)
        let styles = Self.list(
            styles, "styles", most: 10, &checks, read: MentoringStyle.init(rawValue:),
            expected: "Use one of \(MentoringStyle.allCases.map(\.rawValue).joined(separator: ", ")).")
        Self.check(hoursPerMonth, "hours_a_month", Self.hoursPerMonth, &checks)
        Self.check(mostMentees, "most_mentees", Self.mentees, &checks)
        let video = checkedVideo(&checks)
        let offers = checkedOffers(catalogue, kept: Set(earlier?.offers ?? []), &checks)
        let audience = Audience(rawValue: audience)
        if audience == nil {
            checks.fail("who_may_ask", "Use one of \(Audience.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let questions = checkedQuestions(&checks)
        try checks.finish()
        return MentorProfile(
            bio: bio, expertise: tags, goals: goals, languages: languages, zone: zone ?? .utc,
            isAccepting: isAccepting, returnsOn: returnsOn, styles: styles, hoursPerMonth: hoursPerMonth,
            mostMentees: mostMentees, video: video, offers: offers, audience: audience ?? .nobody, questions: questions,
            isPublished: isPublished)
    }
}
