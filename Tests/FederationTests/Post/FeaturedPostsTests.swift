import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation
@testable import Jobs

/// The posts that people elsewhere show first.
struct FeaturedPostsTests {
    /// Ben shows his notes of these names first.
    private func serve(_ names: [String], _ bench: SocialBench) throws {
        for name in names { bench.b.serve(bench.note(name, by: bench.ben), at: "/notes/\(name)") }
        let items = names.map { JSON.string("\(bench.b.origin)/notes/\($0)") }
        bench.b.serve(try collection(items, bench), at: "/users/ben/featured")
    }

    private func collection(_ items: [JSON], _ bench: SocialBench) throws -> JSON {
        [
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": .string(bench.ben.collection("featured").string), "type": "OrderedCollection",
            "orderedItems": .array(items),
        ]
    }

    private func look(_ actor: Actor, _ bench: SocialBench) async throws {
        try await bench.desks.featured.lookedAt(actor.id, on: bench.home.database)
    }

    private func pinned(_ actor: Actor, _ bench: SocialBench) async throws -> [String] {
        try await bench.home.database.pinnedPosts(of: actor.id, for: .nobody).compactMap {
            $0.uri.path.split(separator: "/").last.map(String.init)
        }
    }

    private func yesterday(_ bench: SocialBench) async throws {
        _ = try await bench.home.database.execute(
            "update actors set featured_fetched_at = now() - interval '25 hours' where featured_fetched_at is not null")
    }

