import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Federation
@testable import Jobs

/// One activity to all followers.
@Suite(.timeLimit(.minutes(5)))
struct SpreadActivityTests {
    /// Writes the job that spreads a new activity of Mika's.
    static func spread(_ bench: DeliveryBench, sequence: String = "p", supersedes: Bool = false) async throws -> Int64 {
        let id = try await bench.activity()
        try await bench.database.transaction { transaction in
            try await Deliveries().spread(
                stored: id, of: bench.mika.id, sequence: sequence, supersedes: supersedes, in: transaction)
        }
        return id
    }

    static func inboxes(_ bench: DeliveryBench) async throws -> [String] {
        try await bench.home.jobs(DeliverActivity.kind).compactMap { $0.payload["inbox"]?.string }
    }

    /// Five thousand people on forty hosts, five of which have no shared inbox.
    static func crowd(_ bench: DeliveryBench) async throws {
        for host in 1...40 {
            let name = "h\(host).example"
            try await bench.followers(125, at: name, sharedInbox: host <= 5 ? nil : "http://\(name)/inbox")
        }
    }

    @Test("Posting to 5,000 followers writes one job; their 40 hosts get no more than they may (C18)")
    func expands() async throws {
        try await withDeliveries(pageSize: 20) { bench in
            try await Self.crowd(bench)
            _ = try await Self.spread(bench)
            #expect(try await bench.home.count(.jobs) == 1)
            let job = try #require(try await bench.claim().first)
            #expect(await bench.spread.run(job) == .done)
            let inboxes = try await Self.inboxes(bench)
            #expect(inboxes.count == 35 + 5 * 10)
            #expect(Set(inboxes).count == inboxes.count)
            #expect(inboxes.count { $0.hasPrefix("http://h3.example/") } == 10)
            let payloads = try await bench.home.jobs(DeliverActivity.kind).map(\.payload)
            #expect(payloads.allSatisfy { $0["as"]?.string == "follower" })
        }
    }

    @Test("A host that gives each of its people a shared inbox of their own gets no more either")
    func inventedSharedInboxes() async throws {
        try await withDeliveries { bench in
            for person in 1...30 {
                try await bench.followers(
                    1, at: "e.example", sharedInbox: "http://e.example/\(person)", from: person)
            }
            _ = try await Self.spread(bench)
            let job = try #require(try await bench.claim().first)
            #expect(await bench.spread.run(job) == .done)
            #expect(try await Self.inboxes(bench).count == 10)
        }
    }

