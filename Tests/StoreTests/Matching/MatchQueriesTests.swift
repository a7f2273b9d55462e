import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct MatchQueriesTests {
    private func field(
        _ home: TestCommunity, _ reader: Account, goals: String = "", _ expertise: [String] = [], type: String? = nil,
        budget: Budget = .any, languages: [String] = []
    ) async throws -> MatchField {
        let wishes = Wishes(
            goals: goals, expertise: expertise.compactMap { ExpertiseTag($0) },
            languages: languages.compactMap { LanguageTag($0) }, budget: budget)
        return try await home.database.matchField(
            MatchSearch(reader: reader.actor.id, wishes: wishes, terms: wishes.terms(.shipped), type: type), now: Date())
    }

    private func names(_ field: MatchField) -> [String] { field.candidates.map(\.actor.handle.name).sorted() }

    @Test("What a mentor knows is found by stems and by other names, and told apart from what is only mentioned")
    func finds() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            for (name, expertise, bio, language) in [
                ("ana", ["javascript"], "I knit.", "en"), ("ben", ["c++"], "I paint with js.", "en"),
                ("cleo", ["malerei"], "Ich helfe bei Bewerbungen.", "de"), ("dan", ["c#"], "Weaving", "en"),
            ] {
                var draft = ProfileDraft.open
                (draft.expertise, draft.bio, draft.languages) = (expertise, bio, [language])
                _ = try await home.person(name, profile: draft)
            }
            func facts(_ field: MatchField) -> [String: [[Int]]] {
                Dictionary(
                    field.candidates.map { ($0.actor.handle.name, [$0.facts.known.sorted(), $0.facts.told.sorted()]) }
                ) { first, _ in first }.filter { $0.value != [[], []] }
            }
            #expect(facts(try await field(home, mika, ["js"])) == ["ana": [[0], [0]], "ben": [[], [0]]])
            #expect(facts(try await field(home, mika, ["c++"])) == ["ben": [[0], [0]]])
            #expect(facts(try await field(home, mika, goals: "painting and a Bewerbung", languages: ["de"]))
                == ["ben": [[], [0]], "cleo": [[], [1]]])
            #expect(facts(try await field(home, mika, ["sql"])).isEmpty)
            #expect(try await field(home, mika, ["sql"]).candidates.count == 4)
        }
    }

    @Test("Words that every sentence has are not looked for, in English and in the mentee's language")
    func leavesOut() async throws {
        try await withCommunity { home in
            let mika = try await home.mentor("mika")
            let terms = try await field(home, mika, goals: "nicht which weaving", languages: ["de"]).terms
            #expect(terms.map(\.name) == ["weaving"])
            #expect(try await field(home, mika, goals: "nicht weaving").terms.map(\.name) == ["nicht", "weaving"])
            #expect(try await field(home, mika, ["nicht", "f#"], languages: ["de"]).terms.count == 2)
        }
    }

    @Test("Who is blocked, muted, full, paused, hidden or not open to the reader never appears")
    func hides() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            func mentor(_ name: String, _ change: (inout ProfileDraft) -> Void = { _ in }) async throws -> Actor {
                var draft = ProfileDraft.open
                change(&draft)
                return try await home.person(name, profile: draft).actor
            }
            _ = try await mentor("open")
            try await home.block(try await mentor("ana"), by: mika.actor)
            try await home.block(mika.actor, by: try await mentor("ben"))
            let muted = try await mentor("cleo")
            try await home.database.execute(
                "insert into mutes (muter_id, muted_id, hides_notifications) values (\(mika.actor.id), \(muted.id), false)")
            _ = try await mentor("dan") { $0.isAccepting = false }
            _ = try await mentor("eve") { $0.isPublished = false }
            let known = try await mentor("fay") { $0.audience = "known" }
            let followed = try await mentor("gus") { $0.audience = "followers" }
            _ = try await mentor("hal") { $0.audience = "nobody" }
            let asked = try await mentor("ida") { $0.mostMentees = 1 }
            let elsewhere = try await home.neighbour("zoe")
            try await home.database.save(try #require(try await home.database.profile(of: followed.id)).with(bio: ""), of: elsewhere.id)
            try await home.database.execute(
                "update mentor_profiles set audience = 'anyone' where actor_id = \(elsewhere.id)")
            #expect(names(try await field(home, mika)) == ["ida", "open", "zoe"])
            try await home.database.execute(
                "insert into domain_mutes (account_id, domain) values (\(mika.actor.id), 'b.example')")
            #expect(names(try await field(home, mika)) == ["ida", "open"])
            try await home.database.execute(
                """
                insert into follows (follower_id, followed_id, uri, state)
                values (\(known.id), \(mika.actor.id), 'https://a.example/1', 'accepted'),
                    (\(mika.actor.id), \(followed.id), 'https://a.example/2', 'pending')
                """)
            #expect(names(try await field(home, mika)) == ["fay", "ida", "open"])
            try await home.database.execute("update follows set state = 'accepted'")
            #expect(names(try await field(home, mika)) == ["fay", "gus", "ida", "open"])
            // Full for others, asked already by the one whose session it is.
            try await home.database.execute(
                """
                insert into sessions (id, uri, invite_uri, mentee_id, mentor_id, custody, kind_name, kind_label, topic,
                    message, requested_at, starts_at, minutes, zone, medium, revision, revised_at, status, answer_by,
                    updated_at)
                values (gen_random_uuid(), 'https://a.example/s', 'https://a.example/i', \(mika.actor.id), \(asked.id),
                    'here', 'x', 'x', 'x', '', now(), now() + interval '1 day', 30, 'UTC', 'online', 0, now(),
                    'scheduled', now(), now())
                """)
            #expect(names(try await field(home, mika)) == ["fay", "gus", "open"])
            #expect(!names(try await field(home, try await home.person("nia"))).contains("ida"))
            try await home.database.execute("update mutes set ends_at = now() - interval '1 hour'")
            #expect(names(try await field(home, mika)).contains("cleo"))
        }
    }

    @Test("Only who gives a type, or gives something free, is looked at where that is asked for")
    func offers() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            _ = try await home.mentor("ana")
            var draft = ProfileDraft.open
            draft.offers = [.init(type: "knowledge_transfer", rate: RateDraft(amount: "5", currency: "EUR", per: "hour"))]
            _ = try await home.person("ben", profile: draft)
            #expect(names(try await field(home, mika, budget: .free)) == ["ana"])
            #expect(names(try await field(home, mika, type: "knowledge_transfer")) == ["ana", "ben"])
            #expect(names(try await field(home, mika, type: "knowledge_transfer", budget: .free)) == [])
        }
    }

    @Test("Of very many those with the rare subject are among the candidates, wherever they stand")
    func rare() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            _ = try await home.mentor("noor")
            try await home.database.execute(
                """
                insert into actors (uri, kind, username, domain, name, inbox, created_at)
                select 'https://c.example/' || n, 'Person', 'p' || n, 'c.example', 'P', 'https://c.example/i', now()
                from generate_series(1, 1500) n
                """)
            try await home.database.execute(
                """
                insert into mentor_profiles (actor_id, bio, expertise, languages, zone, is_accepting, has_consent,
                    audience, words)
                select id, '', array[tag], '{en}', 'UTC', true, true, 'anyone', mentor_words('{en}', tag)
                from actors cross join lateral (
                    select case when username in ('p1400', 'p1499') then 'weaving' else 'pottery' end as tag) as one
                where domain = 'c.example'
                """)
            let found = try await field(home, mika, ["weaving", "pottery"])
            #expect(found.candidates.count == MatchSearch.most)
            #expect(names(found).filter { ["p1400", "p1499"].contains($0) }.count == 2)
            #expect(found.candidates.filter { $0.facts.known == [0] }.count == 2)
            let again = try await field(home, mika, ["weaving", "pottery"])
            #expect(again.candidates.map(\.actor.id) == found.candidates.map(\.actor.id))
        }
    }
}
