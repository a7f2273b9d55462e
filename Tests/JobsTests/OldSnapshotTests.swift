import Foundation
import PostgreSQL
import PostgresTesting
import TestSupport
import Testing

@testable import Jobs

/// The queue after much went through it while somebody looked at an old state of the database (R32).
struct OldSnapshotTests {
    /// The reference names ten million: `MENTORD_QUEUE_JOBS=10000000 swift test --filter OldSnapshotTests`, by hand.
    static let jobs = ProcessInfo.processInfo.environment["MENTORD_QUEUE_JOBS"].flatMap { Int($0) } ?? 30_000
    static let lanes = 300

    @Test("However much went through, the next jobs are claimed as fast as on the first day", .timeLimit(.minutes(60)))
    func staysFast() async throws {
        try await withCommunity { old in
            try await withSnapshot(of: old) {
                for begun in stride(from: 0, to: Self.jobs, by: 50_000) {
                    try await passThrough(min(50_000, Self.jobs - begun), in: old)
                }
            }
            try await vacuum(old)
            try await withCommunity { new in
                let (worn, fresh) = try await claimTimes(of: old, beside: new)
                print("claims after \(Self.jobs) jobs: p50 \(worn.p50), p99 \(worn.p99); new queue: p99 \(fresh.p99)")
                // On a machine with other work, which the new queue tells, it may take longer in proportion.
                #expect(worn.p99 < max(.milliseconds(20), fresh.p99 * 3))
            }
        }
    }

    /// Somebody looks at the state from before the work until it is done.
    private func withSnapshot(of home: TestCommunity, _ work: () async throws -> Void) async throws {
        let (opened, over) = (AsyncStream.makeStream(of: Void.self), AsyncStream.makeStream(of: Void.self))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await home.database.transaction(isolation: .repeatableRead) { transaction in
                    try await transaction.execute("set local idle_in_transaction_session_timeout = 0")
                    _ = try await transaction.row("select count(*) from jobs")
                    opened.continuation.finish()
                    for await _ in over.stream {}
                }
            }
            for await _ in opened.stream {}
            try await work()
            over.continuation.finish()
            try await group.waitForAll()
        }
    }

    /// Jobs of all lanes are written, leased and done.
    private func passThrough(_ count: Int, in home: TestCommunity) async throws {
        let start: Int64 = try #require(try await home.database.row("select next_id() as id")).get("id")
        let steps: [SQL] = [
            """
            insert into jobs (kind, payload, lane, priority)
            select 'work', '{}', 'host' || number % \(Self.lanes), 100 from generate_series(1, \(count)) number
            """,
            "update jobs set lease = gen_random_uuid(), leased_until = now(), attempts = 1 where id > \(start)",
            "delete from jobs where id > \(start)",
        ]
        for step in steps {
            try await home.database.transaction(statementTimeout: .zero) { _ = try await $0.execute(step) }
        }
    }

    /// As autovacuum does within a minute, and after millions of jobs for longer than a statement of ours may take.
    private func vacuum(_ home: TestCommunity) async throws {
        var settings = try await TestServer.shared.administratorSettings()
        settings.database = try await home.database.row("select current_database() as name")?.get("name")
        settings.statementTimeout = nil
        let pool = Pool(settings, size: 1)
        do {
            try await pool.execute("vacuum jobs")
        } catch {
            Issue.record(error)
        }
        await pool.close()
    }

    private func fill(_ home: TestCommunity) async throws {
        try await home.database.execute(
            """
            insert into jobs (kind, payload, lane, priority)
            select 'work', '{}', 'host' || number % \(Self.lanes), 100
            from generate_series(1, \(Self.lanes * 10)) number
            """)
    }

    private struct Times {
        var all: [Duration] = []
        var p50: Duration { all.sorted()[all.count / 2] }
        var p99: Duration { all.sorted()[all.count * 99 / 100] }

        mutating func measure(_ home: TestCommunity) async throws {
            let started = ContinuousClock.now
            let claimed = try await home.claim(16)
            all.append(.now - started)
            #expect(!claimed.isEmpty)
        }
    }

    /// How long it takes to fill 16 places, each time with a look at what waits, in turn in both.
    private func claimTimes(of old: TestCommunity, beside new: TestCommunity) async throws -> (Times, Times) {
        var times = (Times(), Times())
        for home in [old, new] { try await fill(home) }
        for _ in 0..<180 {
            try await times.0.measure(old)
            try await times.1.measure(new)
        }
        return times
    }
}
