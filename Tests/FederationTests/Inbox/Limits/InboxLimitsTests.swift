import ActivityStreams
import Foundation
import HTTPSignatures
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation

struct InboxLimitsTests {
    private func isTooMany(_ answer: Inbox.Answer) -> Bool {
        if case .tooMany = answer { true } else { false }
    }

    private func isUnauthorised(_ answer: Inbox.Answer) -> Bool {
        if case .unauthorised = answer { true } else { false }
    }

    private func listen(_ number: Int, _ bench: InboxBench, by actor: PeerActor) -> JSON {
        bench.activity("Listen", "listen-\(number)", .string(bench.noor.uri.string), by: actor)
    }

    @Test("A new domain brings little, one that is known for a week more, and neither at the cost of others (K07, H04)")
    func perDomain() async throws {
        try await withFederation(limits: 1) { federation in
            let bench = try await InboxBench(federation)
            let old = try await TestPeer.start("old")
            let ana = try old.person("ana", key: "mika")
            let now = Date()
            _ = try await federation.home.database.execute(
                "insert into hosts (host, known_since) values (\(old.origin.authority), now() - interval '8 days')")
            for number in 0..<20 {
                let answer = try await bench.deliver(listen(number, bench, by: bench.mika), at: now)
                #expect(answer == .accepted(.ignored(.unknownType)))
            }
            let refused = try await bench.deliver(listen(20, bench, by: bench.mika), at: now)
            guard case .tooMany(let wait) = refused else {
                Issue.record("\(refused)")
                return
            }
            #expect((4...5).contains(wait))
            for number in 0..<100 {
                let answer = try await bench.deliver(listen(number, bench, by: ana), by: ana, at: now)
                #expect(answer == .accepted(.ignored(.unknownType)))
            }
            #expect(isTooMany(try await bench.deliver(listen(100, bench, by: ana), by: ana, at: now)))
            let later = now.addingTimeInterval(5)
            #expect(try await bench.deliver(listen(30, bench, by: bench.mika), at: later) == .accepted(.ignored(.unknownType)))
        }
    }

    @Test("What is refused for its number leaves no row; what is not signed takes nothing of anybody's")
    func noEffect() async throws {
        try await withFederation(limits: 0.05) { federation in
            let bench = try await InboxBench(federation)
            let now = Date()
            let forger = PeerActor(
                uri: bench.mika.uri, name: "mika", kind: .person, key: try TestKeys.rsa("forger"))
            for number in 0..<5 {
                #expect(isUnauthorised(try await bench.deliver(bench.invite("\(number)"), by: forger, at: now)))
            }
            #expect(try await bench.deliver(bench.invite("1"), at: now) == .accepted(.applied))
            #expect(isTooMany(try await bench.deliver(bench.invite("2"), at: now)))
            #expect(try await federation.home.count(.sessions) == 1)
            #expect(try await federation.home.count(.receivedActivities) == 1)
        }
    }

    @Test("After thirty wrong signatures nothing from an address is looked at, by the network of 64 bits (H03, H05)")
    func badSignatures() async throws {
        try await withFederation(countsBadSignatures: true) { federation in
            let bench = try await InboxBench(federation)
            let now = Date()
            var forged = try bench.mika.delivery(bench.invite(), to: federation.community, at: now)
            forged.body.append(0x20)
            for number in 0..<30 {
                let client = try #require(IPAddress("2001:db8:1:2::\(String(number + 1, radix: 16))"))
                #expect(isUnauthorised(try await bench.deliver(forged, at: now, from: client)))
            }
            let same = try #require(IPAddress("2001:db8:1:2:ffff::1"))
            let other = try #require(IPAddress("2001:db8:1:3::1"))
            let good = try bench.mika.delivery(bench.invite(), to: federation.community, at: now)
            #expect(isTooMany(try await bench.deliver(good, at: now, from: same)))
            #expect(bench.peer.requests().isEmpty)
            #expect(try await bench.deliver(good, at: now, from: other) == .accepted(.applied))
            let answer = try await bench.deliver(good, at: now.addingTimeInterval(3), from: same)
            #expect(answer == .accepted(.ignored(.duplicate)) || answer == .accepted(.applied))
        }
    }

    @Test("When more is in work than this process can do, the rest is told to come again (R21)")
    func crowded() async throws {
        let doorway = Doorway(inside: 1, waiting: 0)
        try await withFederation(doorway: doorway) { federation in
            let bench = try await InboxBench(federation)
            #expect(await doorway.enter())
            #expect(try await bench.deliver(bench.invite()) == .crowded)
            #expect(bench.peer.requests().isEmpty)
            doorway.leave()
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
            #expect(await doorway.enter())
        }
    }

    @Test("Who proves to be at a host makes it known, who does not leaves no trace of it")
    func knownHosts() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let authority = bench.peer.origin.authority
            var forged = try bench.mika.delivery(bench.invite(), to: federation.community)
            forged.body.append(0x20)
            _ = try await bench.deliver(forged)
            #expect(try await federation.home.database.hostKnownSince(authority) == nil)
            _ = try await bench.deliver(bench.invite())
            #expect(try await federation.home.database.hostKnownSince(authority) != nil)
        }
    }
}
