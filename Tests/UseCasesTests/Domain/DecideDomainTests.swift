import Foundation
import JSONTree
import Jobs
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// Noor is ours. Eve and Bo are at blocked hosts, Good at one below them that is let in, Mika elsewhere.
struct DecideDomainTests {
    struct Bench {
        let home: TestCommunity
        let noor: Actor
        let decide: DecideDomain

        init(_ home: TestCommunity) async throws {
            self.home = home
            noor = try await home.mentor("noor").actor
            decide = DecideDomain(database: home.database, community: home.community)
            for (name, host) in [("eve", "e.test"), ("bo", "x.e.test:8443"), ("good", "good.e.test"), ("mika", "b.test")] {
                let actor = try await home.neighbour(name, at: host)
                try await follow(actor, noor)
                try await follow(noor, actor)
                try await home.database.transaction { transaction in
                    try await JobQueue().enqueue(
                        NewJob(kind: "deliver", payload: [:], key: name, lane: host, priority: 10), in: transaction)
                }
            }
        }

        private func follow(_ follower: Actor, _ followed: Actor) async throws {
            _ = try await home.database.execute(
                """
                insert into follows (follower_id, followed_id, uri, state)
                values (\(follower.id), \(followed.id), 'https://x.example/1', 'accepted')
                """)
        }

        func count(_ sql: SQL) async throws -> Int { try await home.database.row(sql)?.get("n") ?? -1 }
        func follows() async throws -> Int { try await count("select count(*) as n from follows") }
        func deliveries() async throws -> Int { try await count("select count(*) as n from jobs where kind = 'deliver'") }
    }

    private func draft(_ domain: String, _ kind: DomainRule.Kind) -> DomainDecisionDraft {
        DomainDecisionDraft(domain: domain, kind: kind, reason: "spam", author: "ana")
    }

    @Test("A preview counts what would end, and ends nothing")
    func preview() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            _ = try await bench.decide(draft("good.e.test", .allow), now: .thisSecond)
            let effects = try await bench.decide.preview(draft("E.TEST.", .block))
            #expect(effects == DomainEffects(actors: 2, followers: 2, following: 2, deliveries: 2, sessions: 0))
            #expect(try await bench.follows() == 8)
            #expect(try await home.database.domainRules().count == 1)
        }
    }

    @Test("A block ends follows both ways and drops the queue, there and below, and nowhere else (K03)")
    func blocks() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            _ = try await bench.decide(draft("good.e.test", .allow), now: .thisSecond)
            let effects = try await bench.decide(draft("e.test", .block), now: .thisSecond)
            #expect(effects.followers == 2)
            #expect(try await bench.follows() == 4)
            #expect(try await bench.deliveries() == 2)
            let rule = try #require(try await home.database.domainRule(DomainName(host: "e.test")))
            #expect(rule.reason == "spam")
            #expect(rule.author == "ana")
            #expect(rule.createdAt == .thisSecond || rule.createdAt < Date())
        }
    }

    @Test("A limit ends nothing, and lifting a rule brings nothing back")
    func limitsAndLifts() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            _ = try await bench.decide(draft("e.test", .limit), now: .thisSecond)
            #expect(try await bench.follows() == 8)
            _ = try await bench.decide(draft("e.test", .block), now: .thisSecond)
            let left = try await bench.follows()
            #expect(try await bench.decide.remove("e.test")?.kind == .block)
            #expect(try await bench.decide.remove("e.test") == nil)
            #expect(try await bench.follows() == left)
        }
    }

    @Test("Open sessions stay where their domain is blocked")
    func sessions() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let eve = try #require(try await home.database.actor(uri: try uri("https://e.test/users/eve")))
            let session = try await home.database.transaction { transaction in
                try await home.desk.request(
                    .init(type: "pana_support", topic: "T", start: .hence(days: 3), minutes: 30, zone: "UTC"),
                    by: bench.noor, of: eve, now: .thisSecond, in: transaction)
            }
            let effects = try await bench.decide(draft("e.test", .block), now: .thisSecond)
            #expect(effects.sessions == 1)
            #expect(try await home.database.session(.id(session.id))?.status == .pending)
        }
    }
}
