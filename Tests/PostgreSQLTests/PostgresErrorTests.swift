import PostgreSQL
import PostgresTesting
import Testing

struct PostgresErrorTests {
    private func serverError(_ pool: Pool, _ sql: SQL) async throws -> ServerError {
        let error = await #expect(throws: PostgresError.self) { try await pool.execute(sql) }
        guard case .server(let report)? = error else { throw error ?? .closed }
        return report
    }

    @Test func namesWhatWasViolated() async throws {
        try await withDatabase { pool in
            try await pool.execute(
                """
                create table people (
                    id int primary key, mail text not null unique, age int constraint adult check (age >= 18),
                    mentor int references people, during int4range, exclude using gist (during with &&)
                )
                """)
            try await pool.execute("insert into people values (1, 'a@example', 20, null, '[1,5)')")

            let unique = try await serverError(pool, "insert into people values (2, \("a@example"))")
            #expect(unique.state == .uniqueViolation)
            #expect(unique.constraint == "people_mail_key")
            #expect(unique.table == "people")
            let check = try await serverError(pool, "insert into people values (3, 'b', 3)")
            #expect(check.state == .checkViolation && check.constraint == "adult")
            let foreign = try await serverError(pool, "insert into people values (4, 'c', 30, 99)")
            #expect(foreign.state == .foreignKeyViolation && foreign.constraint == "people_mentor_fkey")
            let null = try await serverError(pool, "insert into people values (5, null)")
            #expect(null.state == .notNullViolation && null.column == "mail")
            let overlap = try await serverError(pool, "insert into people values (6, 'd', 30, null, '[4,9)')")
            #expect(overlap.state == .exclusionViolation)
        }
    }

    @Test(arguments: [
        ("select \("9223372036854775808")::bigint", "22003"), ("select \("x")::int", "22P02"),
        ("select \("2026-02-30")::date", "22008"), ("selekt 1", "42601"), ("select * from nowhere", "42P01"),
        ("select 1 / \(0)", "22012"),
    ] as [(SQL, String)])
    func passesOnTheStateOfBadInput(_ sql: SQL, _ state: String) async throws {
        #expect(try await serverError(sharedPool(), sql).state.rawValue == state)
    }

    @Test func showsNoValuesAndNoTextUnlessDebugging() async throws {
        try await withDatabase { pool in
            try await pool.execute("create table t (mail text primary key)")
            try await pool.execute("insert into t values (\("secret@example"))")
            let report = try await serverError(pool, "insert into t values (\("secret@example"))")
            let error = PostgresError.server(report)
            #expect(error.description == "PostgreSQL refused a statement: SQLSTATE 23505, constraint t_pkey, table t")
            #expect("\(error)" == error.description)
            #expect(String(reflecting: error).contains("secret@example"))
            #expect(String(reflecting: error).contains("insert into t values ($1)"))
        }
    }

    @Test func tellsTransientFromLasting() {
        func server(_ state: SQLState) -> PostgresError {
            .server(ServerError(state: state))
        }
        for state in [SQLState.serializationFailure, .deadlockDetected, .diskFull, .adminShutdown, .lockNotAvailable] {
            #expect(server(state).isTransient)
        }
        for state in [SQLState.uniqueViolation, .undefinedTable, .insufficientPrivilege] {
            #expect(!server(state).isTransient)
        }
        #expect(PostgresError.poolTimeout(after: .seconds(1)).isTransient)
        #expect(!PostgresError.encoding(.containsNUL).isTransient)
    }

    @Test func hidesThePasswordOfAMalformedURL() async throws {
        let settings = ConnectionSettings(url: "postgresql://me:sec%ret@host:port/db?nonsense")
        #expect(!"\(settings)".contains("sec") && !String(reflecting: settings).contains("sec"))
        #expect(!String(describing: Mirror(reflecting: settings).children.map(\.value)).contains("sec"))
        let pool = Pool(settings, size: 1)
        let error = await #expect(throws: PostgresError.malformedURL) { try await pool.execute("select 1") }
        #expect(error.map { String(reflecting: $0).contains("sec") } == false)
    }
}
