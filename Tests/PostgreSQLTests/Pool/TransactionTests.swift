import Foundation
import PostgreSQL
import PostgresTesting
import Testing

struct TransactionTests {
    private struct Refusal: Error {}

    private static let table = [
        Migration(number: 1, name: "t", sql: "create table t (n int primary key, v int not null default 0)")
    ]

    private func count(_ pool: Pool) async throws -> Int {
        try #require(try await pool.row("select count(*)::int as n from t")).get("n")
    }

    @Test func commitsWhatTheBodyDid() async throws {
        try await withDatabase(migrations: Self.table) { pool in
            let n = try await pool.transaction { transaction in
                try await transaction.execute("insert into t values (1)")
                return try await transaction.execute("insert into t values (2)")
            }
            #expect(n == 1)
            let stored = try await count(pool)
            #expect(stored == 2)
        }
    }

    @Test func rollsBackWhenTheBodyThrows() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            await #expect(throws: Refusal.self) {
                try await pool.transaction { transaction in
                    try await transaction.execute("insert into t values (1)")
                    throw Refusal()
                }
            }
            let stored = try await count(pool)
            #expect(stored == 0)
        }
    }

    @Test func neverCommitsAfterAHiddenFailure() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { transaction in
                    try await transaction.execute("insert into t values (1)")
                    _ = try? await transaction.execute("insert into t values (1)")
                }
            }
            #expect(error?.state == .uniqueViolation)
            let stored = try await count(pool)
            #expect(stored == 0)
        }
    }

    @Test func runsItsBodyOnTheThreadOfItsConnection() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            let threads = try await pool.transaction { transaction in
                var threads = [currentThread()]
                for number in 1...3 {
                    try await transaction.execute("insert into t values (\(number))")
                    threads.append(currentThread())
                }
                return Set(threads)
            }
            let again = try await pool.transaction { _ in currentThread() }
            #expect(threads == [again])
        }
    }

    @Test func doesWhatWasSubmittedBeforeTheNextStatementAndBeforeItsEnd() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            for number in 1...4 {
                let seen: Int = try await pool.transaction { transaction in
                    try await transaction.submit("insert into t values (\(number * 10))")
                    let row = try await transaction.row("select count(*)::int as n from t")
                    try await transaction.submit("insert into t values (\(number * 10 + 1))")
                    return try #require(row).get("n")
                }
                #expect(seen == number * 2 - 1)
            }
            let stored = try await count(pool)
            #expect(stored == 8)
        }
    }

    @Test func failsWithWhatWasSubmitted() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            for number in 1...4 {
                let atTheEnd = await #expect(throws: PostgresError.self) {
                    try await pool.transaction { transaction in
                        try await transaction.execute("insert into t values (\(number))")
                        try await transaction.submit("insert into t values (\(number))")
                        try await transaction.submit("insert into t values (\(number + 1000))")
                    }
                }
                #expect(atTheEnd?.state == .uniqueViolation)
                let atTheNext = await #expect(throws: PostgresError.self) {
                    try await pool.transaction { transaction in
                        try await transaction.submit("insert into t values (\(number)), (\(number))")
                        _ = try await transaction.rows("select 1 as a")
                    }
                }
                #expect(atTheNext?.state == .uniqueViolation)
            }
            let stored = try await count(pool)
            #expect(stored == 0)
        }
    }

    @Test func dropsWhatWasSubmittedWhenTheBodyThrows() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            for number in 1...4 {
                await #expect(throws: Refusal.self) {
                    try await pool.transaction { transaction in
                        if number > 2 { _ = try await transaction.rows("select 1 as a") }
                        try await transaction.submit("insert into t values (\(number))")
                        throw Refusal()
                    }
                }
            }
            // A plan that was never made is not relied upon.
            for number in 1...3 {
                try await pool.transaction { try await $0.submit("insert into t values (\(number))") }
            }
            let stored = try await count(pool)
            #expect(stored == 3)
        }
    }

    @Test func repeatsItselfAfterAConflictOfWhatWasSubmitted() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 2) { pool in
            try await pool.execute("insert into t values (1)")
            let attempts = Shared(0)
            try await pool.transaction(isolation: .serializable) { transaction in
                let row = try await transaction.row("select v from t where n = 1")
                if attempts.increment() == 1 {
                    // Somebody else, on a connection of their own.
                    try await Task.detached { try await pool.execute("update t set v = v + 1 where n = 1") }.value
                }
                let value: Int = try #require(row).get("v")
                try await transaction.submit("update t set v = \(value + 10) where n = 1")
            }
            #expect(attempts.value == 2)
            let value: Int = try #require(try await pool.row("select v from t where n = 1")).get("v")
            #expect(value == 11)
        }
    }

    @Test func plansOnceWhereThatIsAskedFor() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            let mode: String = try await pool.transaction(planning: .once) { transaction in
                try #require(try await transaction.row("show plan_cache_mode")).get("plan_cache_mode")
            }
            #expect(mode == "force_generic_plan")
            let after: String = try #require(try await pool.row("show plan_cache_mode")).get("plan_cache_mode")
            #expect(after == "auto")
        }
    }

    @Test func isUnusableAfterItsEnd() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            let kept = try await pool.transaction { $0 }
            await #expect(throws: PostgresError.transactionEnded) { try await kept.execute("insert into t values (1)") }
            try await pool.transaction { _ in
                await #expect(throws: PostgresError.transactionEnded) { try await kept.rows("select 1") }
            }
            let stored = try await count(pool)
            #expect(stored == 0)
        }
    }

    @Test(arguments: ["commit" as SQL, "rollback"])
    func noticesTextThatEndsIt(_ ending: SQL) async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            await #expect(throws: PostgresError.transactionEnded) {
                try await pool.transaction { try await $0.execute(ending) }
            }
            let stored = try await count(pool)
            #expect(stored == 0)
        }
    }

    @Test func discardsAConnectionThatWasLeftInATransaction() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            try await pool.execute("begin")
            try await pool.execute("insert into t values (1)")
            try await pool.execute("rollback")
            let stored = try await count(pool)
            #expect(stored == 1)
        }
    }

    @Test func refusesThePoolInsideItsOwnTransaction() async throws {
        try await withDatabase { pool in
            try await pool.transaction { _ in
                await #expect(throws: PostgresError.nestedUse) { try await pool.rows("select 1") }
                await #expect(throws: PostgresError.nestedUse) { try await pool.transaction { _ in } }
            }
            let later = try await pool.transaction { _ in
                Task { try await pool.transaction { try await $0.execute("select 1") } }
            }
            _ = await later.result
            let works = try await pool.transaction { try await $0.execute("select 1") }
            #expect(works == 1)
        }
    }

    @Test func runsAgainAfterSerializationFailures() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 4) { pool in
            try await pool.execute("insert into t values (1, 0)")
            let attempts = Shared(0)
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await pool.transaction(isolation: .serializable) { transaction in
                            attempts.increment()
                            let row = try #require(try await transaction.row("select v from t where n = 1"))
                            let value: Int = try row.get("v")
                            try await transaction.execute("update t set v = \(value + 1) where n = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let total: Int? = try await pool.row("select v from t")?.get("v")
            #expect(total == 4)
            #expect(attempts.value >= 4)
        }
    }

    @Test func givesUpAfterThreeRepetitions() async throws {
        try await withDatabase { pool in
            let attempts = Shared(0)
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { transaction in
                    attempts.increment()
                    try await transaction.execute("do $$ begin raise sqlstate '40P01'; end $$")
                }
            }
            #expect(error?.state == .deadlockDetected)
            #expect(attempts.value == 4)
        }
    }

    @Test func repeatsEvenIfTheBodyWrapsTheFailure() async throws {
        try await withDatabase { pool in
            let attempts = Shared(0)
            let value = try await pool.transaction { transaction in
                if attempts.increment() < 3 {
                    do {
                        try await transaction.execute("do $$ begin raise sqlstate '40001'; end $$")
                    } catch {
                        throw Refusal()
                    }
                }
                return 7
            }
            #expect(value == 7)
        }
    }

    @Test func obeysAccessAndTimeLimit() async throws {
        try await withDatabase(migrations: Self.table) { pool in
            let write = await #expect(throws: PostgresError.self) {
                try await pool.transaction(access: .readOnly) { try await $0.execute("insert into t values (1)") }
            }
            #expect(write?.state == .readOnlyTransaction)
            let slow = await #expect(throws: PostgresError.self) {
                try await pool.transaction(statementTimeout: .milliseconds(20)) {
                    try await $0.execute("select pg_sleep(60)")
                }
            }
            #expect(slow?.state == .queryCanceled)
            let limit: String? = try await pool.row("show statement_timeout")?.get("statement_timeout")
            #expect(limit == "5s")
        }
    }

    @Test func runsTheBodyAgainIfTheConnectionIsLostBeforeCommit() async throws {
        try await withDatabase(migrations: Self.table) { pool in
            let attempts = Shared(0)
            try await pool.transaction { transaction in
                try await transaction.execute("insert into t values (1)")
                if attempts.increment() == 1 {
                    try await transaction.execute("select pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(attempts.value == 2)
            let stored = try await count(pool)
            #expect(stored == 1)
        }
    }

    @Test func survivesASchemaChangeUnderPreparedPlans() async throws {
        try await withDatabase(migrations: Self.table, poolSize: 1) { pool in
            for _ in 0..<3 { try await pool.execute("select * from t") }
            try await pool.execute("alter table t add column extra text")
            try await pool.execute("select * from t")
            for _ in 0..<3 { try await pool.execute("select * from t") }
            try await pool.execute("alter table t add column more text")
            let rows = try await pool.transaction { try await $0.rows("select * from t") }
            #expect(rows.isEmpty)
        }
    }
}

/// Tells threads apart.
private func currentThread() -> ObjectIdentifier { ObjectIdentifier(Thread.current) }
