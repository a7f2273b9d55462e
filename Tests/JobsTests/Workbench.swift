import Foundation
import JSONTree
import PostgreSQL
import ServiceLifecycle
import Synchronization
import TestSupport

@testable import Jobs

extension TestCommunity {
    func enqueue(_ jobs: NewJob...) async throws {
        try await database.transaction { transaction in
            for job in jobs { try await JobQueue().enqueue(job, in: transaction) }
        }
    }

    /// Leases what a runner of the tests' kinds would, with so many free places.
    func claim(_ limit: Int = 100, kinds: [String] = ["work"], suspects: Bool = true, probe: Duration = .seconds(900))
        async throws -> [Job]
    {
        _ = try await JobQueue().endExpiredLeases(on: database)
        var book = LaneBook(capacity: limit, laneCapacity: 100)
        let start = ContinuousClock.now
        book.replace(with: try await JobQueue().waitingQueues(on: database), begunAt: start, now: start)
        var jobs: [Job] = []
        while true {
            let requests = book.requests(now: .now)
            guard !requests.isEmpty else { return jobs }
            let claimed = try await JobQueue().claim(
                requests, kinds: kinds, suspects: suspects, probeInterval: probe, on: database)
            book.took(claimed, for: requests, at: .now)
            jobs += claimed.jobs
        }
    }

    func finish(_ job: Job, _ outcome: JobOutcome) async throws {
        try await JobQueue().finish([(job, outcome)], on: database)
    }

    func makeAllDue() async throws { try await database.execute("update jobs set due_at = now()") }

    /// Writes how a host does.
    func host(
        _ host: String, failures: Int = 0, answered: Bool = true, closedFor seconds: Double? = nil,
        recovered: Double? = nil
    ) async throws {
        try await database.execute(
            """
            insert into hosts (host, known_since, failures, answered_at, closed_until, recovered_at)
            values (\(host), null, \(failures), case when \(answered) then now() end,
                now() + make_interval(secs => \(seconds)::float8),
                now() - make_interval(secs => \(recovered)::float8))
            on conflict (host) do update set failures = excluded.failures, answered_at = excluded.answered_at,
                closed_until = excluded.closed_until, recovered_at = excluded.recovered_at
            """)
    }

    func runOutLeases() async throws {
        try await database.execute("update jobs set leased_until = now() - interval '1 second'")
    }

    /// How often each job was begun, in the order of writing.
    func attempts() async throws -> [Int] {
        try await database.rows("select attempts from jobs order by id").map { try $0.get("attempts") }
    }

    /// What stands in the row of the only job.
    func onlyJob() async throws -> JobRow? {
        try await database.row(
            """
            select attempts, last_error, dead_at is not null as is_dead, lease is not null as is_leased,
                extract(epoch from due_at - now())::float8 as wait, deaths, history
            from jobs
            """
        ).map(JobRow.init)
    }
}

struct JobRow {
    let attempts: Int
    let lastError: String?
    let isDead: Bool
    let isLeased: Bool
    /// Seconds until it is due.
    let wait: Double
    let deaths: Int
    /// The reasons and notes of its history, oldest first.
    let history: [String]

    init(_ row: Row) throws {
        attempts = try row.get("attempts")
        lastError = try row.get("last_error")
        isDead = try row.get("is_dead")
        isLeased = try row.get("is_leased")
        wait = try row.get("wait")
        deaths = try row.get("deaths")
        history = (try json(try row.get("history")).list ?? []).map {
            [$0["reason"]?.string, $0["note"]?.string].compactMap(\.self).joined(separator: ": ")
        }
    }
}

extension NewJob {
    static func work(
        _ number: Int = 1, key: String? = nil, sequence: String? = nil, lane: String = "", priority: Int = 100,
        dueAt: Date? = nil
    ) -> NewJob {
        NewJob(
            kind: "work", payload: ["number": .int(number)], key: key, sequence: sequence, lane: lane,
            priority: priority, dueAt: dueAt)
    }
}

extension Job {
    var number: Int { payload["number"]?.int ?? 0 }
}

/// Does jobs of the kind `work` as the test says, and tells what was begun.
struct Worker: JobHandler {
    static let kind = "work"

    let work: @Sendable (Job) async -> JobOutcome

    init(_ work: @escaping @Sendable (Job) async -> JobOutcome) { self.work = work }

    func run(_ job: Job) async -> JobOutcome { await work(job) }
}

/// A runner that works while `body` runs and is stopped gracefully after it.
func withRunner(
    _ home: TestCommunity, _ worker: Worker, capacity: Int = 8, laneCapacity: Int = 8, count: Int = 1,
    listensTo channel: String = JobQueue.channel, _ body: (ServiceGroup) async throws -> Void
) async throws {
    let runners = (0..<count).map { _ in
        JobRunner(
            database: home.database, listener: Listener(home.database.settings, channels: [channel]),
            handlers: [worker], capacity: capacity, laneCapacity: laneCapacity, logger: quietLogger)
    }
    let group = ServiceGroup(services: runners, logger: quietLogger)
    try await withThrowingTaskGroup { tasks in
        tasks.addTask { try await group.run() }
        try await body(group)
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
    }
}

/// What workers did, awaited by tests.
final class Ledger: Sendable {
    private struct State {
        var entries: [Int] = []
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var entries: [Int] { state.withLock { $0.entries } }

    func write(_ entry: Int) {
        let ready = state.withLock { state in
            state.entries.append(entry)
            let ready = state.waiting.filter { $0.count <= state.entries.count }
            state.waiting.removeAll { $0.count <= state.entries.count }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    /// Returns when so many entries are written.
    func reaches(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.entries.count >= count { return true }
                state.waiting.append((count, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }
}
