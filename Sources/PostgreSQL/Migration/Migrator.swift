/// Brings a database's schema to where the program wants it.
///
/// Each migration runs in a transaction of its own, together with its line in `schema_migrations`, under a lock of
/// that transaction: several programs may migrate at once, and one that is killed leaves whole migrations only.
package struct Migrator: Sendable {
    private let migrations: [Migration]
    /// Key of the advisory lock, the letters of "mentord".
    private static let lock: Int64 = 0x6D_65_6E_74_6F_72_64

    /// Throws if the numbers are not 1, 2, 3 … in some order.
    package init(_ migrations: [Migration]) throws(MigrationError) {
        self.migrations = migrations.sorted { $0.number < $1.number }
        for (expected, migration) in zip(1..., self.migrations) where migration.number != expected {
            throw migration.number < expected ? .repeatedNumber(migration.number) : .missingNumber(expected)
        }
    }

    /// Applies what is missing; returns what this call applied.
    @discardableResult
    package func migrate(_ pool: Pool) async throws(MigrationError) -> [Migration] {
        var applied: [Migration] = []
        while let migration = try await applyNext(pool) { applied.append(migration) }
        return applied
    }

    /// What `migrate` would apply now, after the same checks; changes nothing.
    package func pending(_ pool: Pool) async throws(MigrationError) -> [Migration] {
        do {
            return try await pool.transaction(access: .readOnly) { try await pending(in: $0) }
        } catch {
            throw Self.migrationError(error)
        }
    }

    private func applyNext(_ pool: Pool) async throws(MigrationError) -> Migration? {
        do {
            return try await pool.transaction(statementTimeout: .zero) { transaction in
                try await transaction.execute("set local lock_timeout = 0")
                try await transaction.execute("select pg_advisory_xact_lock(\(Self.lock))")
                try await transaction.execute("set local lock_timeout to default")
                guard let next = try await pending(in: transaction).first else { return nil }
                try await apply(next, in: transaction)
                return next
            }
        } catch {
            throw Self.migrationError(error)
        }
    }

    private func apply(_ migration: Migration, in transaction: Transaction) async throws {
        if migration.number == 1 {
            try await transaction.execute(
                """
                create table schema_migrations (
                    number integer primary key,
                    name text not null,
                    checksum text not null,
                    applied_at timestamptz not null default now()
                )
                """)
        }
        do throws(PostgresError) {
            let before = try await transactionID(transaction)
            try await transaction.execute(script: migration.sql)
            guard try await transactionID(transaction) == before else { throw .transactionEnded }
        } catch .server(let error) where error.state.asksForRetry {
            throw PostgresError.server(error)
        } catch .connection(let failure) {
            throw PostgresError.connection(failure)
        } catch {
            throw MigrationError.failed(number: migration.number, name: migration.name, error)
        }
        try await transaction.execute(
            """
            insert into schema_migrations (number, name, checksum)
            values (\(migration.number), \(migration.name), encode(sha256(convert_to(\(migration.sql), 'UTF8')), 'hex'))
            """)
    }

    private func transactionID(_ transaction: Transaction) async throws(PostgresError) -> String? {
        try await transaction.row("select pg_current_xact_id()::text as id")?.get("id")
    }

    /// The migrations not yet applied, after comparing those that were with the program's.
    private func pending(in transaction: Transaction) async throws -> [Migration] {
        let exists = try await transaction.row("select to_regclass('schema_migrations') is not null as found")
        guard try exists?.get("found") == true else { return migrations }

        let rows = try await transaction.rows(
            """
            select number, applied.name, known.sql is not null as known,
                checksum is not distinct from encode(sha256(convert_to(known.sql, 'UTF8')), 'hex') as unchanged
            from schema_migrations as applied
            left join unnest(\(migrations.map(\.number))::integer[], \(migrations.map(\.sql))::text[])
                as known (number, sql) using (number)
            order by number
            """)
        for (expected, row) in zip(1..., rows) {
            let number: Int = try row.get("number")
            let name: String = try row.get("name")
            guard try row.get("known") else { throw MigrationError.databaseIsNewer(number: number, name: name) }
            guard number == expected else { throw MigrationError.skipped(number: expected) }
            guard try row.get("unchanged") else { throw MigrationError.changed(number: number, name: name) }
        }
        return Array(migrations.dropFirst(rows.count))
    }

    private static func migrationError(_ error: any Error) -> MigrationError {
        switch error {
        case let error as MigrationError: error
        case let error as PostgresError: .database(error)
        default: .database(.cancelled)
        }
    }
}
