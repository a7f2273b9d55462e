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
        let profile = try Self.good.checked(catalogue: Sample.catalogue)
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
        Flaw("zone", "offers[0].rate.amount", "who_may_ask") {
            $0.zone = ""
            $0.offers[0].rate?.amount = "free"
            $0.audience = ""
        },
    ]

    @Test("names every field that is wrong", arguments: flaws.indices) func refuses(index: Int) {
        var draft = Self.good
        Self.flaws[index].spoil(&draft)
        #expect(fields { try draft.checked(catalogue: Sample.catalogue) } == Self.flaws[index].fields)
    }

    @Test("says what would do") func advises() {
        var draft = Self.good
        draft.offers = [.init(type: "unheard_of")]
        #expect(
            advice { try draft.checked(catalogue: Sample.catalogue) }
                == "There is no such session type. Choose one of artistic, panamia_planning.")
        draft.offers = [.init(type: "panamia_planning", rate: RateDraft(amount: "5", currency: "EUR", per: "hour"))]
        #expect(
            advice { try draft.checked(catalogue: Sample.catalogue) }
                == "panamia_planning is always free: leave the rate out.")
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
        let profile = try draft.checked(catalogue: Sample.catalogue)
        #expect(MentorTerms(profile, of: Sample.noor, askedBy: .known).admission == .notAccepting)
    }
}
