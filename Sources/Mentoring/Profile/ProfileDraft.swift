package import Wire

/// What a person enters for their mentor profile, as it arrives.
package struct ProfileDraft: Sendable {
    package static let bioLength = 0...5000
    package static let mostTags = 30
    package static let mostLanguages = 20
    package static let mostOffers = 50

    package struct Offer: Sendable {
        package var type: String
        package var rate: RateDraft?

        package init(type: String, rate: RateDraft? = nil) {
            self.type = type
            self.rate = rate
        }
    }

    package var bio: String
    package var expertise: [String]
    package var languages: [String]
    package var zone: String
    package var isAccepting: Bool
    package var offers: [Offer]
    /// Raw value of an `Audience`.
    package var audience: String
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

    /// The profile. Tags and languages that are one after normalising are kept once.
    /// - Throws: what is wrong in `bio`, `expertise`, `expertise[i]`, `languages`, `languages[i]`, `zone`, `offers`,
    ///   `offers[i].type`, `offers[i].rate` (and its `.amount`, `.currency`, `.per`), `who_may_ask`.
    package func checked(catalogue: Catalogue) throws(InvalidFields) -> MentorProfile {
        var checks = FieldChecks()
        let bio = checks.text(bio, "bio", length: Self.bioLength, lines: .several)
        let tags = Self.list(
            expertise, "expertise", most: Self.mostTags, &checks, read: ExpertiseTag.init,
            expected: "Use 1 to \(ExpertiseTag.length.upperBound) characters on one line, without , < and >.")
        let languages = Self.list(
            languages, "languages", most: Self.mostLanguages, &checks, read: LanguageTag.init,
            expected: "Use a language tag such as es, pt-BR or zh-Hant.")
        let zone = TimeZoneName(zone)
        if zone == nil { checks.fail("zone", Slot.zoneAdvice) }
        let offers = checkedOffers(catalogue, &checks)
        let audience = Audience(rawValue: audience)
        if audience == nil {
            checks.fail("who_may_ask", "Use one of \(Audience.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        try checks.finish()
        return MentorProfile(
            bio: bio, expertise: tags, languages: languages, zone: zone ?? .utc, isAccepting: isAccepting,
            offers: offers, audience: audience ?? .nobody, isPublished: isPublished)
    }

    private func checkedOffers(_ catalogue: Catalogue, _ checks: inout FieldChecks) -> [MentorOffer] {
        guard offers.count <= Self.mostOffers else {
            checks.fail("offers", "Give at most \(Self.mostOffers).")
            return []
        }
        var checked: [MentorOffer] = []
        for (index, offer) in offers.enumerated() {
            guard let type = catalogue.offered(offer.type, as: "offers[\(index)].type", &checks) else { continue }
            guard !checked.contains(where: { $0.type == type.name }) else {
                checks.fail("offers[\(index)].type", "\(type.name) is in the list already.")
                continue
            }
            var rate: Rate?
            if let draft = offer.rate {
                if type.pricing == .alwaysFree {
                    checks.fail("offers[\(index)].rate", "\(type.name) is always free: leave the rate out.")
                } else {
                    rate = draft.checked("offers[\(index)].rate", &checks)
                }
            }
            checked.append(MentorOffer(type: type.name, rate: rate))
        }
        return checked
    }

    private static func list<Element: Hashable>(
        _ texts: [String], _ field: String, most: Int, _ checks: inout FieldChecks, read: (String) -> Element?,
        expected: String
    ) -> [Element] {
        guard texts.count <= most else {
            checks.fail(field, "Give at most \(most).")
            return []
        }
        var seen: Set<Element> = []
        var list: [Element] = []
        for (index, text) in texts.enumerated() {
            guard let element = read(text) else {
                checks.fail("\(field)[\(index)]", expected)
                continue
            }
            if seen.insert(element).inserted { list.append(element) }
        }
        return list
    }
}
