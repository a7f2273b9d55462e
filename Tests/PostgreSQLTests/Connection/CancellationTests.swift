@testable import PostgreSQL
import PostgresTesting
import Testing

struct CancellationTests {
    @Test func endsTheStatementAndKeepsTheConnection() async throws {
        try await withDatabase(poolSize: 1) { pool in
            let session: Int? = try await pool.row("select pg_backend_pid() as pid")?.get("pid")
            let clock = ContinuousClock()
            let sleeping = Task { try await pool.execute("select pg_sleep(60)") }
            try await waitForActivity(pool, "select pg_sleep(60)")
            let start = clock.now
            sleeping.cancel()
            await #expect(throws: PostgresError.cancelled) { try await sleeping.value }
            #expect(clock.now - start < .seconds(5))
            let after: Int? = try await pool.row("select pg_backend_pid() as pid")?.get("pid")
            #expect(after == session)
        }
    }

    @Test func rollsBackACancelledTransaction() async throws {
        try await withDatabase(poolSize: 1) { pool in
            try await pool.execute("create table t (n int)")
            let working = Task {
                try await pool.transaction { transaction in
                    try await transaction.execute("insert into t values (1)")
                    try await transaction.execute("select pg_sleep(60)")
                }
            }
            try await waitForActivity(pool, "select pg_sleep(60)")
            working.cancel()
            await #expect(throws: PostgresError.cancelled) { try await working.value }
            let count: Int? = try await pool.row("select count(*)::int as n from t")?.get("n")
            #expect(count == 0)
        }
    }

    /// Cancellations at every moment of a statement's life, on one connection: the next statement is never hit.
    @Test func neverHitsTheNextStatement() async throws {
        try await withDatabase(poolSize: 1) { pool in
            for round in 0..<300 {
                let short = Task { try await pool.execute("select pg_sleep(0.0005)") }
                for _ in 0..<round { await Task.yield() }
                short.cancel()
                let next = try await pool.execute("select 1")
                #expect(next == 1)
                do {
                    _ = try await short.value
                } catch let error as PostgresError {
                    #expect(error == .cancelled)
                }
            }
        }
    }

    @Test func distinguishesTheTimeLimitFromACancellation() async throws {
        try await withDatabase { database in
            var settings = database.settings
            settings.statementTimeout = .milliseconds(20)
            let pool = Pool(settings, size: 1)
            let error = await #expect(throws: PostgresError.self) { try await pool.execute("select pg_sleep(60)") }
            #expect(error?.state == .queryCanceled)
            await pool.close()
        }
    }
}
