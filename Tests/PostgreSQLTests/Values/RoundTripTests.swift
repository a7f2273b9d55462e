import Foundation
import PostgreSQL
import PostgresTesting
import SeededRandom
import Testing

/// What is bound comes back the same, through a real server.
struct RoundTripTests {
    private static let oddStrings = [
        "", " ", "'", "''", "\"", "\\", "\\\\", "\\'", "$1", "$$", "--", "/*", "; drop table x", "{}", "{a,b}",
        "NULL", "null", ",", "\n", "\r\n", "\t", "\u{7f}", "é", "e\u{301}", "👩‍👩‍👧", "\u{202e}", "\u{feff}", "\u{10ffff}",
        "%s%d", "${x}", "\u{1}", "' or 1=1 --", String(repeating: "ä\"\\", count: 10_000),
    ]

    @Test(arguments: oddStrings)
    func keepsTextByteForByte(_ text: String) async throws {
        let read: String = try await roundTrip(text, "text")
        #expect(Array(read.utf8) == Array(text.utf8))
    }

    @Test func keepsGeneratedStringsAndArrays() async throws {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("ab\"\\,{} \n'é👍NUL$").map(String.init)
        try await withDatabase { pool in
            for _ in 0..<200 {
                let array = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                    (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                        alphabet.randomElement(using: &generator) ?? ""
                    }.joined()
                }
                let row = try await pool.row("select \(array)::text[] as v, \(array.joined()) as joined")
                #expect(try row?.get("v") == array)
                #expect(try row?.get("joined") == array.joined())
            }
        }
    }

    @Test(arguments: [0, 1, -1, .max, .min])
    func keepsIntegers(_ number: Int) async throws {
        #expect(try await roundTrip(number, "bigint") == number)
        #expect(try await roundTrip(Int64(number), "bigint") == Int64(number))
        let small = Int16(truncatingIfNeeded: number)
        #expect(try await roundTrip(small, "smallint") == small)
        let medium = Int32(truncatingIfNeeded: number)
        #expect(try await roundTrip(medium, "integer") == medium)
    }

    @Test(arguments: [
        0, -0.0, 1.1, 1e-300, .pi, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude,
    ])
    func keepsDoublesExactly(_ number: Double) async throws {
        let read: Double = try await roundTrip(number, "double precision")
        #expect(read.bitPattern == number.bitPattern)
    }

    @Test func keepsNotANumber() async throws {
        let read: Double = try await roundTrip(Double.nan, "double precision")
        #expect(read.isNaN)
    }

    @Test func keepsBooleansUUIDsAndBytes() async throws {
        for flag in [true, false] { #expect(try await roundTrip(flag, "boolean") == flag) }
        let id = UUID()
        #expect(try await roundTrip(id, "uuid") == id)
        let bytes = (0...255).map(UInt8.init)
        #expect(try await roundTrip(bytes, "bytea") == bytes)
        #expect(try await roundTrip([UInt8](), "bytea") == [UInt8]())
        #expect(try await roundTrip([UInt8(0)], "bytea") == [UInt8(0)])
    }

    @Test func keepsArrays() async throws {
        let texts = Self.oddStrings
        #expect(try await roundTrip(texts, "text[]") == texts)
        #expect(try await roundTrip(["a", nil, "NULL", "", "null"], "text[]") == ["a", nil, "NULL", "", "null"])
        #expect(try await roundTrip([String](), "text[]") == [String]())
        #expect(try await roundTrip([Int.min, 0, .max], "bigint[]") == [Int.min, 0, .max])
        #expect(try await roundTrip([Int64(4)], "bigint[]") == [Int64(4)])
        let ids = [UUID(), UUID()]
        #expect(try await roundTrip(ids, "uuid[]") == ids)
        #expect(try await roundTrip([true, false], "boolean[]") == [true, false])
        let dates = [Date(timeIntervalSinceReferenceDate: 0.000001), Date(timeIntervalSinceReferenceDate: -1)]
        #expect(try await roundTrip(dates, "timestamptz[]") == dates)
    }

    @Test func keepsNullApartFromEmpty() async throws {
        #expect(try await roundTrip(String?.none, "text") == String?.none)
        #expect(try await roundTrip(String?.some(""), "text") == String?.some(""))
        #expect(try await roundTrip(Date?.none, "timestamptz") == Date?.none)
        #expect(try await roundTrip([Int]?.none, "bigint[]") == [Int]?.none)
        #expect(try await roundTrip([UInt8]?.none, "bytea") == [UInt8]?.none)
    }

    @Test func keepsJSONAsText() async throws {
        let read: String = try await roundTrip(#"{"a": "é\n", "b": [1, null]}"#, "jsonb")
        #expect(read == #"{"a": "é\n", "b": [1, null]}"#)
    }

    @Test func takesRawRepresentables() async throws {
        #expect(try await roundTrip(Colour.green, "text") == Colour.green)
        #expect(try await roundTrip(Level(rawValue: 7), "bigint") == Level(rawValue: 7))
        #expect(try await roundTrip([Colour.green, .red], "text[]") == [Colour.green, .red])
        await #expect(throws: PostgresError.self) {
            let _: Colour = try await roundTrip("blue", "text")
        }
    }

    private func roundTrip<Bound: SQLEncodable, Read: SQLDecodable>(_ value: Bound, _ type: SQL) async throws -> Read {
        let row = try await sharedPool().row("select \(value)::\(type) as value")
        return try #require(row).get("value")
    }
}

private enum Colour: String, SQLArrayElement {
    case red, green
}

private struct Level: RawRepresentable, Equatable, SQLEncodable, SQLDecodable {
    let rawValue: Int
}
