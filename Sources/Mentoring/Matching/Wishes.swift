package import Wire

/// What somebody hopes for in a mentor.
package struct Wishes: Hashable, Sendable {
    /// What they want to get to, in their own words.
    package var goals: String
    package var expertise: [ExpertiseTag]
    /// Which they speak; a mentor with one of them will do.
    package var languages: [LanguageTag]
    package var styles: [MentoringStyle]
    package var budget: Budget
    /// Theirs; in it the hours are meant.
    package var zone: TimeZoneName?
    /// When they have time, from Monday on; empty where they have not said.
    package var hours: [WeeklyRule]

    package init(
        goals: String = "", expertise: [ExpertiseTag] = [], languages: [LanguageTag] = [],
        styles: [MentoringStyle] = [], budget: Budget = .any, zone: TimeZoneName? = nil, hours: [WeeklyRule] = []
    ) {
        self.goals = goals
        self.expertise = expertise
        self.languages = languages
        self.styles = styles
        self.budget = budget
        self.zone = zone
        self.hours = hours
    }
}

extension Wishes {
    /// What is known of somebody who has said nothing.
    package struct Background: Sendable {
        /// Of the mentors whom they met, those of many first.
        package var metExpertise: [ExpertiseTag] = []
        /// Hashtags that they follow.
        package var interests: [ExpertiseTag] = []
        /// Of their own mentor profile, or in which they read and write.
        package var languages: [LanguageTag] = []
        /// Of their own mentor profile, or in which they last asked.
        package var zone: TimeZoneName?

        package init() {}
    }

    /// What somebody most likely hopes for: more of what they sought before and care for.
    package init(guessedFrom background: Background) {
        var expertise: [ExpertiseTag] = []
        for tag in background.interests.prefix(5) + background.metExpertise where !expertise.contains(tag) {
            expertise.append(tag)
        }
        self.init(
            expertise: Array(expertise.prefix(8)), languages: background.languages, zone: background.zone)
    }

    /// The same with what somebody says for this once. Goals and expertise are one: who names either asks for that alone.
    package func replacing(with given: WishesDraft.Given, by wishes: Wishes) -> Wishes {
        var merged = self
        if given.contains(.goals) || given.contains(.expertise) {
            merged.goals = wishes.goals
            merged.expertise = wishes.expertise
        }
        if given.contains(.languages) { merged.languages = wishes.languages }
        if given.contains(.styles) { merged.styles = wishes.styles }
        if given.contains(.budget) { merged.budget = wishes.budget }
        if given.contains(.zone) {
            merged.zone = wishes.zone
            // Kept hours were meant in another zone.
            if zone != wishes.zone { merged.hours = [] }
        }
        return merged
    }
}
