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

/// Posts that are fetched because somebody here has to do with them.
struct FetchPostsTests {
    /// Ann reads what Ben writes.
    private func withReader(_ body: (SocialBench) async throws -> Void) async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            try await bench.home.follow(try await bench.known(bench.ben), by: bench.ann)
            try await body(bench)
        }
    }

    private func announce(_ post: URI, _ bench: SocialBench) async throws {
        let announce = bench.activity("Announce", .string(post.string), by: bench.ben, to: [SocialBench.everybody])
        #expect(try await bench.deliver(announce, by: bench.ben) == .applied)
    }

    @Test("What is passed on is fetched from its origin, with its author, and passed on by then")
    func boost() async throws {
        try await withReader { bench in
            bench.e.serve(bench.note(by: bench.eve), at: "/notes/1")
            try await announce(try bench.e.address("/notes/1"), bench)
            #expect(try await bench.work() == 1)
            let post = try #require(try await bench.stored(at: bench.e))
            #expect(post.author == (try await bench.known(bench.eve).id))
            #expect(try await bench.home.database.boostCount(of: post.id) == 1)
            #expect(bench.e.requests("/notes/1").count == 1)
            #expect(bench.e.requests("/notes/1").allSatisfy { $0.field("signature") != nil })
            #expect(try await bench.home.jobs("post.fetch").isEmpty)
        }
    }

    @Test("What was passed on twice before it was fetched is fetched once")
    func oneFetch() async throws {
        try await withReader { bench in
            bench.e.serve(bench.note(by: bench.eve), at: "/notes/1")
            try await bench.home.follow(try await bench.known(bench.bea), by: bench.ann)
            let address = try bench.e.address("/notes/1")
            try await announce(address, bench)
            let second = bench.activity("Announce", .string(address.string), by: bench.bea, to: [SocialBench.everybody])
            #expect(try await bench.deliver(second, by: bench.bea) == .applied)
            try await bench.work()
            #expect(try await bench.home.count(.boosts) == 2)
            #expect(bench.e.requests("/notes/1").count == 1)
        }
    }

    @Test("A thread is fetched upwards, 64 steps and no more")
    func longThread() async throws {
        try await withReader { bench in
            for index in 1...100 {
                let parent = index == 1 ? nil : try bench.b.address("/notes/\(index - 1)")
                bench.b.serve(bench.note("\(index)", by: bench.ben, answering: parent), at: "/notes/\(index)")
            }
            let last = bench.note("101", by: bench.ben, answering: try bench.b.address("/notes/100"))
            #expect(try await bench.publish(last, by: bench.ben) == .applied)
            #expect(try await bench.work() == 64)
            #expect(try await bench.home.count(.posts) == 65)
            #expect(try await bench.stored("37") != nil)
            #expect(try await bench.stored("36") == nil)
            #expect(bench.b.requests("/notes/36").isEmpty)
            let leaf = try #require(try await bench.stored("101"))
            #expect(leaf.thread == (try #require(try await bench.stored("37"))).id)
            #expect(try await bench.home.database.ancestors(of: leaf.id, for: .nobody).count == 64)
            #expect(bench.b.requests("/users/ben").count == 1)
        }
    }

    @Test("A short thread ends at its first post")
    func shortThread() async throws {
        try await withReader { bench in
            bench.b.serve(bench.note("1", by: bench.ben), at: "/notes/1")
            bench.e.serve(
                bench.note("2", by: bench.eve, answering: try bench.b.address("/notes/1")), at: "/notes/2")
            let leaf = bench.note("3", by: bench.ben, answering: try bench.e.address("/notes/2"))
            #expect(try await bench.publish(leaf, by: bench.ben) == .applied)
            #expect(try await bench.work() == 2)
            let post = try #require(try await bench.stored("3"))
            #expect(
                try await bench.home.database.ancestors(of: post.id, for: .nobody).map(\.uri)
                    == [bench.e.address("/notes/2"), bench.b.address("/notes/1")])
        }
    }

    @Test("Posts that answer each other in a circle are fetched once", arguments: 1...3)
    func cycle(length: Int) async throws {
        try await withReader { bench in
            for index in 0..<length {
                let parent = try bench.b.address("/notes/\((index + 1) % length)")
                bench.b.serve(bench.note("\(index)", by: bench.ben, answering: parent), at: "/notes/\(index)")
            }
            let first = bench.note("0", by: bench.ben, answering: try bench.b.address("/notes/\(1 % length)"))
            #expect(try await bench.publish(first, by: bench.ben) == .applied)
            #expect(try await bench.work() <= length)
            #expect(try await bench.home.count(.posts) == length)
            #expect(try await bench.home.jobs("post.fetch").isEmpty)
        }
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let serve: @Sendable (SocialBench) throws -> Void

        init(_ name: String, _ serve: @escaping @Sendable (SocialBench) throws -> Void) {
            testDescription = name
            self.serve = serve
        }
    }

    /// What stands at e's `/notes/1` and is nothing to keep.
    static let wrong: [Wrong] = [
        Wrong("nothing") { $0.e.answer(.init(404), at: "/notes/1") },
        Wrong("gone") { $0.e.answer(.init(410), at: "/notes/1") },
        Wrong("forbidden") { $0.e.answer(.init(403), at: "/notes/1") },
        Wrong("a Tombstone") {
            $0.e.serve(["id": .string("\($0.e.origin)/notes/1"), "type": "Tombstone"], at: "/notes/1")
        },
        Wrong("an actor") { bench in
            bench.e.serve(["id": .string("\(bench.e.origin)/notes/1"), "type": "Person"], at: "/notes/1")
        },
        Wrong("of another origin") { bench in
            let note = bench.note(by: bench.eve) { $0["id"] = .string("\(bench.b.origin)/notes/1") }
            bench.e.serve(note, at: "/notes/1")
        },
        Wrong("by somebody elsewhere") { bench in
            let note = bench.note(by: bench.ben) { $0["id"] = .string("\(bench.e.origin)/notes/1") }
            bench.e.serve(note, at: "/notes/1")
        },
        Wrong("by one of ours") { bench in
            let note = bench.note(by: bench.eve) { $0["attributedTo"] = .string(bench.ann.uri.string) }
            bench.e.serve(note, at: "/notes/1")
        },
        Wrong("by nobody") { bench in
            bench.e.serve(bench.note(by: bench.eve) { $0["attributedTo"] = nil }, at: "/notes/1")
        },
        Wrong("for followers") { bench in
            bench.e.serve(bench.note(by: bench.eve, to: ["\(bench.eve.uri)/followers"]), at: "/notes/1")
        },
        Wrong("for one") { bench in
            bench.e.serve(bench.note(by: bench.eve, to: [bench.ann.uri.string]), at: "/notes/1")
        },
        Wrong("no ActivityStreams (B08)") { bench in
            bench.e.serve(bench.note(by: bench.eve), at: "/notes/1", as: "application/json")
        },
        Wrong("no JSON") { bench in
            bench.e.answer(
                .init(200, fields: [("content-type", "application/activity+json")], body: Array("{".utf8)),
                at: "/notes/1")
        },
        Wrong("elsewhere") { bench in
            bench.b.serve(bench.note(by: bench.eve), at: "/notes/1")
            bench.e.answer(.init(302, fields: [("location", "\(bench.b.origin)/notes/1")]), at: "/notes/1")
        },
    ]

    @Test("What cannot be taken is given up at once and leaves nothing", arguments: wrong)
    func nothingToKeep(_ wrong: Wrong) async throws {
        try await withReader { bench in
            try wrong.serve(bench)
            try await announce(try bench.e.address("/notes/1"), bench)
            #expect(try await bench.work() == 1)
            #expect(try await bench.home.count(.posts) == 0)
            #expect(try await bench.home.count(.boosts) == 0)
            #expect(try await bench.home.count(.jobs) == 0)
        }
    }

    @Test("A server that does not answer now is asked again later, five times")
    func later() async throws {
        try await withReader { bench in
            bench.e.answer(.init(503), at: "/notes/1")
            try await announce(try bench.e.address("/notes/1"), bench)
            for attempt in 1...5 {
                #expect(try await bench.work() == 1, "\(attempt)")
                try await bench.home.database.execute("update jobs set due_at = now()")
            }
            #expect(try await bench.home.count(.jobs) == 0)
            #expect(bench.e.requests("/notes/1").count == 5)
        }
    }

    @Test("A post that is known but not for the one who passes it on stays where it is")
    func knownPrivate() async throws {
        try await withReader { bench in
            let bea = try await bench.known(bench.bea)
            let secret = try await bench.home.post(
                by: bea, .direct, to: [bench.max], at: try bench.b.address("/notes/1"))
            try await announce(secret.uri, bench)
            try await bench.work()
            #expect(try await bench.home.count(.boosts) == 0)
            #expect(bench.b.requests("/notes/1").isEmpty)
            #expect(try await bench.home.database.post(secret.id, for: .actor(bench.ann.id)) == nil)
        }
    }

    @Test("What was withdrawn before it was fetched is not taken")
    func withdrawn() async throws {
        try await withReader { bench in
            bench.e.serve(bench.note(by: bench.eve), at: "/notes/1")
            let address = try bench.e.address("/notes/1")
            try await announce(address, bench)
            let delete = bench.activity(
                "Delete", ["id": .string(address.string), "type": "Tombstone", "formerType": "Note"], by: bench.eve)
            #expect(try await bench.deliver(delete, by: bench.eve) == .applied)
            try await bench.work()
            #expect(try await bench.home.count(.posts) == 0)
            #expect(try await bench.home.count(.boosts) == 0)
        }
    }

    @Test("Of one domain no more than 200 fetches wait")
    func mostWaiting() async throws {
        try await withReader { bench in
            try await bench.home.database.transaction { transaction in
                for index in 0..<250 {
                    try await FetchPosts().enqueue(
                        try bench.e.address("/notes/\(index)"), for: .thread(depth: 1), in: transaction)
                }
                try await FetchPosts().enqueue(try bench.b.address("/notes/1"), for: .thread(depth: 1), in: transaction)
                try await FetchPosts().enqueue(
                    try bench.b.address("/notes/2"), for: .thread(depth: 65), in: transaction)
            }
            let waiting = try await bench.home.jobs("post.fetch").compactMap { $0.payload["uri"]?.string }
            #expect(waiting.count { $0.hasPrefix(bench.e.origin.description) } == 200)
            #expect(waiting.count { $0.hasPrefix(bench.b.origin.description) } == 1)
        }
    }
}
