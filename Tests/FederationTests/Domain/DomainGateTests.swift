import ActivityStreams
import Foundation
import HTTPSignatures
import JSONTree
import Outbound
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation

/// Blocked, limited and not listed domains at the entrances and exits (A16, A19, K02 to K05, B19).
struct DomainGateTests {
    private func decide(_ domain: String, _ kind: DomainRule.Kind, _ federation: TestFederation) async throws {
        _ = try await DecideDomain(database: federation.home.database, community: federation.community)(
            DomainDecisionDraft(domain: domain, kind: kind, reason: "", author: "ana"), now: .thisSecond)
    }

    private func rows(_ federation: TestFederation) async throws -> [Int] {
        let home = federation.home
        return [
            try await home.count(.actors), try await home.count(.sessions), try await home.count(.notifications),
            try await home.count(.jobs), try await home.count(.receivedActivities), try await home.count(.actorKeys),
        ]
    }

    @Test("Whatever of a request lies at a blocked domain: 403, no row, and nobody is asked (A19, K04)")
    func everyPlace() async throws {
        try await withFederation { federation in
            try await decide("e.localhost", .block, federation)
            let bench = try await InboxBench(federation)
            let (e, below) = (try await TestPeer.start("e"), try await TestPeer.start("x.e"))
            let (eve, xeno) = (try e.person("eve"), try below.person("eve"))
            let shouted = PeerActor(
                uri: eve.uri, name: "eve", kind: .person, key: eve.key,
                keyID: try uri("http://E.LOCALHOST.:\(e.origin.port)/users/eve#main-key"))
            let keyElsewhere = PeerActor(
                uri: eve.uri, name: "eve", kind: .person, key: bench.mika.key, keyID: bench.mika.keyID)
            let before = try await rows(federation)
            let target = JSON.string(eve.uri.string)
            let cases: [(String, JSON, PeerActor)] = [
                ("key and actor", bench.invite("1", by: eve), eve), ("a name below", bench.invite("2", by: xeno), xeno),
                ("another spelling", bench.invite("3", by: eve), shouted),
                ("the actor alone", bench.invite("4", by: eve), keyElsewhere),
                ("the object's id", bench.activity("Announce", "5", .string("\(e.origin)/notes/1")), bench.mika),
                ("the object's author", bench.invite("6") { $0["attributedTo"] = target }, bench.mika),
                ("one of several objects", bench.activity("Flag", "7", [.string(bench.noor.uri.string), target]), bench.mika),
                (
                    "the activity's id",
                    [
                        "id": .string("\(e.origin)/8"), "type": "Like", "actor": .string(bench.mika.uri.string),
                        "object": "https://c.example/1",
                    ], bench.mika
                ),
            ]
            for (name, activity, signer) in cases {
                let answer = try await bench.deliver(activity, by: signer)
                #expect(answer == .forbidden(.blocked), "\(name)")
            }
            #expect(try await rows(federation) == before)
            for peer in [e, below, bench.peer] { #expect(peer.requests().isEmpty) }
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
        }
    }

    @Test("A signer whose handle is at a blocked domain is refused where the domain confirms it")
    func handleElsewhere() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            #expect(try await bench.deliver(bench.invite("1")) == .accepted(.applied))
            _ = try await federation.home.database.execute(
                "update actors set domain = 'brand.test' where uri = \(bench.mika.uri)")
            try await decide("brand.test", .block, federation)
            #expect(try await eventually(.forbidden(.blocked)) { try await bench.deliver(bench.invite("2")) })
        }
    }

    @Test("A rule made while the server runs takes effect, and so does its end")
    func takesEffect() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            #expect(try await bench.deliver(bench.invite("1")) == .accepted(.applied))
            try await decide("b.localhost", .block, federation)
            #expect(try await eventually(.forbidden(.blocked)) { try await bench.deliver(bench.invite("2")) })
            _ = try await DecideDomain(database: federation.home.database, community: federation.community)
                .remove("b.localhost")
            #expect(try await eventually(.accepted(.applied)) { try await bench.deliver(bench.invite("3")) })
        }
    }

    /// Asks until the answer is there, longer than the promised two seconds for a machine that has much to do.
    private func eventually(_ expected: Inbox.Answer, _ ask: () async throws -> Inbox.Answer) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if try await ask() == expected { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try await ask() == expected
    }

    @Test("A domain that is not listed is refused, never asked, and noted; one that is listed is as anybody (K02)")
    func allowlist() async throws {
        try await withFederation(mode: .allowlist) { federation in
            let bench = try await InboxBench(federation)
            #expect(try await bench.deliver(bench.invite()) == .forbidden(.notListed))
            await #expect(throws: RemoteActors.Failure.refused) {
                try await federation.remoteActors.actor(bench.mika.uri, on: federation.home.database)
            }
            #expect(bench.peer.requests().isEmpty)
            let waiting = try await federation.home.database.domainRequests()
            #expect(waiting.map(\.domain.description) == ["b.localhost"])
            try await decide("b.localhost", .allow, federation)
            #expect(try await eventually(.accepted(.applied)) { try await bench.deliver(bench.invite()) })
            #expect(try await federation.home.database.domainRequests().isEmpty)
        }
    }

    @Test("With federation closed nothing comes in, and nothing goes out (A16)")
    func closed() async throws {
        try await withFederation(mode: .closed) { federation in
            let bench = try await InboxBench(federation)
            #expect(try await bench.deliver(bench.invite()) == .forbidden(.closed))
            await #expect(throws: DocumentFetcher.Failure.unreachable(.refusedHost)) {
                try await federation.fetcher.document(at: bench.mika.uri)
            }
            #expect(bench.peer.requests().isEmpty)
        }
    }

    @Test("Nothing is fetched from a blocked domain, by no way and over no redirect, and nothing is sent (K04)")
    func exits() async throws {
        try await withFederation { federation in
            try await decide("e.localhost", .block, federation)
            let (b, e) = (try await TestPeer.start("b"), try await TestPeer.start("e"))
            let eve = try e.person("eve")
            b.answer(.init(302, fields: [("location", eve.uri.string)]), at: "/to-eve")
            let refused = DocumentFetcher.Failure.unreachable(.refusedHost)
            await #expect(throws: refused) { try await federation.fetcher.document(at: eve.uri) }
            await #expect(throws: refused) {
                try await federation.fetcher.document(at: try b.address("/to-eve"))
            }
            let handle = try handle("eve@\(e.origin.authority)")
            await #expect(throws: RemoteActors.Failure.refused) {
                try await federation.remoteActors.actor(handle, on: federation.home.database)
            }
            await #expect(throws: OutboundError.refusedHost) {
                try await federation.client.send(to: eve.inbox, contentType: "text/plain", body: [])
            }
            #expect(e.requests().isEmpty)
        }
    }

    @Test("Somebody known of a blocked domain is found no more")
    func known() async throws {
        try await withFederation { federation in
            let e = try await TestPeer.start("e")
            let eve = try e.person("eve")
            _ = try await federation.remoteActors.actor(eve.uri, on: federation.home.database)
            try await decide("e.localhost", .block, federation)
            let end = ContinuousClock.now + .seconds(20)
            while await federation.domains.judge("e.localhost") == .open, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(20))
            }
            await #expect(throws: RemoteActors.Failure.refused) {
                try await federation.remoteActors.actor(eve.uri, on: federation.home.database)
            }
        }
    }

    @Test("People of a limited domain are heard; what may be shown of them is for whoever shows it to ask")
    func limited() async throws {
        try await withFederation { federation in
            try await decide("b.localhost", .limit, federation)
            let bench = try await InboxBench(federation)
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
            #expect(federation.domains.lastKnown("b.localhost") == .limited)
        }
    }
}
