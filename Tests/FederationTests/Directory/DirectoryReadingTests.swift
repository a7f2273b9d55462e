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

/// Directories as they must not be, and those that cannot be had.
struct DirectoryReadingTests {
    private func withBench(_ body: (DirectoryBench) async throws -> Void) async throws {
        try await withFederation { federation in
            let bench = try await DirectoryBench(federation)
            try bench.serve([[try bench.mentor("noor")]], revision: 1)
            try await bench.follow()
            try await body(bench)
        }
    }

    private func doubt(_ bench: DirectoryBench) async throws {
        try await bench.home.database.doubtNeighbour(try await bench.bench.known(bench.b).id)
    }

    private func page(_ id: String, _ items: [JSON], next: String? = nil) -> JSON {
        [
            "@context": "https://www.w3.org/ns/activitystreams", "id": .string(id), "type": "OrderedCollectionPage",
            "orderedItems": .array(items), "next": next.map { .string($0) },
        ]
    }

    @Test("Pages are read to their end, each once; who changed since is fetched again, and nobody else")
    func pages() async throws {
        try await withBench { bench in
            let mentors = try (0..<7).map { try bench.mentor("m\($0)") }
            try bench.serve([Array(mentors[..<3]), Array(mentors[3..<6]), [mentors[6], mentors[0]]], revision: 1)
            try await bench.read()
            #expect(try await bench.found() == (0..<7).map { "m\($0)" })
            try bench.serve([Array(mentors[..<3])], revision: 2)
            try await doubt(bench)
            try await bench.read()
            #expect(try await bench.found() == ["m0", "m1", "m2"])
            #expect(bench.peer.requests("/users/m0").count == 1)
            try bench.serve([[mentors[0]]], revision: 3, updated: "2026-02-02T03:04:05Z")
            try await doubt(bench)
            try await bench.read()
            #expect(bench.peer.requests("/users/m0").count == 2)
        }
    }

    @Test("Who is listed and no mentor, or nobody at all, is not found")
    func nobody() async throws {
        try await withBench { bench in
            let hidden = try bench.mentor("hidden", published: false)
            let missing = try bench.peer.address("/users/missing")
            bench.peer.serve(["id": "https://x.example/a", "type": "Person"], at: "/users/posing")
            try bench.serve([[hidden, missing, try bench.peer.address("/users/posing"), try bench.mentor("noor")]])
            try await bench.read()
            #expect(try await bench.found() == ["noor"])
            let report = try #require(try await bench.report())
            #expect(report.listed == 4 && report.known == 1)
            // And nobody is asked again at once.
            let asked = bench.peer.requests("/users/missing").count
            try await bench.read()
            #expect(bench.peer.requests("/users/missing").count == asked)
        }
    }

    @Test("Only who is of its own server counts, and the operator sees that there were others")
    func foreign() async throws {
        try await withBench { bench in
            let others = try (0..<30).map { try uri("https://x\($0).example/users/a") }
            try bench.serve([[bench.bench.eve.uri, bench.bench.ann.uri, try bench.mentor("noor")] + others])
            try await bench.read()
            #expect(try await bench.found() == ["noor"])
            #expect(bench.bench.e.requests().isEmpty)
            #expect(try await bench.report()?.failure == "the directory names 32 who are not of its server")
        }
    }

    @Test("A directory without end is read for two hundred pages, and takes nobody out")
    func endless() async throws {
        try await withBench { bench in
            try await bench.read()
            let address = try bench.directory
            for number in 0...300 {
                let target = number == 0 ? "/actor/directory" : "/actor/directory?page=\(number)"
                bench.peer.serve(
                    page("\(bench.peer.origin)\(target)", [.string("\(bench.peer.origin)/nobody/\(number)")],
                        next: "\(address)?page=\(number + 1)"), at: target)
            }
            try await doubt(bench)
            let before = bench.peer.requests().count
            let neighbour = try #require(try await bench.neighbour())
            let reading = try await DirectoryReader(fetcher: bench.bench.federation.fetcher).read(neighbour.address)
            #expect(!reading.isWhole && reading.mentors.count == 200)
            #expect(bench.peer.requests().count - before == 200)
            try await bench.read()
            #expect(try await bench.found() == ["noor"])
            #expect(try await bench.report()?.failure == "the directory has more than 200 pages")
        }
    }