    @Test("A process that dies between two pages repeats none and leaves none out", arguments: [1, 2, 4])
    func diesBetweenPages(pages: Int) async throws {
        try await withDeliveries(pageSize: 20) { bench in
            try await Self.crowd(bench)
            _ = try await Self.spread(bench)
            let first = try #require(try await bench.claim().first)
            var order = try #require(SpreadOrder(first.payload))
            let all = try await bench.spread.inboxes(after: order)
            for page in 0..<pages {
                order = try #require(
                    try await bench.spread.write(all[(page * 20)..<(page * 20 + 20)], of: order, job: first))
            }
            let before = try await Self.inboxes(bench)
            #expect(before.count == 20 * pages)
            // What was delivered meanwhile is gone, and must not come again.
            try await bench.database.execute("delete from jobs where kind = 'deliver'")
            try await bench.database.execute("update jobs set leased_until = now() - interval '1 second'")

            let second = try #require(try await bench.claim().first)
            #expect(second.id == first.id)
            #expect(await bench.spread.run(second) == .done)
            let after = try await Self.inboxes(bench)
            #expect(after.count == 85 - before.count)
            #expect(Set(before).isDisjoint(with: after))

            // The first was only frozen: what it would write now is taken back.
            await #expect(throws: (any Error).self) {
                try await bench.spread.write(all.suffix(5), of: order, job: first)
            }
            #expect(try await Self.inboxes(bench) == after)
        }
    }

    @Test("The activity, its job and what waits before it commit together")
    func commitsWithItsCause() async throws {
        struct Undone: Error {}
        try await withDeliveries { bench in
            let id = try await bench.activity()
            await #expect(throws: Undone.self) {
                try await bench.database.transaction { transaction in
                    try await Deliveries().spread(stored: id, of: bench.mika.id, sequence: "p", in: transaction)
                    throw Undone()
                }
            }
            #expect(try await bench.home.count(.jobs) == 0)
        }
    }

    @Test("Create, Update and Delete of a post reach each inbox in this order")
    func keepsOrder() async throws {
        try await withDeliveries { bench in
            let peer = try await LoopbackServer.start { _ in .init(202) }
            let host = "b.localhost:\(peer.port)"
            try await bench.followers(3, at: host, sharedInbox: "http://\(host)/inbox")
            for name in ["Create", "Update", "Delete"] {
                let id = try await bench.activity(#"{"type":"\#(name)"}"#)
                try await bench.database.transaction { transaction in
                    try await Deliveries().spread(stored: id, of: bench.mika.id, sequence: "p", in: transaction)
                }
            }
            try await bench.finish()
            let sent = peer.requests.map { String(decoding: $0.body, as: UTF8.self) }
            #expect(sent == ["Create", "Update", "Delete"].map { #"{"type":"\#($0)"}"# })
        }
    }

    @Test("A Delete takes with it what still waits for the same post")
    func supersedes() async throws {
        try await withDeliveries { bench in
            try await bench.followers(2, at: "b.example", sharedInbox: "http://b.example/inbox")
            _ = try await Self.spread(bench)
            let other = try await Self.spread(bench, sequence: "q")
            for job in try await bench.claim() {
                try await JobQueue().finish([(job, await bench.spread.run(job))], on: bench.database)
            }
            let last = try await Self.spread(bench, supersedes: true)
            let job = try #require(try await bench.claim().first { $0.kind == SpreadActivity.kind })
            try await bench.database.execute("update jobs set lease = null, leased_until = null where kind = 'deliver'")
            #expect(await bench.spread.run(job) == .done)
            let left = try await bench.home.jobs(DeliverActivity.kind).compactMap { $0.payload["activity"]?.string }
            #expect(left == [String(other), String(last)])
        }
    }

    @Test("Those named besides get it once, whether or not they follow")
    func others() async throws {
        try await withDeliveries { bench in
            let noor = try await bench.home.neighbour("noor")
            let cleo = try await bench.home.neighbour("cleo", at: "c.example")
            try await bench.followers(2, at: "b.example", sharedInbox: noor.sharedInbox?.string)
            let id = try await bench.activity()
            try await bench.database.transaction { transaction in
                try await Deliveries().spread(
                    stored: id, of: bench.mika.id, andTo: [noor, cleo], sequence: "p", in: transaction)
            }
            try await bench.database.execute("delete from jobs where payload->>'inbox' = 'https://b.example/inbox'")
            let job = try #require(try await bench.claim().first { $0.kind == SpreadActivity.kind })
            #expect(await bench.spread.run(job) == .done)
            #expect(try await Self.inboxes(bench) == ["https://c.example/inbox"])
        }
    }

    @Test("People who wait to be accepted, are gone or live here get nothing; an activity that is gone neither")
    func leavesOut() async throws {
        try await withDeliveries { bench in
            try await bench.followers(1, at: "a.example", sharedInbox: nil)
            try await bench.followers(1, at: "b.example", sharedInbox: nil)
            try await bench.followers(1, at: "c.example", sharedInbox: nil)
            let noor = try await bench.home.person("noor").actor
            try await bench.database.execute(
                """
                insert into follows (follower_id, followed_id, uri, state)
                values (\(noor.id), \(bench.mika.id), 'https://example.com/f', 'accepted')
                """)
            try await bench.database.execute("update actors set gone_at = now() where domain = 'b.example'")
            try await bench.database.execute(
                """
                update follows set state = 'pending' from actors
                where actors.id = follower_id and domain = 'c.example'
                """)
            let gone = try await Self.spread(bench, sequence: "q")
            try await bench.database.execute("delete from activities where id = \(gone)")
            _ = try await Self.spread(bench)
            for job in try await bench.claim() { #expect(await bench.spread.run(job) == .done) }
            #expect(try await Self.inboxes(bench) == ["http://a.example/users/1/inbox"])
        }
    }
}
