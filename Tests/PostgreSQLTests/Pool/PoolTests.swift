@testable import PostgreSQL
import PostgresTesting
import Testing


struct PoolTests {
    @Test func lendsNoMoreThanItsSize() async throws {
        try await withDatabase(poolSize: 3) { pool in
            let sessions = Shared(Set<Int>())
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask {
                        let row = try await pool.row("select pg_backend_pid() as pid, pg_sleep(0.002)")
                        let session: Int? = try row?.get("pid")
                        sessions.withLock { _ = $0.insert(session ?? 0) }
                    }
                }
                try await group.waitForAll()
            }
            #expect((1...3).contains(sessions.value.count))
        }
    }

    /// A connection given back between somebody's asking and waiting is not forgotten.
    @Test func leavesNobodyWaitingWhileAConnectionIsFree() async throws {
        try await withDatabase(poolSize: 1) { pool in
            for _ in 0..<3000 {
                async let first: Void = borrow(pool)
                async let second: Void = borrow(pool)
                _ = try await (first, second)
            }
        }
    }

    @Test func servesInTheOrderOfAsking() async throws {
        try await withDatabase(poolSize: 1) { pool in
            let only = try await pool.lease()
            let served = Shared([Int]())
            try await withThrowingTaskGroup { group in
                for number in 0..<20 {
                    group.addTask {
                        let connection = try await pool.lease()
                        served.withLock { $0.append(number) }
                        pool.giveBack(connection, isReusable: true)
                    }
                    while pool.waiterCount <= number { await Task.yield() }
                }
                pool.giveBack(only, isReusable: true)
                try await group.waitForAll()
            }
            #expect(served.value == Array(0..<20))
        }
    }

    /// A sequence counts what was undone as well.
    @Test func runsAStatementAgainThatWasUndoneForAConflict() async throws {
        try await withDatabase { pool in
            try await pool.execute("create sequence tries")
            try await pool.execute(
                "do $$ begin if nextval('tries') < 3 then raise sqlstate '40P01'; end if; end $$")
            let tries: Int? = try await pool.row("select last_value from tries")?.get("last_value")
            #expect(tries == 3)
        }
    }

    @Test func refusesWhoWaitsTooLong() async throws {
        try await withDatabase { database in
            let limit = Duration.milliseconds(100)
            let pool = Pool(database.settings, size: 1, acquireTimeout: limit)
            let only = try await patientLease(pool)
            await #expect(throws: PostgresError.poolTimeout(after: limit)) { try await pool.execute("select 1") }
            pool.giveBack(only, isReusable: true)
            pool.giveBack(try await pool.lease(), isReusable: true)
            await pool.close()
        }
    }

    /// A lease that may take longer than the pool's limit, since a connection must be opened first.
    private func patientLease(_ pool: Pool) async throws -> Connection {
        while true {
            if let connection = try? await pool.lease() { return connection }
        }
    }

    @Test func letsACancelledTaskGoWithoutAConnection() async throws {
        try await withDatabase(poolSize: 1) { pool in
            let only = try await pool.lease()
            let waiting = Task { try await pool.execute("select 1") }
            while pool.waiterCount == 0 { await Task.yield() }
            waiting.cancel()
            await #expect(throws: PostgresError.cancelled) { try await waiting.value }
            #expect(pool.waiterCount == 0)
            pool.giveBack(only, isReusable: true)
        }
    }

    @Test func closesAfterTheLastLeaseAndRefusesNewOnes() async throws {
        try await withDatabase { database in
            let pool = Pool(database.settings, size: 2)
            let steps = Shared([String]())
            let lease = try await pool.lease()
            let closing = Task {
                await pool.close()
                steps.withLock { $0.append("closed") }
            }
            while !pool.isClosed { await Task.yield() }
            await #expect(throws: PostgresError.closed) { try await pool.execute("select 1") }
            steps.withLock { $0.append("returned") }
            pool.giveBack(lease, isReusable: true)
            await closing.value
            #expect(steps.value == ["returned", "closed"])
            await pool.close()
        }
    }

    @Test func failsClearlyWhereThereIsNoServer() async throws {
        let pool = Pool(ConnectionSettings(url: "host=/nonexistent.example dbname=x user=x"), size: 1)
        let error = await #expect(throws: PostgresError.self) { try await pool.execute("select 1") }
        #expect(error?.progress == .connecting)
        #expect(error?.isTransient == true)
        await pool.close()
    }

    private func borrow(_ pool: Pool) async throws {
        pool.giveBack(try await pool.lease(), isReusable: true)
    }
}
