import Foundation
import PostgreSQL
import PostgresTesting
import SeededRandom
import Testing

struct DateTests {
    @Test(arguments: [
        ("2026-03-01 09:30:00.25+00", 794_050_200.25),
        ("2001-01-01 00:00:00+00", 0),
        ("2000-12-31 23:59:59.999999+00", -0.000001),
        ("2024-02-29 12:00:00+05:30", 730_881_000),
        ("1969-12-31 19:00:00-05", -978_307_200),
        ("0001-01-01 00:00:00+00", -63_113_904_000),
        ("0001-12-31 23:59:59+00 BC", -63_113_904_001),
        ("12026-01-01 00:00:00+00", 316_358_438_400),
    ])
    func readsServersFormat(_ text: String, _ seconds: Double) throws {
        let date = try #require(Date(sqlText: text))
        #expect(abs(date.timeIntervalSinceReferenceDate - seconds) < 0.0000001)
    }

    @Test(arguments: [
        "infinity", "-infinity", "", "2026", "2026-01-01", "2026-13-01 00:00:00+00", "2026-01-01 00:00:00",
        "2026-01-01 00:00:00.+00", "2026-01-01 00:00:00.1234567+00", "2026-01-01 00:00:00+00 AD",
        "9999999-01-01 00:00:00+00", "2026-01-01 24:00:00+00", "2026-01-01 00:00:00+00x", "é026-01-01 00:00:00+00",
    ])
    func refusesWhatIsNoMoment(_ text: String) {
        #expect(Date(sqlText: text) == nil)
    }

    @Test func refusesBothInfinitiesFromTheServer() async throws {
        for infinity in ["infinity", "-infinity"] {
            let row = try #require(try await sharedPool().row("select \(infinity)::timestamptz as at"))
            #expect { let _: Date = try row.get("at") } throws: { error in
                guard case PostgresError.decoding(let failure)? = error as? PostgresError else { return false }
                return failure.reason == .malformed && failure.column == "at" && failure.expected == "Date"
            }
        }
    }

    /// The server's own arithmetic is the judge: microseconds since its epoch, 2000-01-01.
    @Test func agreesWithTheServerToTheMicrosecond() async throws {
        var generator = SeededGenerator(seed: 11)
        let microseconds = (0..<2000).map { _ in
            Int.random(in: -4_000_000_000_000_000...4_000_000_000_000_000, using: &generator)
        }
        let dates = microseconds.map { Date(timeIntervalSinceReferenceDate: Double($0) / 1_000_000) }
        let rows = try await sharedPool().rows(
            """
            select given, given = \(Date(timeIntervalSinceReferenceDate: 0)) + micro * interval '1 microsecond' as equal
            from unnest(\(dates)::timestamptz[], \(microseconds)::bigint[]) with ordinality as t (given, micro, place)
            order by place
            """)
        #expect(rows.count == 2000)
        for (row, date) in zip(rows, dates) {
            #expect(try row.get("equal"))
            #expect(try row.get("given") == date)
        }
    }

    @Test func agreesWithTheServerOverItsWholeRange() async throws {
        var generator = SeededGenerator(seed: 13)
        let seconds = (0..<2000).map { _ in Int.random(in: -210_000_000_000...9_000_000_000_000, using: &generator) }
        let dates = seconds.map { Date(timeIntervalSinceReferenceDate: Double($0)) }
        let rows = try await sharedPool().rows(
            """
            select given, extract(epoch from given - timestamptz '2001-01-01 00:00:00+00') = second as equal
            from unnest(\(dates)::timestamptz[], \(seconds)::bigint[]) with ordinality as t (given, second, place)
            order by place
            """)
        for (row, date) in zip(rows, dates) {
            #expect(try row.get("equal"))
            #expect(try row.get("given") == date)
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, 9.3e12, -3e11])
    func refusesToSendWhatTheServerCannotHold(_ seconds: Double) async throws {
        let date = Date(timeIntervalSinceReferenceDate: seconds)
        #expect(date.sqlText == .unencodable(.dateOutOfRange))
        let pool = try await sharedPool()
        await #expect(throws: PostgresError.self) { try await pool.rows("select \(date)") }
    }

    @Test func readsEverySessionInUTC() async throws {
        let row = try await sharedPool().row(
            "select current_setting('TimeZone') as zone, current_setting('DateStyle') as style")
        #expect(try row?.get("zone") == "UTC")
        #expect(try row?.get("style", as: String.self).hasPrefix("ISO") == true)
    }
}
