import Testing
import Wire

@testable import Mentoring

@Suite struct ProfileDraftTests {
    static let good = ProfileDraft(
        bio: "Painter.\r\nReads drafts.", expertise: ["SQL", " #Data   Careers ", "sql"],
        languages: ["ES", "pt-br", "es"],
        zone: "America/New_York",
        offers: [
            .init(type: "artistic", rate: RateDraft(amount: "20", currency: "EUR", per: "hour")),
            .init(type: "panamia_planning"),
        ], audience: "followers", isPublished: true)

    @Test func takesGoodDraft() throws {
        let profile = try Self.good.checked(catalogue: Sample.catalogue, now: Sample.asked)
        #expect(profile.bio == "Painter.\nReads drafts.")
        #expect(profile.expertise.map(\.text) == ["sql", "data careers"])
        #expect(profile.languages.map(\.text) == ["es", "pt-BR"])
        #expect(
            profile.offers == [
                MentorOffer(type: "artistic", rate: Sample.twentyEuro),
                MentorOffer(type: "panamia_planning", rate: nil),
            ])
        #expect(profile.audience == .followers)
    }

    struct Flaw: Sendable {
        let fields: [String]
        let spoil: @Sendable (inout ProfileDraft) -> Void

        init(_ fields: String..., spoil: @escaping @Sendable (inout ProfileDraft) -> Void) {
            self.fields = fields
            self.spoil = spoil
        }
    }

    static let flaws = [
        Flaw("bio") { $0.bio = String(repeating: "b", count: 5001) },
        Flaw("bio") { $0.bio = "one\u{0}two" },
        Flaw("expertise[1]") { $0.expertise = ["sql", "###"] },
        Flaw("expertise[0]", "expertise[2]") { $0.expertise = ["<b>", "sql", "a,b"] },
        Flaw("expertise[0]") { $0.expertise = [String(repeating: "x", count: 51)] },
        Flaw("expertise") { $0.expertise = Array(repeating: "sql", count: 31) },
        Flaw("languages[0]", "languages[1]") { $0.languages = ["english", "e"] },
        Flaw("languages") { $0.languages = Array(repeating: "es", count: 21) },
        Flaw("zone") { $0.zone = "Mars/Olympus" },
        Flaw("zone") { $0.zone = "GMT+2" },
        Flaw("offers[1].type") { $0.offers[1].type = "unheard_of" },
        Flaw("offers[1].type") { $0.offers[1].type = "retired" },
        Flaw("offers[1].type") { $0.offers[1].type = "artistic" },
        Flaw("offers[1].rate") { $0.offers[1].rate = RateDraft(amount: "20", currency: "EUR", per: "hour") },
        Flaw("offers[0].rate.amount") { $0.offers[0].rate?.amount = "-1" },
        Flaw("offers[0].rate.currency") { $0.offers[0].rate?.currency = "euro" },
        Flaw("offers[0].rate.currency", "offers[0].rate.per") {
            $0.offers[0].rate = RateDraft(amount: "1", currency: "", per: "minute")
        },
        Flaw("offers") { $0.offers = Array(repeating: .init(type: "artistic"), count: 51) },
        Flaw("who_may_ask") { $0.audience = "friends" },
        Flaw("goals[0]", "goals[2]") { $0.goals = ["", "a first job", "two\nlines"] },
        Flaw("goals[0]") { $0.goals = [String(repeating: "x", count: 101)] },
        Flaw("goals") { $0.goals = (0...10).map { "goal \($0)" } },
        Flaw("styles[1]") { $0.styles = ["async", "telepathy"] },
        Flaw("hours_a_month") { $0.hoursPerMonth = 0 },
        Flaw("hours_a_month", "most_mentees") {
            $0.hoursPerMonth = 101
            $0.mostMentees = 51
        },
        Flaw("video") { $0.video = "http://video.example/1" },
        Flaw("video") { $0.video = "javascript:alert(1)" },
        Flaw("returns_on") { $0.pause(until: "2026-09-01") },
        Flaw("returns_on") { $0.pause(until: "2026-02-30") },
        Flaw("returns_on") { $0.pause(until: "2028-09-03") },
        Flaw("returns_on") { $0.pause(until: "tomorrow") },
        Flaw("questions[0].text") { $0.questions = [.init(" ")] },
        Flaw("questions[1].text") { $0.questions = [.init("Why me?"), .init("Why me? ")] },
        Flaw("questions[0].text", "questions[0].least_length") {
            $0.questions = [.init(String(repeating: "x", count: 301), leastLength: 1001)]
        },
        Flaw("questions[0].least_length") { $0.questions = [.init("Why me?", leastLength: -1)] },
        Flaw("questions") { $0.questions = (0...10).map { .init("Question \($0)?") } },
        Flaw("zone", "offers[0].rate.amount", "who_may_ask") {
            $0.zone = ""
            $0.offers[0].rate?.amount = "free"
            $0.audience = ""
        },
    ]

    @Test("names every field that is wrong", arguments: flaws.indices) func refuses(index: Int) {
        var draft = Self.good
        Self.flaws[index].spoil(&draft)
        #expect(fields { try draft.checked(catalogue: Sample.catalogue, now: Sample.asked) } == Self.flaws[index].fields)
    }

    @Test("says what would do") func advises() {
        var draft = Self.good
        draft.offers = [.init(type: "unheard_of")]
        #expect(
            advice { try draft.checked(catalogue: Sample.catalogue, now: Sample.asked) }
                == "There is no such session type. Choose one of artistic, panamia_planning.")
        draft.offers = [.init(type: "panamia_planning", rate: RateDraft(amount: "5", currency: "EUR", per: "hour"))]
        #expect(
            advice { try draft.checked(catalogue: Sample.catalogue, now: Sample.asked) }
                == "panamia_planning is always free: leave the rate out.")
    }

    @Test("everything that a mentor may leave out is kept where it is given") func takesAll() throws {
        var draft = Self.good
        draft.goals = [" a first job ", "a first job", "courage"]
        draft.styles = ["casual", "async", "casual"]
        draft.hoursPerMonth = 100
        draft.mostMentees = 1
        draft.video = "https://video.example/1"
        draft.pause(until: "2026-09-02")
        draft.questions = [.init("Why me?", isRequired: true, leastLength: 1000), .init("What else?")]
        let profile = try draft.checked(catalogue: Sample.catalogue, now: Sample.asked)
        #expect(profile.goals == ["a first job", "courage"] && profile.styles == [.casual, .async])
        #expect(profile.hoursPerMonth == 100 && profile.mostMentees == 1 && profile.returnsOn?.text == "2026-09-02")
        #expect(profile.video?.string == "https://video.example/1")
        #expect(profile.questions.map(\.text) == ["Why me?", "What else?"])
        let again = ProfileDraft(profile, now: Sample.asked)
        #expect(try again.checked(catalogue: Sample.catalogue, now: Sample.asked) == profile)
    }

    @Test("who takes requests comes back on no day") func returnOfTheAccepting() throws {
        var draft = Self.good
        draft.returnsOn = "2026-13-01"
        #expect(fields { try draft.checked(catalogue: Sample.catalogue, now: Sample.asked) } == ["returns_on"])
        draft.returnsOn = "2026-10-01"
        #expect(try draft.checked(catalogue: Sample.catalogue, now: Sample.asked).returnsOn == nil)
    }

    @Test("a day of return that is over stands in the way of no later change") func returnIsOver() throws {
        var draft = Self.good
        draft.pause(until: "2026-09-02")
        let profile = try draft.checked(catalogue: Sample.catalogue, now: Sample.asked)
        let later = Sample.longAfter
        let changed = try ProfileDraft(profile, now: later).checked(
            catalogue: Sample.catalogue, now: later, earlier: profile)
        #expect(changed.returnsOn == nil && !changed.isAccepting)
    }

    @Test("what the community no longer offers may stay in a profile, and comes into none") func retiredOffers() throws {
        let old = MentorProfile(
            bio: "", expertise: [], languages: [], zone: .utc, isAccepting: true,
            offers: [MentorOffer(type: "retired", rate: nil), MentorOffer(type: "artistic", rate: Sample.twentyEuro)],
            audience: .anyone, isPublished: true)
        var draft = ProfileDraft(old, now: Sample.asked)
        draft.bio = "New."
        let changed = try draft.checked(catalogue: Sample.catalogue, now: Sample.asked, earlier: old)
        #expect(changed.offers == old.offers && changed.bio == "New.")
        draft.offers.append(.init(type: "retired"))
        #expect(
            fields { try draft.checked(catalogue: Sample.catalogue, now: Sample.asked, earlier: old) }
                == ["offers[2].type"])
        #expect(fields { try ProfileDraft(old, now: Sample.asked).checked(catalogue: Sample.catalogue, now: Sample.asked) } == ["offers[0].type"])
    }

    @Test(
        "a day begins with the midnight of the mentor's zone",
        arguments: [
            ("UTC", "2026-09-02T00:00:00Z"), ("Europe/Berlin", "2026-09-01T22:00:00Z"),
            ("Pacific/Kiritimati", "2026-09-01T10:00:00Z"), ("America/New_York", "2026-09-02T04:00:00Z"),
            ("Asia/Kathmandu", "2026-09-01T18:15:00Z"),
        ])
    func returnBegins(zone: String, start: String) throws {
        let day = try #require(ReturnDay("2026-09-02"))
        #expect(day.start(in: try #require(TimeZoneName(zone))) == Sample.date(start))
    }

    @Test("no other days", arguments: ["", "2026-9-2", "2026-09-31", "1969-12-31", "2026-09-02T00:00:00Z", "٢٠٢٦-09-02"])
    func refusesDays(text: String) {
        #expect(ReturnDay(text) == nil)
    }

    @Test("one subject in two normal forms is one tag") func normalisesTags() {
        #expect(ExpertiseTag("Cafe\u{301}") == ExpertiseTag("CAFÉ"))
        #expect(ExpertiseTag("# SQL")?.text == "sql")
        #expect(ExpertiseTag("c#")?.text == "c#")
    }

    @Test(
        "language tags in their customary case",
        arguments: [
            ("EN", "en"), ("zh-hant", "zh-Hant"), ("ZH-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("yue", "yue"),
        ])
    func readsLanguage(text: String, expected: String) {
        #expect(LanguageTag(text)?.text == expected)
    }

    @Test(
        "no other tags",
        arguments: ["", "-", "e", "engl", "en-", "en-x", "en-US-x", "en_US", "en-US-posix", "12", "é n", "i-klingon"])
    func refusesLanguage(text: String) {
        #expect(LanguageTag(text) == nil)
    }

    @Test("each audience admits all that narrower ones admit") func audiences() {
        let admitted = { (audience: Audience) in
            [Acquaintance.stranger, .follower, .known].filter(audience.admits)
        }
        #expect(admitted(.anyone) == [.stranger, .follower, .known])
        #expect(admitted(.followers) == [.follower, .known])
        #expect(admitted(.known) == [.known])
        #expect(admitted(.nobody).isEmpty)
    }

    @Test("an unpublished profile can be asked by nobody") func hidesUnpublished() throws {
        var draft = Self.good
        draft.isPublished = false
        let profile = try draft.checked(catalogue: Sample.catalogue, now: Sample.asked)
        #expect(MentorTerms(profile, of: Sample.noor, askedBy: .known).admission == .notAccepting)
    }
}

extension ProfileDraft {
    fileprivate mutating func pause(until day: String) {
        isAccepting = false
        returnsOn = day
    }
}
