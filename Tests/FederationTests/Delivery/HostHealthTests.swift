import Foundation
import JSONTree
import Jobs
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Federation

/// What attempts do to the host, and the host to attempts.
@Suite(.timeLimit(.minutes(5)))
struct HostHealthTests {
    static let nobody = "nobody.localhost:1"
    static let inbox = "http://\(nobody)/inbox"

    @Test("After five failures in a row nothing more is tried; what waits keeps its attempts")
    func closes() async throws {
        try await withDeliveries { bench in
            try await bench.send(to: (1...20).map { "\(Self.inbox)/\($0)" })
            #expect(try await bench.finish() == 5)
            let host = try #require(try await bench.host(Self.nobody))
            #expect(host.failures == 5)
            #expect(host.failure == "connect")
            let closure = try #require(host.closedUntil).timeIntervalSinceNow
            #expect((880...900).contains(closure))
            #expect(host.waiting == 20)
            #expect(try await bench.queued().count { $0.attempts == 0 } == 15)
        }
    }

    @Test(
        "Only a host that does not do its part is closed",
        arguments: [(500, 5), (502, 5), (503, 5), (400, 0), (401, 0), (403, 0), (404, 0), (429, 0), (501, 0), (302, 0)])
    func countsItsOwnFailures(status: Int, failures: Int) async throws {
        try await withDeliveries { bench in
            let peer = try await LoopbackServer.start { _ in .init(status) }
            let host = "b.localhost:\(peer.port)"
            try await bench.send(to: (1...9).map { "http://\(host)/\($0)" })
            try await bench.finish()
            #expect(try await bench.host(host)?.failures == failures)
            #expect(try await (bench.host(host)?.closedUntil == nil) == (failures == 0))
        }
    }

    @Test("One delivery at a time finds out whether it is back; then the rest goes, not all at once")
    func probes() async throws {
        try await withDeliveries { bench in
            let peer = try await TestPeer.start()
            let host = peer.origin.authority
            for path in (1...12).map({ "/\($0)" }) { peer.answer(.init(202), at: path) }
            try await bench.send(to: (1...12).map { "\(peer.origin)/\($0)" })
            try await bench.database.execute(
                """
                insert into hosts (host, known_since, failures, failed_at, closed_until)
                values (\(host), null, 5, now(), now() + interval '5 minutes')
                """)
            #expect(try await bench.step() == 0)
            try await bench.database.execute("update hosts set closed_until = now()")
            #expect(try await bench.step() == 1)
            #expect(peer.requests().count == 1)
            let back = try #require(try await bench.host(host))
            #expect(back.failures == 0)
            #expect(back.closedUntil == nil)
            #expect(try await bench.step() == 1)
            try await bench.database.execute("update hosts set recovered_at = now() - interval '1 minute'")
            #expect(try await bench.step() == 3)
            #expect(try await bench.finish() == 7)
        }
    }

    @Test("A probe that is wanted no longer gives its turn to the next")
    func mootProbe() async throws {
        try await withDeliveries { bench in
            let peer = try await TestPeer.start()
            let host = peer.origin.authority
            peer.answer(.init(202), at: "/2")
            try await bench.send(to: ["\(peer.origin)/1"], forFollowers: true)
            try await bench.send(to: ["\(peer.origin)/2"])
            for _ in 1...5 { _ = try await bench.database.hostFailed(host, because: "dns", pause: .zero) }
            #expect(try await bench.step() == 1)
            #expect(peer.requests().isEmpty)
            #expect(try await bench.step() == 1)
            #expect(peer.requests().map(\.target) == ["/2"])
            #expect(try await bench.host(host)?.closedUntil == nil)
        }
    }

    @Test("A failed probe closes it for another quarter of an hour")
    func failedProbe() async throws {
        try await withDeliveries { bench in
            try await bench.send(to: (1...20).map { "\(Self.inbox)/\($0)" })
            try await bench.finish()
            try await bench.database.execute("update hosts set closed_until = now()")
            #expect(try await bench.finish() == 1)
            let host = try #require(try await bench.host(Self.nobody))
            #expect(host.failures == 6)
            #expect(try #require(host.closedUntil).timeIntervalSinceNow > 880)
        }
    }

