import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Wire

@testable import Federation
@testable import Jobs

/// Deliveries of a community, taken and made step by step as a runner does, without waiting for a clock.
struct DeliveryBench: Sendable {
    let federation: TestFederation
    let mika: Actor
    let deliver: DeliverActivity
    let spread: SpreadActivity
    let health: HostHealth

    var home: TestCommunity { federation.home }
    var database: Pool { federation.home.database }

    /// The same database seen by another process, which remembers nothing.
    init(_ federation: TestFederation, mika: Actor, pageSize: Int = 500) {
        self.federation = federation
        self.mika = mika
        health = HostHealth(database: federation.home.database, logger: quietLogger)
        deliver = DeliverActivity(
            database: federation.home.database, client: federation.client,
            keys: SigningKeys(database: federation.home.database), actors: federation.remoteActors,
            schedule: DeliverySchedule(pace: 1), health: health, logger: quietLogger)
        spread = SpreadActivity(database: federation.home.database, logger: quietLogger, pageSize: pageSize)
    }

    /// An activity of Mika's, not sent to anybody yet.
    func activity(_ body: String = "{}") async throws -> Int64 {
        try await database.insertActivity(
            uri: home.community.addresses.activity(UUID()), actor: mika.id, kind: "Create", audience: [],
            isPublic: true, body: body)
    }

    /// Writes a delivery of a new activity to each inbox.
    func send(
        _ body: String = "{}", to inboxes: [String], forFollowers: Bool = false, priority: Int = 100
    ) async throws {
        let id = try await activity(body)
        try await database.transaction { transaction in
            for inbox in inboxes {
                try await JobQueue().enqueue(
                    DeliveryOrder(activity: id, inbox: try uri(inbox), followersOf: forFollowers ? mika.id : nil)
                        .job(sequence: "\(id) \(inbox)", priority: priority),
                    in: transaction)
            }
        }
    }

    /// Leases everything that a runner would take now.
    func claim(_ limit: Int = 1000) async throws -> [Job] {
        _ = try await JobQueue().endExpiredLeases(on: database)
        var book = LaneBook(capacity: limit, laneCapacity: 4)
        let start = ContinuousClock.now
        book.replace(with: try await JobQueue().waitingQueues(on: database), begunAt: start, now: start)
        let requests = book.requests(now: start)
        return try await JobQueue().claim(
            requests, kinds: [DeliverActivity.kind, SpreadActivity.kind], suspects: true, probeInterval: .seconds(900),
            on: database
        ).jobs
    }

    /// Takes what is due, does it and writes down what became of it; gives how many there were.
    @discardableResult
    func step(_ limit: Int = 1000) async throws -> Int {
        let jobs = try await claim(limit)
        for job in jobs {
            let outcome = job.kind == SpreadActivity.kind ? await spread.run(job) : await deliver.run(job)
            try await JobQueue().finish([(job, outcome)], on: database)
        }
        return jobs.count
    }

    /// Steps until nothing is due any more.
    @discardableResult
    func finish() async throws -> Int {
        var done = 0
        while case let count = try await step(), count > 0 { done += count }
        return done
    }

    func makeAllDue() async throws { try await database.execute("update jobs set due_at = now()") }

    /// The queue as an operator sees it.
    func queued(dead: Bool = false) async throws -> [QueuedJob] {
        try await JobQueue().jobs(dead: dead, lane: nil, limit: 100_000, on: database)
    }

    func host(_ host: String) async throws -> RemoteHost? {
        try await database.hosts(host, limit: 1).first
    }

    /// People of another server who follow Mika, written at once.
    func followers(_ count: Int, at host: String, sharedInbox: String?, from first: Int = 1) async throws {
        try await database.execute(
            """
            with people as (
                insert into actors (uri, kind, username, domain, inbox, shared_inbox)
                select 'http://' || \(host) || '/users/' || n, 'Person', 'p' || n, \(host),
                    'http://' || \(host) || '/users/' || n || '/inbox', \(sharedInbox)
                from generate_series(\(first)::int, \(first + count - 1)::int) as n
                returning id
            )
            insert into follows (follower_id, followed_id, uri, state)
            select id, \(mika.id), 'https://example.com/follows/' || id, 'accepted' from people
            """)
    }
}

/// Runs `body` with a community that delivers.
func withDeliveries(pageSize: Int = 500, _ body: (DeliveryBench) async throws -> Void) async throws {
    try await withFederation { federation in
        let mika = try await federation.home.person("mika").actor
        try await body(DeliveryBench(federation, mika: mika, pageSize: pageSize))
    }
}
