import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import UseCases

struct DomainPolicyTests {
    private func policy(_ home: TestCommunity, _ mode: FederationMode = .open) -> DomainPolicy {
        DomainPolicy(database: home.database, community: home.community, mode: mode)
    }

    @Test("A block holds in every process within two seconds, and so does its end")
    func holdsEverywhere() async throws {
        try await withCommunity { home in
            let decide = DecideDomain(database: home.database, community: home.community)
            let processes = [policy(home), policy(home)]
            for process in processes { #expect(await process.judge("e.test") == .open) }
            _ = try await decide(
                DomainDecisionDraft(domain: "e.test", kind: .block, reason: "", author: "ana"), now: .thisSecond)
            try await expect(.refused(.blocked), of: "x.e.test", by: processes)
            _ = try await decide.remove("e.test")
            try await expect(.open, of: "x.e.test", by: processes)
        }
    }

    private func expect(_ judgement: Judgement, of host: String, by processes: [DomainPolicy]) async throws {
        // On a machine that has nothing else to do; here many tests run at once.
        #expect(DomainPolicy.staleness < .seconds(2))
        let end = ContinuousClock.now + .seconds(20)
        for process in processes {
            while await process.judge(host) != judgement, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(await process.judge(host) == judgement)
            #expect(process.lastKnown(host) == judgement)
        }
    }

    @Test("Our own host is open, whatever the rules and the mode say")
    func ownHost() async throws {
        try await withCommunity { home in
            for mode in FederationMode.allCases { #expect(await policy(home, mode).judge("a.example") == .open) }
        }
    }

    @Test("Inside of a transaction the rules last known hold, and nothing waits for the database")
    func insideTransaction() async throws {
        try await withCommunity(poolSize: 1) { home in
            let policy = policy(home)
            #expect(await policy.judge("e.test") == .open)
            try await home.database.transaction { transaction in
                _ = try await transaction.row("select 1 as one")
                #expect(policy.lastKnown("e.test") == .open)
            }
        }
    }

    @Test("While the database is silent the rules last known hold")
    func silentDatabase() async throws {
        try await withCommunity { home in
            _ = try await DecideDomain(database: home.database, community: home.community)(
                DomainDecisionDraft(domain: "e.test", kind: .block, reason: "", author: "ana"), now: .thisSecond)
            let pool = Pool(home.database.settings, size: 1)
            let policy = try await DomainPolicy.load(database: pool, community: home.community, mode: .open)
            await pool.close()
            // Until the rules are so old that the database is asked.
            try await Task.sleep(for: DomainPolicy.staleness + .milliseconds(50))
            #expect(await policy.judge("e.test") == .refused(.blocked))
        }
    }

    @Test("Domains that are not listed are noted once, and so many a minute (K02)")
    func notes() async throws {
        try await withCommunity { home in
            let policy = policy(home, .allowlist)
            for number in 0..<30 {
                for _ in 0..<3 { await policy.noteRequest(of: "h\(number).e.test") }
            }
            let waiting = try await home.database.domainRequests()
            #expect(waiting.count == 20)
            #expect(waiting.allSatisfy { $0.attempts == 1 })
        }
    }
}
