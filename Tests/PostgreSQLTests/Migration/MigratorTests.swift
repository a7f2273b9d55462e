import PostgresTesting
import Testing

@testable import PostgreSQL

struct MigratorTests {
    private static let first = Migration(number: 1, name: "people", sql: "create table people (id int primary key);")
    private static let second = Migration(
        number: 2, name: "notes", sql: "create table notes (id int); insert into people values (1); -- é 'x'\n")
    private static let third = Migration(number: 3, name: "more", sql: "insert into people values (3)")

    private func applied(_ pool: Pool) async throws -> [Int] {
        try await pool.rows("select number from schema_migrations order by number").map { try $0.get("number") }
    }

    @Test func appliesEachOnceInOrder() async throws {
        try await withDatabase { pool in
            let some = try Migrator([Self.second, Self.first])
            let pending = try await some.pending(pool)
            #expect(pending == [Self.first, Self.second])
            let now = try await some.migrate(pool)
            #expect(now == [Self.first, Self.second])
            let again = try await some.migrate(pool)
            #expect(again == [])
            let all = try Migrator([Self.first, Self.second, Self.third])
            let rest = try await all.migrate(pool)
            #expect(rest == [Self.third])
            let numbers = try await applied(pool)
            #expect(numbers == [1, 2, 3])
        }
    }

    @Test func recordsTheChecksumOfTheText() async throws {
        try await withDatabase { pool in
            try await Migrator([Self.first]).migrate(pool)
            let row = try #require(
                try await pool.row(
                    """
                    select name, checksum, applied_at between now() - interval '1 hour' and now() as recent
                    from schema_migrations
                    """
                ))
            #expect(try row.get("name") == "people")
            // printf %s "$sql" | sha256sum
            #expect(try row.get("checksum") == "80d825aba7669476bb8ef859964dd4334494080dcbb0688d00a36f65e93d0a7a")
            #expect(try row.get("recent"))
        }
    }

    @Test func refusesRepeatedAndMissingNumbers() {
        #expect(throws: MigrationError.repeatedNumber(1)) { try Migrator([Self.first, Self.first]) }
        #expect(throws: MigrationError.missingNumber(2)) { try Migrator([Self.first, Self.third]) }
        #expect(throws: MigrationError.missingNumber(1)) { try Migrator([Self.second]) }
    }

    @Test func refusesAChangedText() async throws {
        try await withDatabase { pool in
            try await Migrator([Self.first, Self.second]).migrate(pool)
            let changed = Migration(number: 2, name: "notes", sql: Self.second.sql + " ")
            let error = await #expect(throws: MigrationError.changed(number: 2, name: "notes")) {
                try await Migrator([Self.first, changed, Self.third]).migrate(pool)
            }
            #expect(error?.description.contains("migration 2 (notes)") == true)
            let numbers = try await applied(pool)
            #expect(numbers == [1, 2])
        }
    }

    @Test func refusesANewerDatabase() async throws {
        try await withDatabase { pool in
            try await Migrator([Self.first, Self.second]).migrate(pool)
            await #expect(throws: MigrationError.databaseIsNewer(number: 2, name: "notes")) {
                try await Migrator([Self.first]).migrate(pool)
            }
        }
    }

    @Test func refusesADatabaseWithASkippedMigration() async throws {
        try await withDatabase { pool in
            try await Migrator([Self.first, Self.second]).migrate(pool)
            try await pool.execute("delete from schema_migrations where number = 1")
            await #expect(throws: MigrationError.skipped(number: 1)) {
                try await Migrator([Self.first, Self.second]).migrate(pool)
            }
        }
    }

    @Test func rollsBackAFailedMigrationWhole() async throws {
        try await withDatabase { pool in
            let broken = Migration(number: 2, name: "broken", sql: "create table half (id int); select nonsense;")
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator([Self.first, broken]).migrate(pool)
            }
            guard case .failed(number: 2, name: "broken", _)? = error else { throw error ?? .missingNumber(0) }
            let row = try await pool.row("select to_regclass('half') is null as gone")
            #expect(try row?.get("gone") == true)
            let numbers = try await applied(pool)
            #expect(numbers == [1])
        }
    }

    @Test(arguments: [
        "create table a (); commit;", "create table a (); rollback;", "create table a (); commit; begin;",
        "create table a ();\0",
    ])
    func refusesTextThatEndsTheTransactionOrItself(_ sql: String) async throws {
        try await withDatabase { pool in
            await #expect(throws: MigrationError.self) {
                try await Migrator([Migration(number: 1, name: "a", sql: sql)]).migrate(pool)
            }
        }
    }

    @Test func letsSeveralProgramsMigrateAtOnce() async throws {
        try await withDatabase { database in
            let migrations = [Self.first, Self.second, Self.third].map {
                Migration(number: $0.number, name: $0.name, sql: $0.sql + "; select pg_sleep(0.05)")
            }
            let counts = try await withThrowingTaskGroup { group in
                for _ in 0..<5 {
                    group.addTask {
                        let pool = Pool(database.settings, size: 1)
                        let applied = try await Migrator(migrations).migrate(pool)
                        await pool.close()
                        return applied.count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(counts == 3)
            let numbers = try await applied(database)
            #expect(numbers == [1, 2, 3])
        }
    }

    /// The session of the migrating program is ended at whatever moment; a later run completes the schema.
    @Test func leavesWholeMigrationsWhenItsSessionsAreEnded() async throws {
        let migrations = (1...20).map { number in
            Migration(
                number: number, name: "step",
                sql: "create table a\(number) (); select pg_sleep(0.002); create table b\(number) ();")
        }
        try await withDatabase { watcher in
            try await Migrator(Array(migrations.prefix(1))).migrate(watcher)
            for _ in 0..<10 {
                let pool = Pool(watcher.settings, size: 1)
                let isOver = Shared(false)
                let migrating = Task {
                    defer { isOver.withLock { $0 = true } }
                    try await Migrator(migrations).migrate(pool)
                }
                var ended = 0
                while ended < 3, !isOver.value {
                    ended += try await watcher.execute(
                        """
                        select pg_terminate_backend(pid, 5000) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
                            and query like '%create table%'
                        """)
                }
                _ = await migrating.result
                await pool.close()
                let row = try await watcher.row(
                    """
                    select count(*) filter (where relname ~ '^a[0-9]') as a,
                        count(*) filter (where relname ~ '^b[0-9]') as b,
                        (select count(*) from schema_migrations) as recorded
                    from pg_class where relkind = 'r'
                    """)
                let recorded: Int? = try row?.get("recorded")
                #expect(try row?.get("a") == recorded)
                #expect(try row?.get("b") == recorded)
            }
            try await Migrator(migrations).migrate(watcher)
            let numbers = try await applied(watcher)
            #expect(numbers == Array(1...20))
        }
    }
}
