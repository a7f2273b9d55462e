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

/// Reports from other servers, and ours to theirs.
struct FlagsTests {
    private func withBench(_ body: (SocialBench) async throws -> Void) async throws {
        try await withFederation { try await body(try await SocialBench($0)) }
    }

    private func flag(_ objects: [URI], by peer: PeerActor, _ bench: SocialBench, _ comment: String = "Spam")
        async throws
        -> Disposition?
    {
        var flag = bench.activity("Flag", .strings(objects.map(\.string)), by: peer).object ?? [:]
        flag["content"] = .string(comment)
        return try await bench.deliver(.object(flag), by: peer)
    }

    private func reports(_ bench: SocialBench) async throws -> [Report] {
        try await bench.home.database.reports(openOnly: true, limit: 100)
    }

    @Test("A Flag is kept with what the posts said, also when they are deleted later", arguments: [true, false])
    func kept(namesPerson: Bool) async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann, .public, "Rude")
            let others = try await bench.home.post(by: bench.max, .public, "Polite")
            let objects = namesPerson ? [bench.ann.uri, others.uri, post.uri] : [post.uri, others.uri]
            #expect(try await flag(objects, by: bench.ben, bench) == .applied)
            try await bench.home.database.transaction {
                try await bench.desks.posts.delete(post.id, by: bench.ann, in: $0)
            }
            let report = try #require(try await reports(bench).first)
            #expect(report.target == bench.ann.id)
            #expect(report.reporter == (try await bench.known(bench.ben).id))
            #expect(report.comment == "Spam")
            #expect(report.evidence.map(\.post) == [post.uri])
            #expect(report.evidence.map(\.html) == ["<p>Rude</p>"])
            #expect(try await bench.notified(bench.ann) == [])
            #expect(try await bench.mail().isEmpty)
        }
    }

    @Test("One open report of a person and server is enough, until somebody has dealt with it")
    func deduplicates() async throws {
        try await withBench { bench in
            let first = try await flag([bench.ann.uri], by: bench.ben, bench)
            #expect(first == .applied)
            #expect(try await flag([bench.ann.uri], by: bench.ben, bench) == .ignored(.duplicate))
            #expect(try await flag([bench.ann.uri], by: bench.bea, bench) == .ignored(.duplicate))
            #expect(try await flag([bench.ann.uri], by: bench.eve, bench) == .applied)
            #expect(try await flag([bench.max.uri], by: bench.ben, bench) == .applied)
            #expect(try await reports(bench).count == 3)
            for report in try await reports(bench) { #expect(try await bench.home.database.resolveReport(report.id)) }
            #expect(try await flag([bench.ann.uri], by: bench.ben, bench) == .applied)
            #expect(try await reports(bench).count == 1)
        }
    }

    @Test("A Flag of nobody here leaves nothing; it can do nothing but report (K09)")
    func notForUs() async throws {
        try await withBench { bench in
            let foreign = try await bench.home.post(by: try await bench.known(bench.bea))
            for objects in [
                [bench.bea.uri], [foreign.uri], [bench.home.community.addresses.instanceActor],
                [bench.home.community.addresses.post(UUID())],
            ] {
                #expect(try await flag(objects, by: bench.eve, bench) == .ignored(.notForUs), "\(objects)")
            }
            #expect(try await bench.home.count(.reports) == 0)
            #expect(try await bench.home.count(.receivedActivities) == 0)
            try await bench.home.follow(bench.ann, by: try await bench.known(bench.ben))
            #expect(try await flag([bench.ann.uri], by: bench.eve, bench) == .applied)
            #expect(try await bench.home.count(.follows) == 1)
            #expect(try await bench.home.count(.posts) == 1)
        }
    }

    @Test(
        "A comment of any length is no error, and mark-up in it is none",
        arguments: [String(repeating: "x", count: 20_000), "<script>a</script>b", "", "\u{1}"])
    func comments(text: String) async throws {
        try await withBench { bench in
            let answer = try await flag([bench.ann.uri], by: bench.ben, bench, text)
            #expect(answer == .applied)
            let report = try #require(try await reports(bench).first)
            #expect(report.comment.unicodeScalars.count <= Report.mostComment)
            #expect(!report.comment.contains("<script"))
        }
    }

    @Test(
        "A report that is forwarded is told by the community, not by the person; one that is not stays here",
        arguments: [true, false])
    func forwards(isForwarded: Bool) async throws {
        try await withBench { bench in
            let ben = try await bench.known(bench.ben)
            let post = try await bench.home.post(by: ben)
            try await bench.home.database.transaction {
                try await bench.desks.reports.report(
                    ben, by: bench.ann, posts: [post.id], comment: "Rude", isForwarded: isForwarded, in: $0)
            }
            #expect(try await reports(bench).map(\.reporter) == [bench.ann.id])
            let mail = try await bench.mail()
            #expect(mail.map(\.inbox) == (isForwarded ? [ben.inbox] : []))
            guard let flag = mail.first?.activity else { return }
            #expect(try JSONSchema().errors(in: flag, as: "moderation/flag") == [])
            #expect(flag["actor"]?.string == bench.home.community.addresses.instanceActor.string)
            #expect(flag["object"] == [.string(ben.uri.string), .string(post.uri.string)])
            #expect(flag["content"] == "Rude")
            #expect(!flag.serializedText().contains("ann"))
        }
    }
}
