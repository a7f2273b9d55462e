import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct ProfileQueriesTests {
    static func profile(_ expertise: [String] = ["sql", "c++"], offers: [MentorOffer] = [], isAccepting: Bool = true)
        throws -> MentorProfile
    {
        MentorProfile(
            bio: "I help.\n\"Often\".", expertise: expertise.compactMap { ExpertiseTag($0) },
            goals: ["a first job", "'quotes', {braces} and \\"],
            languages: ["de", "pt-BR"].compactMap { LanguageTag($0) }, zone: try zone("Asia/Kolkata"),
            isAccepting: isAccepting, returnsOn: isAccepting ? nil : ReturnDay("2027-03-01"),
            styles: [.casual, .scheduled], hoursPerMonth: 100, mostMentees: 1, video: try uri("https://v.example/1"),
            offers: offers, audience: .known,
            questions: [IntakeQuestion(text: "\"Why\" me?", isRequired: true, leastLength: 1000)], holding: .always,
            isPublished: true)
    }

    @Test("A profile is kept with its offers in order, replaced as a whole, and removed")
    func roundTrip() async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor").actor.id
            #expect(try await home.database.profile(of: noor) == nil)
            let offers = [
                MentorOffer(type: "pana_support", rate: nil),
                MentorOffer(type: "artistic", rate: try rate("1500", "JPY")),
                MentorOffer(type: "a type of elsewhere", rate: try rate("0.005", "KWD", per: .session)),
            ]
            let full = try Self.profile(offers: offers, isAccepting: false)
            try await home.database.save(full, of: noor)
            #expect(try await home.database.profile(of: noor) == full)
            let bare = MentorProfile(
                bio: "", expertise: [], languages: [], zone: .utc, isAccepting: false, offers: [], audience: .nobody,
                isPublished: false)
            try await home.database.save(bare, of: noor)
            #expect(try await home.database.profile(of: noor) == bare)
            try await home.database.deleteProfile(of: noor)
            #expect(try await home.database.profile(of: noor) == nil)
        }
    }
}

struct MentorSearchTests {
    /// Ana (SQL, Spanish, free), Ben (SQL and Python, German, paid), Cleo (pauses), Dora (not published), Eli (elsewhere).
    private func people(_ home: TestCommunity) async throws -> [ActorID: String] {
        var drafts: [(String, ProfileDraft)] = []
        var draft = ProfileDraft(
            bio: "Databases and patience.", expertise: ["sql"], languages: ["es", "en"], zone: "UTC",
            offers: [.init(type: "pana_support")], isPublished: true)
        drafts.append(("ana", draft))
        draft.isAccepting = false
        drafts.append(("cleo", draft))
        draft.isAccepting = true
        draft.isPublished = false
        drafts.append(("dora", draft))
        draft.isPublished = true
        draft.bio = "Code reviews."
        draft.expertise = ["sql", "Python"]
        draft.languages = ["de", "en"]
        draft.offers = [.init(type: "artistic", rate: RateDraft(amount: "9", currency: "EUR", per: "session"))]
        drafts.append(("ben", draft))
        var names: [ActorID: String] = [:]
        for (name, draft) in drafts { names[try await home.person(name, profile: draft).actor.id] = name }
        let eli = try await home.neighbour("eli")
        try await home.database.save(try ProfileQueriesTests.profile(), of: eli.id)
        names[eli.id] = "eli"
        return names
    }

    static let searches: [(MentorSearch, [String])] = [
        (MentorSearch(limit: 40), ["ana", "ben", "eli"]),
        (MentorSearch(expertise: ["sql"], limit: 40), ["ana", "ben", "eli"]),
        (MentorSearch(expertise: ["sql", "python"], limit: 40), ["ben"]),
        (MentorSearch(expertise: ["c++"], limit: 40), ["eli"]),
        (MentorSearch(expertise: ["'"], limit: 40), []),
        (MentorSearch(languages: ["de"], limit: 40), ["ben", "eli"]),
        (MentorSearch(languages: ["es", "en"], limit: 40), ["ana"]),
        (MentorSearch(freeOnly: true, limit: 40), ["ana"]),
        (MentorSearch(text: "patience", limit: 40), ["ana"]),
        (MentorSearch(text: "PYTHON", limit: 40), ["ben"]),
        (MentorSearch(text: "Eli", limit: 40), ["eli"]),
        (MentorSearch(text: "reviews -python", limit: 40), []),
        (MentorSearch(text: "patience or reviews", limit: 40), ["ana", "ben"]),
        (MentorSearch(text: "", limit: 40), ["ana", "ben", "eli"]),
        (MentorSearch(text: "help", limit: 40), ["eli"]),
        (MentorSearch(text: "databases -patience", limit: 40), []),
        (MentorSearch(text: "!!!", limit: 40), []),
        (MentorSearch(zones: ["UTC"], limit: 40), ["ana", "ben"]),
        (MentorSearch(zones: [], limit: 40), []),
        (MentorSearch(type: "artistic", limit: 40), ["ben"]),
        (MentorSearch(type: "artistic", freeOnly: true, limit: 40), []),
        (MentorSearch(type: "pana_support", freeOnly: true, limit: 40), ["ana"]),
        (MentorSearch(home: .here, limit: 40), ["ana", "ben"]),
        (MentorSearch(home: .elsewhere, limit: 40), ["eli"]),
        (MentorSearch(withPaused: true, limit: 40), ["ana", "ben", "cleo", "eli"]),
        (MentorSearch(expertise: ["sql"], text: "patience", home: .here, withPaused: true, limit: 40), ["ana", "cleo"]),
        (MentorSearch(expertise: ["sql"], languages: ["de"], text: "code", limit: 40), ["ben"]),
    ]

    @Test func findsWhatWasLookedFor() async throws {
        try await withCommunity { home in
            let names = try await people(home)
            for (search, expected) in Self.searches {
                let found = try await home.database.mentors(search).compactMap { names[$0.actor.id] }
                #expect(found.sorted() == expected, "\(search)")
            }
        }
    }

    static let anything = [
        "%%%%", "a & ", "'", "((((", "!", "\"", "a <-> b", ":*", "\\", String(repeating: "a b ", count: 2500),
        "\u{0301}",
    ]

    @Test("No text that somebody types is an error (J03)")
    func takesAnyText() async throws {
        try await withCommunity { home in
            _ = try await people(home)
            for text in Self.anything {
                await #expect(throws: Never.self, "\(text.prefix(20))") {
                    try await home.database.mentors(MentorSearch(text: text, limit: 40))
                }
            }
        }
    }

    @Test func pagesThroughAll() async throws {
        try await withCommunity { home in
            let names = try await people(home)
            var found: [String] = []
            var after: ShelfPlace?
            repeat {
                let page = try await home.database.mentors(MentorSearch(order: .answering(after: after), limit: 2))
                found += page.compactMap { names[$0.actor.id] }
                after = page.last?.place
            } while after != nil
            #expect(found == ["ana", "ben", "eli"])
        }
    }

    @Test("Who is gone is not found")
    func leavesOutTheGone() async throws {
        try await withCommunity { home in
            let names = try await people(home)
            try await home.database.execute("update actors set gone_at = now() where username = 'eli'")
            let found = try await home.database.mentors(MentorSearch(limit: 40)).compactMap { names[$0.actor.id] }
            #expect(found == ["ana", "ben"])
        }
    }
}
