import Foundation
import JSONTree
import Jobs
import Keys
import PostgreSQL
import ServiceLifecycle
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Federation

/// Deliveries by a real runner to a real server.
@Suite(.timeLimit(.minutes(5)))
struct DeliverActivityTests {
    /// What stands in the row of a delivery after its first attempt; nil when the row is gone.
    struct Row: Equatable {
        let isDead: Bool
        let error: String?
        let waits: Bool
    }

    static let statuses: [(Int, Row?)] =
        [200, 202, 204].map { ($0, nil) }
        + [401, 408, 425, 429, 500, 503].map { ($0, Row(isDead: false, error: "answered \($0)", waits: true)) }
        + [302, 307].map { ($0, Row(isDead: false, error: "answered \($0), which is not followed", waits: true)) }
        + [(403, Row(isDead: true, error: "refused by peer", waits: false))]
        + [(404, Row(isDead: false, error: notFound, waits: true))]
        + [(410, Row(isDead: true, error: "answered 410: the inbox is gone", waits: false))]
        + [400, 405, 409, 413, 415, 422, 451, 501].map {
            ($0, Row(isDead: true, error: "answered \($0)", waits: false))
        }

    static let notFound = "answered 404; if it does again, the actor is asked for its inbox"

    @Test("Each answer leaves the right row (R14)")
    func answers() async throws {
        try await withFederation { federation in
            let home = federation.home
            let peer = try await TestPeer.start()
            let mika = try await home.person("mika").actor
            var inboxes: [String] = []
            for (status, _) in Self.statuses {
                peer.answer(.init(status), at: "/inbox/\(status)")
                inboxes.append("\(peer.origin)/inbox/\(status)")
            }
            try await enqueue("{}", by: mika, to: inboxes, home)
            try await run(federation, until: Self.statuses.count) { Set(peer.requests().map(\.target)).count }
            for (status, expected) in Self.statuses {
                let row = try await home.database.row(
                    """
                    select dead_at is not null as is_dead, last_error, due_at > now() + interval '5 seconds' as waits
                    from jobs where payload->>'inbox' = \("\(peer.origin)/inbox/\(status)")
                    """
                ).map {
                    Row(isDead: try $0.get("is_dead"), error: try $0.get("last_error"), waits: try $0.get("waits"))
                }
                #expect(row == expected.map { Row(isDead: $0.isDead, error: $0.error, waits: $0.waits) }, "\(status)")
            }
        }
    }

