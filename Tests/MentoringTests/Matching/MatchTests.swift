import Foundation
import Testing
import Wire

@testable import Mentoring

struct MatchTests {
    private let terms = [("js", true), ("weaving", false)].map { name, isSubject in
        WishTerm(names: [name, name == "js" ? "javascript" : "looms"].compactMap { ExpertiseTag($0) }, isSubject: isSubject)
    }

    private func profile(
        _ expertise: [String] = [], languages: [String] = ["en"], styles: [MentoringStyle] = [], most: Int? = nil,
        zone: String = "Europe/Berlin", offers: [MentorOffer] = [MentorOffer(type: "artistic", rate: nil)]
    ) -> MentorProfile {
        MentorProfile(
            bio: "", expertise: expertise.compactMap { ExpertiseTag($0) },
            languages: languages.compactMap { LanguageTag($0) }, zone: TimeZoneName(zone) ?? .utc, isAccepting: true,
            styles: styles, mostMentees: most, offers: offers, audience: .anyone, isPublished: true)
    }

    private func match(
        _ facts: MatchFacts, _ times: MatchFacts.Times = .unknown, wishes: Wishes = Wishes(), terms: [WishTerm] = [],
        common: CommonTime? = nil
    ) -> Match {
        let session = MatchSession.choice(from: facts.profile, budget: wishes.budget, catalogue: Sample.catalogue).session
        return Match(
            facts, times: times, session: session, for: wishes, terms, common ?? CommonTime(wishes, now: Sample.asked),
            now: Sample.asked)
    }

    private func value(_ kind: MatchPart.Kind, _ match: Match) -> Double? {
        match.parts.first { $0.kind == kind }.map { ($0.value * 1000).rounded() / 1000 }
    }

    @Test("Subjects count twice, what is only mentioned less, and the mentor's own word is told", arguments: [
        ([], [], [], 0, []), ([0], [0], ["js"], 0.667, ["Knows js"]),
        ([0], [0, 1], ["javascript"], 0.867, ["Knows javascript (you wrote js)", "Writes about weaving"]),
        ([0, 1], [0, 1], ["js"], 1, ["Knows js and weaving"]), ([], [1], [], 0.2, ["Writes about weaving"]),
    ] as [([Int], [Int], [String], Double, [String])])
    func expertise(known: [Int], told: [Int], tags: [String], value: Double, reasons: [String]) {
        let match = match(MatchFacts(profile: profile(tags), known: Set(known), told: Set(told)), terms: terms)
        #expect(self.value(.expertise, match) == value)
        #expect(match.reasons == reasons)
    }

    @Test("Parts of which nothing was wished do not count")
    func unwished() {
        let match = match(MatchFacts(profile: profile()))
        #expect(match.parts.map(\.kind) == [.time, .responsiveness, .load])
        #expect(match.score > 0 && match.score < 1)
        #expect(abs(MatchPart.Kind.allCases.map(\.weight).reduce(0, +) - 1) < 0.000_001)
    }

    @Test("One shared language is enough, another region of it is nearly as good", arguments: [
        (["es"], ["es", "en"], 1, "Speaks Spanish, as you do"), (["pt-PT"], ["pt-BR"], 0.9, "Speaks Portuguese, as you do"),
        (["de", "en", "fr"], ["fr", "de"], 1, "Speaks German and French, as you do"), (["tr"], ["en"], 0, nil),
        (["es-419", "es"], ["es"], 1, "Speaks Spanish, as you do"),
    ] as [([String], [String], Double, String?)])
    func language(wished: [String], spoken: [String], value: Double, reason: String?) {
        let match = match(
            MatchFacts(profile: profile(languages: spoken)),
            wishes: Wishes(languages: wished.compactMap { LanguageTag($0) }))
        #expect(self.value(.language, match) == value)
        #expect(match.reasons == [reason].compactMap(\.self))
    }

    @Test("Times that both have are told by day and part of the day")
    func time() throws {
        let facts = MatchFacts(profile: profile())
        let starts = ["2026-09-01T15:00:00Z", "2026-09-01T16:00:00Z", "2026-09-03T07:00:00Z"].map(Sample.date)
        let wishes = Wishes(zone: TimeZoneName("Europe/Berlin"))
        let byDay = match(facts, .free(starts), wishes: wishes)
        #expect(value(.time, byDay) == 0.7)
        #expect(byDay.reasons == ["Free on Tuesday evening and Thursday morning"])
        #expect(byDay.times.map(DateTime.format) == ["2026-09-01T15:00:00Z", "2026-09-03T07:00:00Z"])
        let own = match(facts, .free(starts), common: try CommonTimeTests.common([(.tuesday, "17:00", "20:00")]))
        #expect(value(.time, own) == 0.55)
        #expect(own.reasons == ["Free on Tuesday evening, when you are"])
        let never = match(facts, .free(starts), common: try CommonTimeTests.common([(.sunday, "17:00", "20:00")]))
        #expect(value(.time, never) == 0 && never.reasons.isEmpty && never.times.isEmpty)
    }

