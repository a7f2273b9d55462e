import PostgreSQL
import PostgresTesting
import Testing

struct RowTests {
    private func row(_ sql: SQL) async throws -> Row {
        try #require(try await sharedPool().row(sql))
    }

    private func reason(_ read: () throws(PostgresError) -> Void) -> DecodingFailure.Reason? {
        do {
            try read()
            return nil
        } catch .decoding(let failure) {
            return failure.reason
        } catch {
            return nil
        }
    }

    @Test func readsByNameWithTheWantedType() async throws {
        let row = try await row("select 7 as number, 'x' as text, null::text as nothing")
        let number: Int = try row.get("number")
        let text: String? = try row.get("text")
        let nothing: String? = try row.get("nothing")
        #expect(number == 7)
        #expect(text == "x")
        #expect(nothing == nil)
    }

    @Test func tellsWhyAColumnCannotBeRead() async throws {
        let row = try await row("select null::int as nothing, 'x' as text, 1 as twice, 2 as twice, 300 as big")
        #expect(reason { () throws(PostgresError) in _ = try row.get("nothing", as: Int.self) } == .unexpectedNull)
        #expect(reason { () throws(PostgresError) in _ = try row.get("text", as: Int.self) } == .malformed)
        #expect(reason { () throws(PostgresError) in _ = try row.get("twice", as: Int.self) } == .ambiguousColumn)
        #expect(reason { () throws(PostgresError) in _ = try row.get("Nothing", as: Int?.self) } == .noSuchColumn)
        #expect(reason { () throws(PostgresError) in _ = try row.get("big", as: UInt8.self) } == .malformed)
    }

    @Test func wantsAtMostOneRow() async throws {
        let pool = try await sharedPool()
        let none = try await pool.row("select 1 where false")
        if none != nil { Issue.record("a row of nothing") }
        await #expect(throws: PostgresError.tooManyRows(3)) { try await pool.row("select generate_series(1, 3)") }
    }

    @Test func countsAffectedRows() async throws {
        try await withDatabase { pool in
            let created = try await pool.execute("create table t (n int)")
            let inserted = try await pool.execute("insert into t select generate_series(1, 5)")
            let updated = try await pool.execute("update t set n = 0 where n > \(3)")
            let deleted = try await pool.execute("delete from t where false")
            #expect([created, inserted, updated, deleted] == [0, 5, 2, 0])
        }
    }
}

