package import Wire

/// What somebody hopes for in a mentor, as it arrives.
package struct WishesDraft: Sendable {
    package static let goalsLength = 0...1000
    package static let mostExpertise = 10
    package static let mostLanguages = 10

    /// Which wishes somebody says for once.
    package struct Given: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        package static let goals = Given(rawValue: 1)
        package static let expertise = Given(rawValue: 2)
        package static let languages = Given(rawValue: 4)
        package static let styles = Given(rawValue: 8)
        package static let budget = Given(rawValue: 16)
        package static let zone = Given(rawValue: 32)
    }

    package var goals = ""
    package var expertise: [String] = []
    package var languages: [String] = []
    package var styles: [String] = []
    package var isFreeOnly = false
    package var mostRate: RateDraft?
    package var zone: String?
    package var rules: [AvailabilityDraft.Rule] = []

    package init() {}

    /// - Throws: what is wrong in `goals`, `expertise`, `expertise[i]`, `languages`, `languages[i]`, `styles`,
    ///   `styles[i]`, `most_rate` (and its `.amount`, `.currency`, `.per`), `zone`, `rules`, `rules[i]` (and its
    ///   `.weekday`, `.from`, `.to`).
    package func checked() throws(InvalidFields) -> Wishes {
        var checks = FieldChecks()
        let goals = checks.text(goals, "goals", length: Self.goalsLength, lines: .several)
        let expertise = ProfileDraft.list(
            expertise, "expertise", most: Self.mostExpertise, &checks, read: ExpertiseTag.init,
            expected: "Use 1 to \(ExpertiseTag.length.upperBound) characters on one line, without , < and >.")
        let languages = ProfileDraft.list(
            languages, "languages", most: Self.mostLanguages, &checks, read: LanguageTag.init,
            expected: "Use a language tag such as es, pt-BR or zh-Hant.")
        let styles = ProfileDraft.list(
            styles, "styles", most: 10, &checks, read: MentoringStyle.init(rawValue:),
            expected: "Use one of \(MentoringStyle.allCases.map(\.rawValue).joined(separator: ", ")).")
        let rate = mostRate.flatMap { $0.checked("most_rate", &checks) }
        if mostRate != nil, isFreeOnly { checks.fail("most_rate", "Leave it out where it is to be free.") }
        let zone = zone.map { checks.zone($0, "zone") }
        let hours = checkedHours(&checks)
        try checks.finish()
        return Wishes(
            goals: goals, expertise: expertise, languages: languages, styles: styles,
            budget: isFreeOnly ? .free : rate.map(Budget.atMost) ?? .any, zone: zone, hours: hours)
    }

    private func checkedHours(_ checks: inout FieldChecks) -> [WeeklyRule] {
        if !rules.isEmpty, zone == nil { checks.fail("zone", "Name the zone in which the hours are meant.") }
        var draft = AvailabilityDraft(zone: TimeZoneName.utc.name)
        draft.rules = rules
        do throws(InvalidFields) {
            return try draft.checked(catalogue: Catalogue([])).rules
        } catch {
            for wrong in error.errors { checks.fail(wrong.field, wrong.message) }
            return []
        }
    }
}