    @Test("Where no times are known the zones speak", arguments: [
        (MatchFacts.Times.any, "Europe/Berlin", "Europe/Madrid", 0.5, ["Can be asked for any time", "Awake when you are: your days share 12 hours"]),
        (.unknown, "Europe/Berlin", "Asia/Kolkata", 0.354, ["Awake when you are: your days share 8 hours"]),
        (.unknown, "Europe/Berlin", "Pacific/Auckland", 0.083, []), (.unknown, nil, "UTC", 0.3, []),
        (.any, nil, "UTC", 0.3, ["Can be asked for any time"]),
    ] as [(MatchFacts.Times, String?, String, Double, [String])])
    func zones(times: MatchFacts.Times, zone: String?, other: String, value: Double, reasons: [String]) {
        let match = match(
            MatchFacts(profile: profile(zone: other)), times, wishes: Wishes(zone: zone.flatMap { TimeZoneName($0) }))
        #expect(self.value(.time, match) == value)
        #expect(match.reasons == reasons)
    }

    @Test("Who answers is preferred, and whoever is not known stands between", arguments: [
        (3, 0, 1.0, 1, ["Answers all requests, usually within 2 hours"]),
        (4, 1, 1.0, 0.8, ["Answers 80% of requests, usually within 2 hours"]), (1, 2, 1.0, 0.33, []),
        (3, 0, 60.0, 0.6, []), (2, 0, 1.0, 0.5, []),
    ] as [(Int, Int, Double, Double, [String])])
    func responsiveness(answered: Int, missed: Int, days: Double, value: Double, reasons: [String]) {
        let asked = Sample.asked.addingTimeInterval(-70 * 86_400)
        let asks = (0..<answered + missed).map {
            Responsiveness.Ask(
                askedAt: asked, answeredAt: $0 < answered ? asked.addingTimeInterval(7200) : nil, isMissed: $0 >= answered)
        }
        let known = Responsiveness(asks, lastDeed: Sample.asked.addingTimeInterval(-days * 86_400), now: Sample.asked)
        let match = match(MatchFacts(profile: profile(), responsiveness: known))
        #expect(self.value(.responsiveness, match) == value)
        #expect(match.reasons == reasons)
    }

    @Test("Room and waiting requests", arguments: [
        (nil, 0, 0, 1, []), (nil, 10, 0, 0.5, []), (4, 1, 0, 0.75, ["Has room for 3 more mentees"]),
        (2, 1, 3, 0.25, ["Has room for one more mentee"]), (2, 2, 0, 0, []),
    ] as [(Int?, Int, Int, Double, [String])])
    func load(most: Int?, mentees: Int, waiting: Int, value: Double, reasons: [String]) {
        let match = match(MatchFacts(profile: profile(most: most), mentees: mentees, waiting: waiting))
        #expect(self.value(.load, match) == value)
        #expect(match.reasons == reasons)
    }

    @Test("Styles", arguments: [
        ([MentoringStyle.async, .casual], 1, "Mentors in writing and by a talk now and then, as you wish"),
        ([.scheduled], 0, nil), ([], 0.5, nil),
    ] as [([MentoringStyle], Double, String?)])
    func style(styles: [MentoringStyle], value: Double, reason: String?) {
        let match = match(MatchFacts(profile: profile(styles: styles)), wishes: Wishes(styles: [.async, .casual]))
        #expect(self.value(.style, match) == value)
        #expect(match.reasons == [reason].compactMap(\.self))
    }

    @Test("The session is the first in the profile that can be paid; where there is none, nothing is suggested")
    func session() {
        let paid = MentorOffer(type: "artistic", rate: Sample.rate("30", "EUR", .session))
        let dollars = MentorOffer(type: "artistic", rate: Sample.rate("3", "USD", .session))
        let free = MentorOffer(type: "panamia_planning", rate: nil)
        func choice(_ offers: [MentorOffer], _ budget: Budget, type: String? = nil) -> MatchSession.Choice {
            MatchSession.choice(from: profile(offers: offers), type: type, budget: budget, catalogue: Sample.catalogue)
        }
        let most = Budget.atMost(Sample.rate("25", "EUR", .session))
        #expect(choice([paid, free], .any).session?.offer == paid)
        #expect(choice([paid, free], .free).session?.offer == free)
        #expect(choice([paid, free], most).session?.offer == free)
        #expect(choice([paid], most) == .none && choice([paid], .free) == .none)
        #expect(choice([dollars], most).session?.offer == dollars)
        #expect(choice([paid, free], .any, type: "panamia_planning").session?.minutes == 30)
        #expect(choice([paid], .any, type: "panamia_planning") == .none)
        #expect(choice([], .any) == .unknown && choice([MentorOffer(type: "elsewhere", rate: nil)], .any) == .unknown)
    }

    @Test("Rates are judged where something was said of them")
    func rate() {
        let paid = profile(offers: [MentorOffer(type: "artistic", rate: Sample.rate("20", "EUR", .session))])
        let most = Wishes(budget: .atMost(Sample.rate("25", "EUR", .session)))
        #expect(match(MatchFacts(profile: paid), wishes: most).reasons == ["Asks for 20.00 EUR per session, within what you can pay"])
        #expect(match(MatchFacts(profile: profile()), wishes: most).reasons == ["Free of charge"])
        #expect(value(.rate, match(MatchFacts(profile: paid))) == nil)
    }

    @Test("What counts most is told first")
    func order() {
        let wishes = Wishes(languages: [LanguageTag("en")].compactMap(\.self), budget: .free)
        let match = match(MatchFacts(profile: profile(["js"]), known: [0], told: [0]), wishes: wishes, terms: terms)
        #expect(match.reasons == ["Knows js", "Speaks English, as you do", "Free of charge"])
        #expect(match.score > 0.6)
    }
}
