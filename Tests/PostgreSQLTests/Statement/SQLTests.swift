import PostgreSQL
import PostgresTesting
import Testing

struct SQLTests {
    @Test func bindsValuesAndKeepsThemOutOfTheText() {
        let uri = "https://a.example/'; drop table actors; --"
        let sql: SQL = "select id from actors where uri = \(uri) and age > \(3)"
        #expect(sql.description == "select id from actors where uri = $1 and age > $2")
    }

    @Test func renumbersSplicedFragments() {
        let filter: SQL = "a = \(1) and b = \(2)"
        let sql: SQL = "select \(0) where \(filter) or \(filter) limit \(9)"
        #expect(sql.description == "select $1 where a = $2 and b = $3 or a = $4 and b = $5 limit $6")
    }

    @Test func joinsFragments() {
        let rows = SQL.joined([1, 2, 3].map { "(\($0))" as SQL })
        #expect(("insert into t values " + rows).description == "insert into t values ($1), ($2), ($3)")
        #expect(SQL.joined([]).description == "")
        #expect(SQL.joined(["a", "b"], separator: " and ").description == "a and b")
    }

    @Test func runsSplicedStatementsWithTheRightValues() async throws {
        let inner: SQL = "\("b") || \("c")"
        let row = try await sharedPool().row("select \("a") || \(inner) || \("d") as text")
        #expect(try row?.get("text") == "abcd")
    }

    @Test(arguments: [
        "'; drop table notes; --", "\\'; select 1; --", "$1", "\u{c0}'", "' union select 1 --", "E'\\x27'", "$$;$$",
        "%", "\\",
    ])
    func storesInjectionAttemptsVerbatim(_ attempt: String) async throws {
        try await withDatabase { pool in
            try await pool.execute("create table notes (body text)")
            try await pool.execute("insert into notes values (\(attempt))")
            let row = try await pool.row("select body from notes where body = \(attempt)")
            #expect(try row?.get("body") == attempt)
        }
    }

    @Test func refusesNULInsteadOfTruncating() async throws {
        let pool = try await sharedPool()
        for sql: SQL in ["select \("a\0b")", "select \(["x", "a\0b"])::text[]", "select \(String?.some("\0"))"] {
            await #expect(throws: PostgresError.encoding(.containsNUL)) { try await pool.rows(sql) }
        }
    }

    @Test func refusesMoreParametersThanTheProtocolHas() async throws {
        let pool = try await sharedPool()
        let many = SQL.joined((0...65_535).map { "\($0)" as SQL })
        await #expect(throws: PostgresError.encoding(.tooManyParameters)) { try await pool.rows("select \(many)") }
    }

    @Test func takesOneStatementOnly() async throws {
        let pool = try await sharedPool()
        let error = await #expect(throws: PostgresError.self) { try await pool.execute("select 1; select 2") }
        #expect(error?.state?.rawValue == "42601")
    }
}
