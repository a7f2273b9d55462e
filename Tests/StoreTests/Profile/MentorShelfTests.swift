import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct MentorShelfTests {
    private func open(_ home: TestCommunity, _ names: [String], _ change: (inout ProfileDraft) -> Void = { _ in })
        async throws -> [ActorID]
    {
        var draft = ProfileDraft.open
        change(&draft)
        var ids: [ActorID] = []
        for name in names { ids.append(try await home.person(name, profile: draft).actor.id) }
        return ids
    }

    private func found(_ search: MentorSearch, in home: TestCommunity) async throws -> [String] {
        try await home.database.mentors(search).map(\.actor.handle.name)
    }

    @Test("Those who answer come first, those who pause last, and pages leave nobody out")
    func sortsByAnswers() async throws {
        try await withCommunity { home in
            let ids = try await open(home, ["ana", "ben", "cleo", "dan", "eve", "fay"])
            try await home.database.setStandings([
                ids[0]: .silent, ids[1]: .slow, ids[3]: .responsive, ids[5]: .responsive,
            ])
            try await home.database.execute("update mentor_profiles set is_accepting = false where actor_id = \(ids[5])")
            let order = ["dan", "cleo", "eve", "ben", "ana"]
            #expect(try await found(MentorSearch(limit: 40), in: home) == order)
            #expect(try await found(MentorSearch(withPaused: true, limit: 40), in: home) == order + ["fay"])
            #expect(try await found(MentorSearch(expertise: ["sql"], limit: 40), in: home) == order)
            var paged: [String] = []
            var after: ShelfPlace?
            repeat {
                let page = try await home.database.mentors(
                    MentorSearch(withPaused: true, order: .answering(after: after), limit: 2))
                paged += page.map(\.actor.handle.name)
                after = page.last.flatMap { ShelfPlace($0.place.text) }
            } while after != nil
            #expect(paged == order + ["fay"])
        }
    }

    @Test("Words are found in every form of the mentor's language, and only of theirs")
    func stems() async throws {
        try await withCommunity { home in
            _ = try await open(home, ["ann"]) {
                $0.bio = "I review databases, and I will help."
                $0.languages = ["en"]
            }
            _ = try await open(home, ["bea"]) {
                $0.bio = "Ich helfe bei Bewerbungen."
                $0.languages = ["de", "en"]
            }
            _ = try await open(home, ["cem"]) {
                $0.bio = "Reviewing"
                $0.languages = ["yue"]
            }
            for (text, names) in [
                ("reviewing database", ["ann"]), ("reviews", ["ann"]), ("-reviews", ["bea", "cem"]), ("Bewerbung", ["bea"]),
                ("bewerbungen helfen", ["bea"]), ("reviewing", ["ann", "cem"]), ("review", ["ann"]),
                ("\"review databases\"", ["ann"]), ("\"databases review\"", []), ("review or Bewerbung", ["ann", "bea"]),
                ("sql", ["ann", "bea", "cem"]), ("ann", ["ann"]), ("=english", []), ("!?", []),
            ] {
                let found = try await found(MentorSearch(text: text, limit: 40), in: home)
                #expect(found.sorted() == names, "\(text)")
            }
        }
    }

    @Test("Whose places are taken, and who is blocked, is not shown")
    func leavesOut() async throws {
        try await withCommunity { home in
            let ids = try await open(home, ["ana", "ben"]) { $0.mostMentees = 1 }
            let mika = try await home.person("mika").actor
            let ana = try #require(try await home.database.actor(id: ids[0]))
            let ben = try #require(try await home.database.actor(id: ids[1]))
            try await home.database.execute(
                """
                insert into sessions (id, uri, invite_uri, mentee_id, mentor_id, custody, kind_name, kind_label, topic,
                    message, requested_at, starts_at, minutes, zone, medium, revision, revised_at, status, answer_by,
                    updated_at)
                values (gen_random_uuid(), 'https://a.example/s', 'https://a.example/i', \(mika.id), \(ids[0]), 'here', 'x',
                    'x', 'x', '', now(), now() + interval '1 day', 30, 'UTC', 'online', 0, now(), 'scheduled', now(), now())
                """)
            #expect(try await found(MentorSearch(limit: 40), in: home) == ["ben"])
            #expect(try await found(MentorSearch(withFull: true, limit: 40), in: home) == ["ana", "ben"])
            try await home.database.execute("update sessions set starts_at = now() - interval '1 day'")
            #expect(try await found(MentorSearch(limit: 40), in: home) == ["ana", "ben"])
            try await home.block(ana, by: mika)
            #expect(try await found(MentorSearch(reader: mika.id, limit: 40), in: home) == ["ben"])
            try await home.block(mika, by: ben)
            #expect(try await found(MentorSearch(reader: mika.id, limit: 40), in: home) == [])
            #expect(try await found(MentorSearch(limit: 40), in: home) == ["ana", "ben"])
        }
    }

    @Test("Who has time soon is found by that, in that order, and pages leave nobody out")
    func soonest() async throws {
        try await withCommunity { home in
            let ids = try await open(home, ["ana", "ben", "cleo", "dan", "eve"])
            // Dan has none that is known, and Eve's can be asked for no more.
            for (mentor, hours, lapse) in [(0, 50, 40), (1, 20, 10), (2, 20, 10), (4, 5, -1)] {
                try await home.database.execute(
                    """
                    update mentor_profiles
                    set next_free_at = date_trunc('second', now() + make_interval(hours => \(hours))),
                        free_lapses_at = now() + make_interval(hours => \(lapse))
                    where actor_id = \(ids[mentor])
                    """)
            }
            let order = ["ben", "cleo", "ana"]
            #expect(try await found(MentorSearch(order: .soonest(), limit: 40), in: home) == order)
            #expect(try await found(MentorSearch(expertise: ["sql"], order: .soonest(), limit: 40), in: home) == order)
            let day = Date.hence(days: 1)
            #expect(try await found(MentorSearch(freeBefore: day, limit: 40), in: home) == ["ben", "cleo"])
            #expect(try await found(MentorSearch(freeBefore: day, order: .soonest(), limit: 1), in: home) == ["ben"])
            #expect(try await found(MentorSearch(freeBefore: .hence(days: 0), limit: 40), in: home) == [])
            var paged: [String] = []
            var after: FreePlace?
            repeat {
                let page = try await home.database.mentors(MentorSearch(order: .soonest(after: after), limit: 1))
                paged += page.map(\.actor.handle.name)
                after = page.last.flatMap { mentor in
                    mentor.nextFree.flatMap { FreePlace(FreePlace(time: $0, mentor: mentor.actor.id).text) }
                }
            } while after != nil
            #expect(paged == order)
        }
    }

    @Test("Rare and common alike are found in one order, however long the pages are")
    func samePages() async throws {
        try await withCommunity { home in
            var ids: [ActorID] = []
            for number in 0..<12 {
                ids += try await open(home, ["person\(number)"]) {
                    $0.bio = number % 3 == 0 ? "I review databases" : "I paint"
                    $0.languages = number % 4 == 0 ? ["de"] : ["en"]
                }
            }
            try await home.database.setStandings([ids[9]: .responsive, ids[6]: .slow, ids[3]: .silent, ids[4]: .slow])
            try await home.database.execute(
                """
                update mentor_profiles set free_lapses_at = now() + interval '1 day',
                    next_free_at = date_trunc('second', now()) + make_interval(days => (actor_id % 3)::int + 2)
                """)
            for (text, languages, all) in [
                ("review", [], ["person9", "person0", "person6", "person3"]),
                ("paint", ["de"], ["person8", "person4"]), (nil, ["de"], ["person0", "person8", "person4"]),
                ("review", ["fr"], []),
            ] as [(String?, [String], [String])] {
                for limit in [1, 2, 3, 40] {
                    var (paged, after): ([String], ShelfPlace?) = ([], nil)
                    repeat {
                        let search = MentorSearch(
                            languages: languages, text: text, order: .answering(after: after), limit: limit)
                        let page = try await home.database.mentors(search)
                        paged += page.map(\.actor.handle.name)
                        after = page.last?.place
                    } while after != nil
                    #expect(paged == all, "\(text ?? "all") by \(limit)")
                }
            }
            for limit in [1, 3] {
                let search = MentorSearch(languages: ["de"], order: .soonest(), limit: 40)
                let whole = try await home.database.mentors(search).map(\.actor.handle.name)
                var (paged, after): ([String], FreePlace?) = ([], nil)
                repeat {
                    let page = try await home.database.mentors(
                        MentorSearch(languages: ["de"], order: .soonest(after: after), limit: limit))
                    paged += page.map(\.actor.handle.name)
                    after = page.last.flatMap { last in last.nextFree.map { FreePlace(time: $0, mentor: last.actor.id) } }
                } while after != nil
                #expect(paged == whole && whole.count == 3, "\(limit)")
            }
        }
    }

    @Test("A page is read along the shelves without sorting")
    func usesItsIndexes() async throws {
        try await withCommunity { home in
            _ = try await open(home, ["ana", "ben"])
            let after = ShelfPlace(shelf: 1, mentor: ActorID(rawValue: 1))
            try await home.database.transaction { transaction in
                // So few rows are faster sorted: only where there is no other way now.
                for setting in ["set local enable_seqscan = off", "set local enable_sort = off"] as [SQL] {
                    try await transaction.execute(setting)
                }
                let statement = MentorSearch(order: .answering(after: after), limit: 20).statement()
                for common in [MentorSearch.Field.all, .near] {
                    let search = MentorSearch(languages: ["en"], order: .answering(after: after), limit: 20)
                    let plan = try await transaction.rows("explain \(search.statement(among: common))")
                        .map { try $0.get("QUERY PLAN") as String }.joined(separator: "\n")
                    #expect(plan.contains("Index Scan using mentor_profiles_shelf"), "\(plan)")
                    #expect(!plan.contains("Sort"), "\(plan)")
                }
                let plan = try await transaction.rows("explain \(statement)").map { try $0.get("QUERY PLAN") as String }
                    .joined(separator: "\n")
                #expect(plan.contains("Index Scan using mentor_profiles_shelf"), "\(plan)")
                #expect(plan.contains(/Index Cond: \(+ROW/) && !plan.contains("Sort"), "\(plan)")
                let soonest = MentorSearch(order: .soonest(after: FreePlace("1772380800-1")), limit: 20).statement()
                let other = try await transaction.rows("explain \(soonest)").map { try $0.get("QUERY PLAN") as String }
                    .joined(separator: "\n")
                #expect(other.contains("Index Scan using mentor_profiles_next_free"), "\(other)")
                #expect(other.contains(/Index Cond: \(+ROW/) && !other.contains("Sort"), "\(other)")
            }
        }
    }

    @Test("Places of pages are read back, and nothing else", arguments: ["", "1", "-", "8-1", "1-0", "1--5", "x-1", "1-1-1"])
    func places(text: String) {
        #expect(ShelfPlace(text) == nil)
        #expect(ShelfPlace("7-12") == ShelfPlace(shelf: 7, mentor: ActorID(rawValue: 12)))
        let eighth = FreePlace(time: Date(timeIntervalSince1970: 8), mentor: ActorID(rawValue: 1))
        #expect(FreePlace(text) == (text == "8-1" ? eighth : nil))
    }
}