    @Test("Who is looked at is asked what they show first, in their order and signed, and not again within a day")
    func lookedAt() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let ben = try await bench.known(bench.ben)
            try serve(["3", "1", "2"], bench)
            for _ in 1...2 {
                try await look(ben, bench)
                try await bench.work()
            }
            #expect(try await pinned(ben, bench) == ["3", "1", "2"])
            for path in ["/users/ben/featured", "/notes/1", "/notes/2", "/notes/3"] {
                let requests = bench.b.requests(path)
                #expect(requests.count == 1 && requests.allSatisfy { $0.field("signature") != nil }, "\(path)")
            }
            try serve(["2", "4"], bench)
            try await yesterday(bench)
            try await look(ben, bench)
            try await bench.work()
            #expect(try await pinned(ben, bench) == ["2", "4"])
            #expect(bench.b.requests("/notes/2").count == 1)
            #expect(try await bench.home.count(.jobs) == 0)
        }
    }

    @Test("Who is followed from now on is asked once they agree; nobody is told of what was found")
    func followed() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let ben = try await bench.known(bench.ben)
            bench.b.serve(
                bench.note(by: bench.ben, with: { note in
                    note["tag"] = [["type": "Mention", "href": .string(bench.ann.uri.string), "name": "@ann"]]
                }), at: "/notes/1")
            bench.b.serve(try collection([.string("\(bench.b.origin)/notes/1")], bench), at: "/users/ben/featured")
            try await bench.home.database.transaction { transaction in
                _ = try await bench.desks.relations.follow(ben, by: bench.ann, in: transaction)
            }
            try await bench.work()
            #expect(bench.b.requests("/users/ben/featured").isEmpty)
            try await bench.home.database.transaction { transaction in
                _ = try await bench.desks.relations.accept(bench.ann, by: ben, in: transaction)
            }
            try await bench.work()
            #expect(try await pinned(ben, bench) == ["1"])
            #expect(try await bench.notified(bench.ann) == [])
            let home = try await bench.home.database.feed(bench.ann.id.rawValue, for: bench.ann.id, Page(limit: 20))
            #expect(home.isEmpty)
        }
    }

    @Test("Refreshing somebody asks for nothing beside their document")
    func refreshed() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            try serve(["1"], bench)
            _ = try await bench.known(bench.ben)
            try await federation.remoteActors.refresh(bench.ben.uri, on: bench.home.database)
            try await bench.work()
            #expect(Set(bench.b.requests().map(\.target)) == ["/users/ben"])
        }
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let items: @Sendable (SocialBench) throws -> [JSON]

        init(_ name: String, _ items: @escaping @Sendable (SocialBench) throws -> [JSON]) {
            testDescription = name
            self.items = items
        }
    }

    static let wrong: [Wrong] = [
        Wrong("another's there") { bench in
            bench.b.serve(bench.note("bea", by: bench.bea), at: "/notes/bea")
            return [.string("\(bench.b.origin)/notes/bea")]
        },
        Wrong("one elsewhere") { bench in
            bench.e.serve(bench.note(by: bench.eve), at: "/notes/1")
            return [.string("\(bench.e.origin)/notes/1")]
        },
        Wrong("one of ours") { [.string($0.ann.uri.string)] },
        Wrong("for followers") { bench in
            bench.b.serve(bench.note("f", by: bench.ben, to: ["\(bench.ben.uri)/followers"]), at: "/notes/f")
            return [.string("\(bench.b.origin)/notes/f")]
        },
        Wrong("embedded, but not there") { [$0.note("none", by: $0.ben)] },
        Wrong("of other types") { bench in
            bench.b.serve(bench.note("hidden", by: bench.ben), at: "/notes/hidden")
            return [["type": "Hashtag", "id": .string("\(bench.b.origin)/notes/hidden")], 7, .null, "no address"]
        },
    ]

    @Test("What is not the author's own open post at its origin is not shown as one", arguments: wrong)
    func nothingElse(wrong: Wrong) async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let ben = try await bench.known(bench.ben)
            try serve(["1"], bench)
            bench.b.serve(
                try collection(try wrong.items(bench) + [.string("\(bench.b.origin)/notes/1")], bench),
                at: "/users/ben/featured")
            try await look(ben, bench)
            try await bench.work()
            #expect(try await pinned(ben, bench) == ["1"])
            #expect(try await bench.home.count(.posts) == 1)
            #expect(bench.e.requests().isEmpty && bench.b.requests("/users/bea").isEmpty)
            #expect(bench.b.requests("/notes/hidden").isEmpty)
        }
    }

    @Test("Of a collection five pages are read and fifteen posts fetched, wherever it leads (C15)")
    func bounded() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let ben = try await bench.known(bench.ben)
            let origin = bench.b.origin
            for page in 0..<20 {
                let path = page == 0 ? "/users/ben/featured" : "/users/ben/featured?page=\(page)"
                let names = (0..<4).map { "\(page)-\($0)" }
                for name in names { bench.b.serve(bench.note(name, by: bench.ben), at: "/notes/\(name)") }
                bench.b.serve(
                    [
                        "id": .string("\(origin)\(path)"), "type": "OrderedCollectionPage",
                        "orderedItems": .array(names.map { .string("\(origin)/notes/\($0)") }),
                        "next": .string("\(origin)/users/ben/featured?page=\(page + 1)"),
                    ], at: path)
            }
            try await look(ben, bench)
            try await bench.work()
            #expect(bench.b.requests().count { $0.target.hasPrefix("/users/ben/featured") } <= 5)
            #expect(bench.b.requests().count { $0.target.hasPrefix("/notes/") } == 15)
            #expect(try await pinned(ben, bench).count == 15)

            let eve = try await bench.known(bench.eve)
            bench.e.serve(
                [
                    "id": .string(bench.eve.collection("featured").string), "type": "OrderedCollection",
                    "first": .string("\(bench.e.origin)/loop"),
                ], at: "/users/eve/featured")
            bench.e.serve(
                [
                    "id": .string("\(bench.e.origin)/loop"), "type": "OrderedCollectionPage",
                    "next": .string("\(bench.e.origin)/users/eve/featured"),
                ], at: "/loop")
            try await look(eve, bench)
            try await bench.work()
            #expect(bench.e.requests("/loop").count == 1 && bench.e.requests("/users/eve/featured").count == 1)
        }
    }

    @Test("What does not answer now is asked again later, and what was had is shown meanwhile")
    func later() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let ben = try await bench.known(bench.ben)
            try serve(["1", "2"], bench)
            bench.b.answer(.init(503), at: "/notes/1")
            try await look(ben, bench)
            #expect(try await bench.work() == 1)
            #expect(try await pinned(ben, bench) == ["2"])
            bench.b.serve(bench.note("1", by: bench.ben), at: "/notes/1")
            _ = try await bench.home.database.execute("update jobs set due_at = now()")
            #expect(try await bench.work() == 1)
            #expect(try await pinned(ben, bench) == ["1", "2"])
            bench.b.answer(.init(404), at: "/users/ben/featured")
            try await yesterday(bench)
            try await look(ben, bench)
            #expect(try await bench.work() == 1)
            #expect(try await pinned(ben, bench) == ["1", "2"])
            #expect(try await bench.home.count(.jobs) == 0)
        }
    }

    @Test("Who answers slowly is not asked for everything in one go")
    func patience() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let ben = try await bench.known(bench.ben)
            try serve(["1", "2"], bench)
            try await look(ben, bench)
            let job = try #require(try await bench.home.jobs("actor.featured").first)
            let find = bench.desks.findPost(
                on: bench.home.database, fetcher: federation.fetcher, actors: federation.remoteActors)
            let hasty = FetchFeatured(
                database: bench.home.database, find: find, reactions: bench.desks.reactions, patience: .zero)
            let outcome = await hasty.run(
                Job(
                    id: 1, kind: FetchFeatured.kind, payload: job.payload, lane: "", priority: 0, attempts: 1,
                    createdAt: Date(), laneFailures: 0, isProbe: false, sequence: nil, deaths: 0, lease: UUID()))
            guard case .retry = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(bench.b.requests("/notes/1").isEmpty)
        }
    }

    @Test("A post that is pinned anew is fetched where somebody follows its author, and goes when it is unpinned")
    func added() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let ben = try await bench.known(bench.ben)
            bench.b.serve(bench.note(by: bench.ben), at: "/notes/1")
            func tell(_ type: String) async throws -> Disposition? {
                let change = bench.activity(
                    type, .string("\(bench.b.origin)/notes/1"), by: bench.ben, target: bench.ben.collection("featured"))
                return try await bench.deliver(change, by: bench.ben)
            }
            #expect(try await tell("Add") == .ignored(.notForUs))
            try await bench.home.follow(ben, by: bench.ann)
            #expect(try await tell("Add") == .applied)
            try await bench.work()
            #expect(try await pinned(ben, bench) == ["1"])
            #expect(try await tell("Remove") == .applied)
            #expect(try await pinned(ben, bench) == [])
            #expect(bench.b.requests("/users/ben/featured").isEmpty)
        }
    }
}
