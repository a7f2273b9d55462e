import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Federation

/// A host that is new brings few who want to follow (K07).
struct FollowQuotaTests {
    @Test(
        "Five a day times the days for which a host is known, until that is a week",
        arguments: [
            (0, 1, 5), (0.9, 1, 5), (1, 1, 10), (6.9, 1, 35), (7, 1, nil), (400, 1, nil), (0, 0, nil), (0, 0.01, 1),
            (0, 2, 10),
        ] as [(Double, Double, Int?)])
    func allowance(days: Double, factor: Double, expected: Int?) {
        #expect(FollowQuota(factor: factor).allowance(knownFor: days * 86_400) == expected)
    }

    private func withBench(_ body: (SocialBench) async throws -> Void) async throws {
        // A factor on everything: the activities themselves must not be too many first.
        try await withFederation(limits: 1) { try await body(try await SocialBench($0)) }
    }

    private func follow(_ followed: Actor, by peer: PeerActor, _ bench: SocialBench) async throws -> Inbox.Answer {
        let activity = bench.activity("Follow", .string(followed.uri.string), by: peer, to: [followed.uri.string])
        return try await bench.federation.inbox.receive(
            try peer.delivery(activity, to: bench.federation.community), from: .loopback, at: Date(),
            logger: quietLogger)
    }

    private func wait(in answer: Inbox.Answer) -> TimeInterval? {
        if case .tooMany(let wait) = answer { wait } else { nil }
    }

    /// As if a host had been known for some days, and everybody's follows were as old.
    private func age(_ host: String, days: Int, _ bench: SocialBench) async throws {
        _ = try await bench.home.database.execute(
            "update hosts set known_since = known_since - make_interval(days => \(days)) where host = \(host)")
        _ = try await bench.home.database.execute(
            "update follows set created_at = created_at - make_interval(days => \(days))")
    }

    @Test("The sixth follow from a new host waits, another host's does not, and what stands may be asked for again")
    func sixth() async throws {
        try await withBench { bench in
            for number in 1...5 {
                let answer = try await follow(bench.ann, by: try bench.e.person("e\(number)"), bench)
                #expect(answer == .accepted(.applied))
            }
            let rows = try await bench.home.count(.receivedActivities)
            let late = try bench.e.person("late")
            let seconds = try #require(wait(in: try await follow(bench.ann, by: late, bench)))
            #expect((86_000...86_400).contains(seconds))
            #expect(try await bench.home.count(.follows) == 5)
            #expect(try await bench.home.count(.receivedActivities) == rows)
            #expect(try await bench.home.database.actor(uri: late.uri) == nil)
            #expect(try await follow(bench.ann, by: try bench.e.person("e1"), bench) == .accepted(.applied))
            #expect(try await follow(bench.ann, by: bench.ben, bench) == .accepted(.applied))

            // Who stops makes room; with the next day come five more.
            let first = try bench.e.person("e2")
            let undo = bench.activity(
                "Undo", ["type": "Follow", "actor": .string(first.uri.string), "object": .string(bench.ann.uri.string)],
                by: first)
            #expect(try await bench.deliver(undo, by: first) == .applied)
            #expect(try await follow(bench.ann, by: late, bench) == .accepted(.applied))
            #expect(wait(in: try await follow(bench.max, by: late, bench)) != nil)
            try await age(bench.e.origin.authority, days: 1, bench)
            for number in 1...5 {
                #expect(try await follow(bench.max, by: try bench.e.person("e\(number)"), bench) == .accepted(.applied))
            }
        }
    }

    @Test("However many come at once, no more than five are taken")
    func atOnce() async throws {
        try await withBench { bench in
            let people = try (1...12).map { try bench.e.person("e\($0)") }
            let answers = try await withThrowingTaskGroup(of: Inbox.Answer.self) { group in
                for person in people { group.addTask { try await follow(bench.ann, by: person, bench) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0 == .accepted(.applied) } == 5)
            #expect(answers.count { wait(in: $0) != nil } == 7)
            #expect(try await bench.home.count(.follows) == 5)
        }
    }

    @Test("A host that has been known for a week brings as many as it likes")
    func old() async throws {
        try await withBench { bench in
            #expect(try await follow(bench.max, by: bench.eve, bench) == .accepted(.applied))
            try await age(bench.e.origin.authority, days: 7, bench)
            for number in 1...10 {
                let answer = try await follow(bench.ann, by: try bench.e.person("e\(number)"), bench)
                #expect(answer == .accepted(.applied))
            }
        }
    }
}