    @Test("Of very many mentors ten thousand are taken, at most a thousand from a page")
    func large() async throws {
        try await withBench { bench in
            try await bench.read()
            let address = try bench.directory
            for number in 0..<12 {
                let target = number == 0 ? "/actor/directory" : "/actor/directory?page=\(number)"
                let items = (0..<1100).map { JSON.string("\(bench.peer.origin)/n/\(number)/\($0)") }
                bench.peer.serve(
                    page("\(bench.peer.origin)\(target)", items, next: "\(address)?page=\(number + 1)"), at: target)
            }
            let reading = try await DirectoryReader(fetcher: bench.bench.federation.fetcher).read(address)
            #expect(reading.mentors.count == 10_000 && !reading.isWhole)
            #expect(Set(reading.mentors.map(\.uri)).count == 10_000)
        }
    }

    @Test("A circle is walked once")
    func circle() async throws {
        try await withBench { bench in
            let address = try bench.directory
            let (one, two) = ("\(address)?page=1", "\(address)?page=2")
            bench.peer.serve(page(one, [.string(try bench.mentor("noor").string)], next: two), at: "/actor/directory?page=1")
            bench.peer.serve(page(two, [.string(try bench.mentor("omar").string)], next: one), at: "/actor/directory?page=2")
            try await bench.read()
            #expect(try await bench.found() == ["noor", "omar"])
            #expect(bench.peer.requests(try uri(one).requestTarget).count == 1)
            #expect(try await bench.report()?.failure == "the directory leads in a circle")
        }
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let words: String
        let serve: @Sendable (DirectoryBench) throws -> Void
    }

    static let wrong: [Wrong] = [
        Wrong(testDescription: "another content type", words: "the directory is not ActivityStreams") { bench in
            bench.peer.serve(["type": "OrderedCollection"], at: "/actor/directory", as: "text/html")
        },
        Wrong(testDescription: "no JSON", words: "the directory is no collection") { bench in
            bench.peer.answer(
                .init(200, fields: [("content-type", "application/activity+json")], body: Array("{".utf8)),
                at: "/actor/directory")
        },
        Wrong(testDescription: "no collection", words: "the directory is no collection") { bench in
            bench.peer.serve(["type": "Note", "orderedItems": []], at: "/actor/directory")
        },
        Wrong(testDescription: "an error", words: "the directory answers 500") { bench in
            bench.peer.answer(.init(500), at: "/actor/directory")
        },
        Wrong(testDescription: "gone", words: "the directory is gone") { bench in
            bench.peer.answer(.init(410), at: "/actor/directory")
        },
        Wrong(testDescription: "a page with an error", words: "the directory answers 404") { bench in
            bench.peer.answer(.init(404), at: "/actor/directory?page=1")
        },
        Wrong(testDescription: "elsewhere", words: "the directory is of another server") { bench in
            let e = bench.bench.e
            e.serve(["id": "x", "type": "OrderedCollection", "orderedItems": []], at: "/d")
            bench.peer.answer(.init(302, fields: [("location", "\(e.origin)/d")]), at: "/actor/directory")
        },
    ]

    @Test("What cannot be read leaves everything as it was, and is tried again after a minute", arguments: wrong)
    func unreadable(wrong: Wrong) async throws {
        try await withBench { bench in
            try await bench.read()
            try wrong.serve(bench)
            try await doubt(bench)
            try await bench.read()
            #expect(try await bench.found() == ["noor"])
            #expect(try await bench.report()?.failure == wrong.words)
            let now = Date()
            #expect(try await bench.home.database.neighboursWithWork(now: now, timesBefore: now).isEmpty)
            _ = try await bench.home.database.execute("update neighbours set rests_until = rests_until - interval '61 seconds'")
            #expect(try await bench.home.database.neighboursWithWork(now: now, timesBefore: now).count == 1)
            // A word of the community wakes it at once.
            _ = try await bench.home.database.execute("update neighbours set rests_until = now() + interval '1 hour'")
            try await bench.tell("Update", try bench.mentor("noor"), revision: 2)
            #expect(try await bench.home.database.neighboursWithWork(now: now, timesBefore: now).count == 1)
        }
    }

    @Test("Patience ends, and what was read until then is taken")
    func slow() async throws {
        try await withBench { bench in
            let reading = try await DirectoryReader(fetcher: bench.bench.federation.fetcher, patience: .zero)
                .read(try bench.directory)
            #expect(!reading.isWhole && reading.mentors.isEmpty)
        }
    }
}