    @Test("A peer that asks for time gets it; silence is tried again; a forbidden address never")
    func waitsAndErrors() async throws {
        try await withFederation { federation in
            let home = federation.home
            let peer = try await TestPeer.start()
            let mika = try await home.person("mika").actor
            peer.answer(.init(503, fields: [("retry-after", "7200")]), at: "/busy")
            let inboxes = [
                "\(peer.origin)/busy", "http://nobody.localhost:1/inbox", "https://10.0.0.1/inbox",
                "http://public.example/inbox", "\(federation.community.origin)/inbox",
            ]
            try await enqueue("{}", by: mika, to: inboxes, home)
            try await run(federation, until: 5) {
                try await home.database.row("select count(last_error) as n from jobs")?.get("n") ?? 0
            }
            let rows = try await home.database.rows(
                """
                select last_error, dead_at is not null as is_dead, extract(epoch from due_at - now())::float8 as wait
                from jobs order by id
                """)
            #expect(
                try rows.map { try $0.get("last_error") as String }
                    == ["answered 503", "connect", "forbiddenHost", "scheme", "ownOrigin"])
            #expect(try rows.map { try $0.get("is_dead") as Bool } == [false, false, true, true, true])
            #expect((7000.0...7200).contains(try #require(rows.first).get("wait")))
        }
    }

    @Test("Every attempt sends the same bytes, signed anew, for whoever wrote them (R04)")
    func sameBytes() async throws {
        try await withFederation { federation in
            let home = federation.home
            let peer = try await TestPeer.start()
            let mika = try await home.person("mika").actor
            let body = #"{"z":1, "a":"é\u00e9"}"#
            peer.answer(.init(500), at: "/inbox")
            try await enqueue(body, by: mika, to: ["\(peer.origin)/inbox"], home)
            try await run(federation, pace: 0.0001, until: 3) { peer.requests().count }
            for request in peer.requests().prefix(3) {
                #expect(request.method == "POST")
                #expect(request.body == Array(body.utf8))
                #expect(request.field("content-type") == "application/activity+json")
                #expect(request.field("host") == peer.origin.authority)
                #expect(request.field("signature")?.contains(#"keyId="\#(mika.uri)#main-key""#) == true)
                let digest = "SHA-256=" + Base64.encode(Digest.sha256(request.body))
                #expect(request.field("digest") == digest)
            }
        }
    }

    @Test("One activity to one actor is one job, in the order of its session")
    func oneJob() async throws {
        try await withCommunity { home in
            let (mika, noor) = (try await home.person("mika").actor, try await home.neighbour("noor"))
            let deliveries = Deliveries()
            try await home.database.transaction { transaction in
                let activity = OutgoingActivity(
                    id: home.community.addresses.activity(UUID()), type: "Invite", sender: mika.id,
                    document: ["type": "Invite"])
                try await deliveries.send(activity, to: noor, sequence: "s", in: transaction)
                let stored = try #require(try await transaction.activity(uri: activity.id))
                #expect(stored.audience == [noor.uri.string])
                #expect(stored.isPublic == false)
                try await deliveries.send(stored: stored.id, to: noor, sequence: "s", in: transaction)
            }
            let jobs = try await home.jobs(DeliverActivity.kind)
            #expect(jobs.map(\.sequence) == ["s b.example"])
            #expect(jobs.map { $0.payload["inbox"]?.string } == ["https://b.example/users/noor/inbox"])
        }
    }

    @Test("A Delete takes with it what still waits for its session")
    func supersedes() async throws {
        try await withCommunity { home in
            let (mika, noor) = (try await home.person("mika").actor, try await home.neighbour("noor"))
            try await home.database.transaction { transaction in
                for (type, sequence) in [("Invite", "s"), ("Invite", "t"), ("Update", "s"), ("Delete", "s")] {
                    try await Deliveries().send(
                        OutgoingActivity(
                            id: home.community.addresses.activity(UUID()), type: type, sender: mika.id,
                            document: ["type": .string(type)]),
                        to: noor, sequence: sequence, supersedes: type == "Delete", in: transaction)
                }
            }
            let left = try await home.database.rows(
                """
                select activities.kind from jobs join activities on activities.id::text = jobs.payload->>'activity'
                order by jobs.id
                """
            ).map { try $0.get("kind") as String }
            #expect(left == ["Invite", "Delete"])
        }
    }

    @Test("What a peer said is kept with the job: time, status, the first 200 printable bytes")
    func keepsAnswers() async throws {
        try await withDeliveries { bench in
            let peer = try await TestPeer.start()
            let body = Array("no\u{1B}[31m key\r\n".utf8) + Array(repeating: UInt8(ascii: "x"), count: 500)
            peer.answer(.init(503, body: body), at: "/inbox")
            try await bench.send(to: ["\(peer.origin)/inbox"])
            try await bench.step()
            peer.answer(.init(422), at: "/inbox")
            try await bench.makeAllDue()
            try await bench.step()
            let job = try #require(try await bench.queued(dead: true).first)
            let history = job.history.list
            #expect(history.map { $0["reason"]?.string } == ["answered 503", "answered 422"])
            #expect(history.first?["note"]?.string == "no[31m key" + String(repeating: "x", count: 190))
            #expect(history.last?["note"] == nil)
            #expect(history.first?["at"]?.string?.hasSuffix("Z") == true)
        }
    }

    @Test("An inbox that is gone takes with it what waits for it")
    func goneInbox() async throws {
        try await withDeliveries { bench in
            let peer = try await TestPeer.start()
            peer.answer(.init(410), at: "/users/noor/inbox")
            let inbox = "\(peer.origin)/users/noor/inbox"
            try await bench.send(to: [inbox])
            try await bench.send(to: ["\(peer.origin)/other"])
            try await bench.send(to: [inbox])
            try await bench.step(1)
            #expect(try await bench.queued().map { $0.payload["inbox"]?.string } == ["\(peer.origin)/other"])
            #expect(try await bench.queued(dead: true).map(\.lastError) == ["answered 410: the inbox is gone"])
        }
    }

    @Test("Of an inbox that is gone what was urgent is kept as dead letters")
    func goneInboxOfSession() async throws {
        try await withDeliveries { bench in
            let peer = try await TestPeer.start()
            peer.answer(.init(410), at: "/users/noor/inbox")
            for _ in 1...2 { try await bench.send(to: ["\(peer.origin)/users/noor/inbox"], priority: 10) }
            try await bench.step(1)
            #expect(
                try await Set(bench.queued(dead: true).map(\.lastError))
                    == ["answered 410: the inbox is gone", "the inbox is gone"])
        }
    }

    @Test("A shared inbox that is gone takes its host with it, until somebody there is heard")
    func goneHost() async throws {
        try await withDeliveries { bench in
            let peer = try await TestPeer.start()
            peer.answer(.init(410), at: "/inbox")
            let host = peer.origin.authority
            try await bench.followers(1, at: host, sharedInbox: "\(peer.origin)/inbox")
            try await bench.send(to: ["\(peer.origin)/inbox"])
            for path in 1...5 { try await bench.send(to: ["\(peer.origin)/\(path)"]) }
            try await bench.step(1)
            #expect(try await bench.queued().isEmpty)
            #expect(try await bench.queued(dead: true).map(\.lastError) == ["answered 410: the host is gone"])
            #expect(try await bench.database.hostsWithoutBroadcasts(among: [host, "b.example"]) == [host])
            await bench.health.heard(from: try peer.address("/users/noor"))
            #expect(try await bench.database.hostsWithoutBroadcasts(among: [host]).isEmpty)
        }
    }

    @Test("After a second 404 the actor is asked for its inbox, and the delivery goes there")
    func movedInbox() async throws {
        try await withDeliveries { bench in
            let peer = try await TestPeer.start()
            let noor = try peer.person("noor")
            try await know(noor, bench)
            let old = "\(peer.origin)/old"
            try await bench.database.execute("update actors set inbox = \(old) where uri = \(noor.uri)")
            peer.answer(.init(202), at: "/users/noor/inbox")
            try await bench.send(to: [old])
            try await bench.step()
            #expect(try await bench.queued().count == 1)
            try await bench.makeAllDue()
            try await bench.finish()
            #expect(peer.requests("/old").count == 2)
            #expect(peer.requests("/users/noor/inbox").count == 1)
            #expect(try await bench.home.count(.jobs) == 0)
        }
    }

    @Test("Nobody who could be asked, or nothing new to hear: dead", arguments: [true, false])
    func lostInbox(isKnown: Bool) async throws {
        try await withDeliveries { bench in
            let peer = try await TestPeer.start()
            let noor = try peer.person("noor")
            if isKnown { try await know(noor, bench) }
            try await bench.send(to: [noor.inbox.string])
            try await bench.step()
            try await bench.makeAllDue()
            try await bench.finish()
            let reason = isKnown ? "and its actor names no other inbox" : "and no actor has the inbox"
            #expect(try await bench.queued(dead: true).map(\.lastError) == ["answered 404, \(reason)"])
        }
    }

    private func know(_ actor: PeerActor, _ bench: DeliveryBench) async throws {
        let fetched = try await bench.federation.remoteActors.fetch(actor.uri)
        try await bench.database.transaction { transaction in
            _ = try await fetched.save(in: transaction)
        }
    }

    @Test("What is not wanted any more is dropped before it leaves (R18)")
    func rechecks() async throws {
        try await withDeliveries { bench in
            let peer = try await LoopbackServer.start { _ in .init(202) }
            let host = "b.localhost:\(peer.port)"
            let inbox = "http://\(host)/inbox"
            try await bench.followers(2, at: host, sharedInbox: inbox)
            func leave(_ person: Int) async throws {
                try await bench.database.execute(
                    """
                    delete from follows using actors
                    where actors.id = follower_id and actors.uri = \("http://\(host)/users/\(person)")
                    """)
            }
            try await leave(1)
            try await bench.send("1", to: [inbox], forFollowers: true)
            try await bench.finish()
            #expect(peer.requests.count == 1)
            try await leave(2)
            try await bench.send("2", to: [inbox], forFollowers: true)
            try await bench.send("3", to: [inbox])
            try await bench.database.execute("delete from activities where body = '3'")
            try await bench.finish()
            #expect(peer.requests.count == 1)
            #expect(try await bench.home.count(.jobs) == 0)
            // What takes something back goes to those who may have it.
            try await bench.send("4", to: [inbox], forFollowers: true)
            try await bench.database.execute("update activities set kind = 'Delete' where body = '4'")
            try await bench.finish()
            #expect(peer.requests.map { String(decoding: $0.body, as: UTF8.self) } == ["1", "4"])
        }
    }

    @Test("Several actors of one server get what anybody may see once, what is private each")
    func mergesSharedInboxes() async throws {
        try await withDeliveries { bench in
            let people = [
                try await bench.home.person("noor").actor, try await bench.home.neighbour("ana"),
                try await bench.home.neighbour("ben"), try await bench.home.neighbour("cleo", at: "c.example"),
            ]
            func inboxes(by route: DeliveryRoute) async throws -> [String] {
                let id = try await bench.activity()
                try await bench.database.execute("delete from jobs")
                try await bench.database.transaction { transaction in
                    try await Deliveries().send(stored: id, to: people, by: route, sequence: "p", in: transaction)
                }
                let jobs = try await bench.home.jobs(DeliverActivity.kind)
                return jobs.compactMap { $0.payload["inbox"]?.string }.sorted()
            }
            #expect(try await inboxes(by: .shared) == ["https://b.example/inbox", "https://c.example/inbox"])
            #expect(
                try await inboxes(by: .personal) == [
                    "https://b.example/users/ana/inbox", "https://b.example/users/ben/inbox",
                    "https://c.example/users/cleo/inbox",
                ])
        }
    }

    private func enqueue(_ body: String, by sender: Actor, to inboxes: [String], _ home: TestCommunity) async throws {
        try await home.database.transaction { transaction in
            let id = try await transaction.insertActivity(
                uri: home.community.addresses.activity(UUID()), actor: sender.id, kind: "Invite", audience: [],
                isPublic: false, body: body)
            for inbox in inboxes {
                try await JobQueue().enqueue(
                    NewJob(
                        kind: DeliverActivity.kind,
                        payload: ["activity": .string(String(id)), "inbox": .string(inbox)]),
                    in: transaction)
            }
        }
    }

    /// Runs deliveries until so many of what counts are there, and then until what was begun is written down.
    private func run(
        _ federation: TestFederation, pace: Double = 1, until count: Int, of counted: @Sendable () async throws -> Int
    ) async throws {
        let home = federation.home
        let runner = JobRunner(
            database: home.database, listener: Listener(home.database.settings, channels: [JobQueue.channel]),
            handlers: [
                DeliverActivity(
                    database: home.database, client: federation.client, keys: federation.keys,
                    actors: federation.remoteActors, schedule: DeliverySchedule(pace: pace),
                    health: HostHealth(database: home.database, pace: pace, logger: quietLogger), logger: quietLogger)
            ],
            capacity: 8, laneCapacity: 8, probeInterval: HostHealth.probeInterval(pace: pace), logger: quietLogger)
        let group = ServiceGroup(services: [runner], logger: quietLogger)
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            while try await counted() < count { await Task.yield() }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