    @Test("A host that is heard is open again, at the cost of one write a minute")
    func heard() async throws {
        try await withDeliveries { bench in
            try await bench.send(to: (1...9).map { "\(Self.inbox)/\($0)" })
            try await bench.finish()
            await bench.health.heard(from: try uri("http://\(Self.nobody)/users/noor"))
            let host = try #require(try await bench.host(Self.nobody))
            #expect(host.closedUntil == nil && host.failureDays == 0)
            #expect(host.failures == 5 && host.answeredAt == nil, "it has answered nothing yet")
            let version = try await rowVersion(bench)
            for _ in 1...50 { await bench.health.heard(from: try uri("http://\(Self.nobody)/users/noor")) }
            #expect(try await rowVersion(bench) == version)
        }
    }

    @Test("A signed activity of somebody there opens a host; of others nothing is written down")
    func inboundOpens() async throws {
        try await withFederation { federation in
            let inbox = try await InboxBench(federation)
            let host = inbox.mika.uri.authority
            let database = federation.home.database
            for closed in [host, "other.example"] {
                for _ in 1...5 { _ = try await database.hostFailed(closed, because: "dns", pause: .seconds(900)) }
            }
            #expect(try await inbox.deliver(inbox.invite()) == .accepted(.applied))
            #expect(try await database.hosts(host, limit: 1).first?.closedUntil == nil)
            #expect(try await database.hosts("other.example", limit: 1).first?.closedUntil != nil)
            #expect(try await database.hosts(limit: 9).count == 2)
        }
    }

    @Test("A host that answers well costs no write per delivery")
    func healthyIsCheap() async throws {
        try await withDeliveries { bench in
            let peer = try await LoopbackServer.start { _ in .init(202) }
            try await bench.send(to: (1...30).map { "http://b.localhost:\(peer.port)/\($0)" })
            try await bench.step()
            let version = try await rowVersion(bench)
            try await bench.finish()
            #expect(peer.requests.count == 30)
            #expect(try await rowVersion(bench) == version)
        }
    }

    /// Changes with each write to the row of the only host.
    private func rowVersion(_ bench: DeliveryBench) async throws -> String? {
        try await bench.database.row("select xmin::text as version from hosts").map { try $0.get("version") }
    }

    @Test("A peer that asks for time gets it for all that goes to it")
    func pauses() async throws {
        try await withDeliveries { bench in
            let peer = try await LoopbackServer.start { _ in .init(429, fields: [("retry-after", "3600")]) }
            try await bench.send(to: (1...9).map { "http://b.localhost:\(peer.port)/\($0)" })
            #expect(try await bench.finish() <= 4)
            let host = try #require(try await bench.host("b.localhost:\(peer.port)"))
            #expect((3500...3600).contains(try #require(host.closedUntil).timeIntervalSinceNow))
            #expect(host.failures == 0)
        }
    }

    @Test("Failures on seven different days: session traffic is kept, the rest is dropped and not even written")
    func unreachable() async throws {
        try await withDeliveries { bench in
            try await bench.send(to: [Self.inbox], priority: 10)
            try await bench.send(to: (1...9).map { "\(Self.inbox)/\($0)" })
            for day in 1...7 {
                try await bench.database.execute(
                    "update hosts set failed_at = failed_at - interval '1 day', closed_until = now()")
                try await bench.makeAllDue()
                try await bench.step(1)
                #expect(try await bench.host(Self.nobody)?.failureDays == day)
            }
            #expect(try await bench.queued().map(\.priority) == [10])

            let noor = try await bench.home.neighbour("noor", at: Self.nobody)
            let id = try await bench.activity()
            try await bench.database.transaction { transaction in
                try await Deliveries().send(stored: id, to: [noor], by: .shared, sequence: "p", in: transaction)
            }
            #expect(try await bench.queued().count == 1)
            try await bench.database.transaction { transaction in
                try await Deliveries().send(stored: id, to: noor, sequence: "s", in: transaction)
            }
            #expect(try await bench.queued().map(\.priority) == [10, 10])

            await bench.health.heard(from: noor.uri)
            try await bench.database.transaction { transaction in
                try await Deliveries().send(stored: id, to: [noor], by: .shared, sequence: "p", in: transaction)
            }
            #expect(try await bench.queued().count == 3)
        }
    }

    @Test("Failures of one day count as one")
    func sameDay() async throws {
        try await withDeliveries { bench in
            try await bench.send(to: (1...5).map { "\(Self.inbox)/\($0)" })
            try await bench.finish()
            #expect(try await bench.host(Self.nobody)?.failureDays == 1)
        }
    }
}
