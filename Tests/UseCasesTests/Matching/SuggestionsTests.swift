import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// Mika looks for a mentor; whoever is open has hours every day from 09:00 to 12:00 of UTC where that is said.
struct SuggestionsTests {
    private func open(_ home: TestCommunity, _ name: String, hours: Bool = false, _ change: (inout ProfileDraft) -> Void = { _ in })
        async throws -> Account
    {
        var draft = ProfileDraft.open
        change(&draft)
        let mentor = try await home.person(name, profile: draft)
        guard hours else { return mentor }
        var availability = AvailabilityDraft(zone: "UTC")
        availability.rules = Weekday.allCases.map { .init(weekday: $0.rawValue, hours: .init(from: "09:00", to: "12:00")) }
        let checked = try availability.checked(catalogue: try await home.database.catalogue())
        try await home.database.transaction { try await $0.save(checked, of: mentor.actor.id) }
        return mentor
    }

    private func wishes(_ change: (inout WishesDraft) -> Void) throws -> Wishes {
        var draft = WishesDraft()
        change(&draft)
        return try draft.checked()
    }

    private func suggested(
        _ home: TestCommunity, to account: Account, _ question: Suggestions.Question = .init(limit: 40),
        remembered: @escaping Suggestions.Remembered = { _, _, _, _ in nil }
    ) async throws -> Suggestions.Found {
        try await Suggestions(database: home.database, remembered: remembered)(question, for: account, now: Date())
    }

    @Test("Who knows what is wished and has time then comes first, with reasons; who became known first breaks ties")
    func ranks() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            for name in ["ana", "ben"] { _ = try await open(home, name) { $0.expertise = ["pottery"] } }
            _ = try await open(home, "cleo", hours: true)
            _ = try await open(home, "dan", hours: true) { $0.expertise = ["databases"] }
            try await home.database.save(
                try wishes {
                    $0.expertise = ["sql"]
                    $0.languages = ["en"]
                    $0.zone = "UTC"
                    $0.rules = [.init(weekday: "monday", hours: .init(from: "08:00", to: "10:00"))]
                }, of: mika.actor.id)
            let found = try await suggested(home, to: mika)
            #expect(!found.isGuessed)
            #expect(found.suggestions.map(\.actor.handle.name) == ["cleo", "dan", "ana", "ben"])
            let best = try #require(found.suggestions.first)
            #expect(best.match.reasons.first == "Knows sql")
            let others: Set = ["Free on Monday morning, when you are", "Speaks English, as you do"]
            #expect(Set(best.match.reasons.dropFirst()) == others)
            #expect(best.match.times.allSatisfy { Calendar(identifier: .iso8601).isMonday($0) } && !best.match.times.isEmpty)
            #expect(found.suggestions[1].match.reasons.first == "Knows databases (you wrote sql)")
            #expect(found.suggestions.map(\.match.score) == found.suggestions.map(\.match.score).sorted(by: >))
            let first = try await suggested(home, to: mika, .init(limit: 1))
            #expect(first.suggestions.map(\.actor.handle.name) == ["cleo"])
        }
    }

    @Test("Only time that both have free counts: neither what is booked nor what the mentee does already")
    func time() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home)
            let question = Suggestions.Question(given: .zone, wishes: Wishes(zone: .utc), type: "pana_support", limit: 1)
            let zed = try await home.person("zed")
            func times(_ account: Account) async throws -> [Date] {
                try await suggested(home, to: account, question).suggestions.first?.match.times ?? []
            }
            let first = try #require(try await times(zed).first)
            let session = try await bench.request(BookingTests.request(first))
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            #expect(try await times(zed).first.map { $0 > first } == true)
            // Mika meets Noor then and could see nobody else; Noor herself is no suggestion for Mika any more.
            #expect(try await suggested(home, to: try await home.account("mika"), question).suggestions.isEmpty)
            _ = try await open(home, "ida", hours: true)
            #expect(try await times(try await home.account("mika")).allSatisfy { abs($0.timeIntervalSince(first)) >= 900 })
        }
    }

    @Test("Mentors elsewhere are suggested alike, with the times that are remembered")
    func elsewhere() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            let zoe = try await home.neighbour("zoe")
            let profile = try ProfileDraft.open.checked(catalogue: try await home.database.catalogue(), now: Date())
            try await home.database.save(profile, of: zoe.id)
            let time = Date.hence(days: 3)
            let question = Suggestions.Question(given: .expertise, wishes: try wishes { $0.expertise = ["sql"] }, limit: 5)
            let unknown = try #require(try await suggested(home, to: mika, question).suggestions.first)
            #expect(!unknown.areTimesKnown && unknown.match.times.isEmpty && unknown.actor.id == zoe.id)
            let found = try await suggested(home, to: mika, question) { mentor, session, range, asker in
                mentor == zoe.id && session.minutes == 15 && range.contains(time) && asker == mika.actor.id ? [time] : nil
            }
            #expect(found.suggestions.first?.areTimesKnown == true && found.suggestions.first?.match.times == [time])
            #expect(found.suggestions.first.map { $0.match.score > unknown.match.score } == true)
        }
    }

    @Test("Who has said nothing gets mentors by what they follow, and who gives nothing that can be asked for is left out")
    func guesses() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            _ = try await open(home, "ana")
            _ = try await open(home, "ben") { $0.expertise = ["weaving"] }
            _ = try await open(home, "cleo") { $0.offers = [] }
            try await home.database.insertFollowedTag("weaving", by: mika.actor.id)
            let found = try await suggested(home, to: mika)
            #expect(found.isGuessed && found.wishes.expertise.map(\.text) == ["weaving"])
            #expect(found.suggestions.map(\.actor.handle.name) == ["ben", "ana"])
            #expect(found.suggestions.first?.match.reasons.first == "Knows weaving")
        }
    }

    @Test("What is above what somebody can pay is not suggested, and a type that there is not is named")
    func bounds() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            _ = try await open(home, "ana")
            let poor = try wishes { $0.mostRate = RateDraft(amount: "1", currency: "EUR", per: "session") }
            let given = Suggestions.Question(given: .budget, wishes: poor, type: "knowledge_transfer", limit: 5)
            #expect(try await suggested(home, to: mika, given).suggestions.isEmpty)
            let free = Suggestions.Question(given: .budget, wishes: poor, limit: 5)
            #expect(try await suggested(home, to: mika, free).suggestions.first?.session?.offer.rate == nil)
            let error = await #expect(throws: InvalidFields.self) {
                try await suggested(home, to: mika, .init(type: "zumba", limit: 5))
            }
            #expect(error?.errors.map(\.field) == ["type"])
        }
    }
}

extension Calendar {
    fileprivate func isMonday(_ date: Date) -> Bool {
        var calendar = self
        calendar.timeZone = .gmt
        return calendar.component(.weekday, from: date) == 2
    }
}

extension TestCommunity {
    fileprivate func account(_ name: String) async throws -> Account {
        let username = try #require(Username(name))
        return try #require(try await database.account(username))
    }
}
