import Foundation
import Testing
import Wire

@testable import Mentoring

@Suite struct SessionRequestTests {
    static let good = SessionRequest(
        type: "artistic", topic: " Portfolio ", message: "Please\r\nhave a look.", start: Sample.slot.start,
        minutes: 45,
        zone: "Europe/Berlin")
    static let open = MentorTerms(
        mentor: Sample.noor, acquaintance: .stranger,
        offers: [
            MentorOffer(type: "artistic", rate: Sample.twentyEuro), MentorOffer(type: "panamia_planning", rate: nil),
        ])

    func check(_ request: SessionRequest, _ terms: MentorTerms = open) throws -> CheckedRequest {
        try request.checked(by: Sample.mika, of: terms, catalogue: Sample.catalogue, now: Sample.asked)
    }

    @Test("a good request becomes a pending session, answered within a week") func begins() throws {
        let checked = try check(Self.good)
        let (session, event) = checked.session(
            id: UUID(), uri: Sample.uri("https://a.example/sessions/9"), invite: Sample.activity("9", of: "a.example"),
            custody: .owner, now: Sample.asked)
        #expect(session.status == .pending)
        #expect(session.topic == "Portfolio")
        #expect(session.message == "Please\nhave a look.")
        #expect(session.rate == Sample.twentyEuro)
        #expect(session.revision == 0)
        #expect(session.answerBy == Sample.asked.addingTimeInterval(7 * 86_400))
        #expect(event.kind == .requested)
        #expect(event.activity == session.invite)
    }

    @Test("a request for tomorrow is answered before it begins") func answersBeforeStart() throws {
        var request = Self.good
        request.start = Sample.waiting
        let session = try check(request).session(
            id: UUID(), uri: Sample.uri("https://a.example/s"), invite: Sample.activity("9"), custody: .here,
            now: Sample.asked
        ).0
        #expect(session.answerBy == Sample.waiting)
    }

    struct Flaw: Sendable {
        let fields: [String]
        let terms: MentorTerms
        let spoil: @Sendable (inout SessionRequest) -> Void

        init(
            _ fields: String..., terms: MentorTerms = open,
            spoil: @escaping @Sendable (inout SessionRequest) -> Void = { _ in }
        ) {
            self.fields = fields
            self.terms = terms
            self.spoil = spoil
        }
    }

    static let flaws = [
        Flaw("type") { $0.type = "unheard_of" },
        Flaw("type") { $0.type = "retired" },
        Flaw("type", terms: MentorTerms(mentor: Sample.noor, acquaintance: .known, offers: [])),
        Flaw("topic") { $0.topic = "  " },
        Flaw("topic") { $0.topic = String(repeating: "t", count: 201) },
        Flaw("topic") { $0.topic = "one\ntwo" },
        Flaw("message") { $0.message = String(repeating: "m", count: 5001) },
        Flaw("message") { $0.message = "\u{1B}[31m" },
        Flaw("start") { $0.start = Sample.asked },
        Flaw("start") { $0.start = .distantPast },
        Flaw("start") { $0.start = .distantFuture },
        Flaw("start") { $0.start = Date(timeIntervalSince1970: .infinity) },
        Flaw("minutes") { $0.minutes = 50 },
        Flaw("minutes") { $0.minutes = -45 },
        Flaw("minutes") { $0.minutes = .max },
        Flaw("zone") { $0.zone = "Europe/Atlantis" },
        Flaw("place.medium") { $0.place = PlaceDraft(medium: "telepathy") },
        Flaw("place.detail") { $0.place.detail = String(repeating: "d", count: 501) },
        Flaw("place.link") { $0.place.link = "javascript:alert(1)" },
        Flaw("rate") { $0.rate = RateDraft(amount: "25", currency: "EUR", per: "hour") },
        Flaw("rate.amount") { $0.rate = RateDraft(amount: "0", currency: "EUR", per: "hour") },
        Flaw("rate") {
            $0.type = "panamia_planning"
            $0.minutes = 30
            $0.rate = RateDraft(amount: "5", currency: "EUR", per: "session")
        },
        Flaw("mentor", terms: MentorTerms(mentor: Sample.mika, acquaintance: .known)),
        Flaw("mentor", terms: MentorTerms(mentor: Sample.noor, isAccepting: false, acquaintance: .known)),
        Flaw("mentor", terms: MentorTerms(mentor: Sample.noor, audience: .followers, acquaintance: .stranger)),
        Flaw("mentor", terms: MentorTerms(mentor: Sample.noor, audience: .known, acquaintance: .follower)),
        Flaw("mentor", terms: MentorTerms(mentor: Sample.noor, audience: .nobody, acquaintance: .known)),
        Flaw("type", "topic", "zone", "start", "place.medium") {
            $0 = SessionRequest(
                type: "", topic: "", start: .distantPast, minutes: 0, zone: "", place: PlaceDraft(medium: ""))
        },
    ]

    @Test("names every field that is wrong", arguments: flaws.indices) func refuses(index: Int) {
        let flaw = Self.flaws[index]
        var request = Self.good
        flaw.spoil(&request)
        #expect(fields { try check(request, flaw.terms) } == flaw.fields)
    }

    @Test("says what would do") func advises() {
        var request = Self.good
        request.minutes = 50
        #expect(advice { try check(request) } == "artistic lasts one of 30, 45, 60 minutes.")
        request = Self.good
        request.rate = RateDraft(amount: "25", currency: "EUR", per: "hour")
        #expect(advice { try check(request) } == "This mentor asks 20.00 EUR per hour.")
        request = Self.good
        request.type = "retired"
        #expect(advice { try check(request) } == "It is no longer offered. Choose one of artistic, panamia_planning.")
    }

    @Test("of a mentor whose terms are unknown, what the asker states holds") func statesRate() throws {
        let unknown = MentorTerms(mentor: Sample.noor, acquaintance: .stranger)
        #expect(try check(Self.good, unknown).rate == nil)
        var request = Self.good
        request.rate = RateDraft(amount: "25.0", currency: "EUR", per: "hour")
        #expect(try check(request, unknown).rate == Sample.rate("25", "EUR", .hour))
    }
}
