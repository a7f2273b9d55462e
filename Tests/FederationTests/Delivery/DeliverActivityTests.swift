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
        + [408, 425, 429, 500, 503].map { ($0, Row(isDead: false, error: "answered \($0)", waits: true)) }
        + [(401, Row(isDead: false, error: "answered 401", waits: true))]
        + [302, 400, 403, 404, 410, 413, 415, 422].map {
            ($0, Row(isDead: true, error: "answered \($0)", waits: false))
        }

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
            try await run(federation, until: Self.statuses.count) { peer.requests().count }
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
                    schedule: DeliverySchedule(pace: pace), logger: quietLogger)
            ],
            capacity: 8, laneCapacity: 8, logger: quietLogger)
        let group = ServiceGroup(services: [runner], logger: quietLogger)
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            while try await counted() < count { await Task.yield() }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
