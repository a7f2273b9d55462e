import PostgresTesting
import Testing

@testable import PostgreSQL

struct ConnectionTests {
    @Test func startsWithItsSettingsSoThatNothingIsSetLater() async throws {
        try await withDatabase { pool in
            let names = [
                "application_name", "client_encoding", "TimeZone", "statement_timeout", "lock_timeout",
                "idle_in_transaction_session_timeout",
            ]
            let rows = try await pool.rows(
                "select name, setting, source from pg_settings where name = any(\(names))")
            let settings = try rows.map { row in
                "\(try row.get("name", as: String.self))=\(try row.get("setting", as: String.self))"
            }
            #expect(
                Set(settings) == [
                    "application_name=mentord", "client_encoding=UTF8", "idle_in_transaction_session_timeout=10000",
                    "lock_timeout=2000", "statement_timeout=5000", "TimeZone=UTC",
                ])
            for row in rows { #expect(try row.get("source", as: String.self) == "client") }
        }
    }

    @Test func keepsTheOptionsOfTheURL() async throws {
        try await withDatabase { database in
            var settings = database.settings
            settings.url += " options='-c work_mem=5MB' application_name=other"
            settings.lockTimeout = nil
            let pool = Pool(settings, size: 1)
            let row = try #require(
                try await pool.row(
                    """
                    select current_setting('work_mem') as memory, current_setting('lock_timeout') as lock,
                        current_setting('application_name') as name, current_setting('statement_timeout') as limit
                    """))
            let found = [
                try row.get("memory"), try row.get("lock"), try row.get("name"), try row.get("limit", as: String.self),
            ]
            #expect(found == ["5MB", "0", "other", "5s"])
            await pool.close()
        }
    }

    @Test func preparesAtTheSecondUseAndForgetsTheOldest() async throws {
        try await withDatabase { database in
            var settings = database.settings
            settings.preparedStatements = 2
            let pool = Pool(settings, size: 1)
            let texts: [SQL] = ["select 1", "select 2", "select 3"]
            for text in texts { for _ in 0..<3 { try await pool.execute(text) } }
            try await pool.execute("select 1")
            try await pool.execute("select 1")
            let prepared = try await pool.rows("select statement from pg_prepared_statements order by prepare_time")
                .map { try $0.get("statement", as: String.self) }
            #expect(prepared == ["select 3", "select 1"] || prepared == ["select 1"])
            await pool.close()
        }
    }

    @Test func preparesNothingWhereAPoolerForbidsIt() async throws {
        try await withDatabase { database in
            var settings = database.settings
            settings.preparedStatements = 0
            let pool = Pool(settings, size: 1)
            for _ in 0..<5 { try await pool.execute("select \(1)") }
            let prepared = try await pool.execute("select * from pg_prepared_statements")
            #expect(prepared == 0)
            await pool.close()
        }
    }

    @Test func getsOverALostPlan() async throws {
        try await withDatabase(poolSize: 1) { pool in
            for _ in 0..<3 { try await pool.execute("select \(1)") }
            try await pool.execute("deallocate all")
            let again = try await pool.execute("select \(1)")
            #expect(again == 1)
        }
    }

    @Test func givesUpTheConnectionOnCopy() async throws {
        try await withDatabase(poolSize: 1) { pool in
            try await pool.execute("create table t (n int)")
            for copy in ["copy t to stdout" as SQL, "copy t from stdin"] {
                let error = await #expect(throws: PostgresError.self) { try await pool.execute(copy) }
                #expect(error?.progress == .duringStatement)
            }
            let works = try await pool.execute("select 1")
            #expect(works == 1)
        }
    }
}
