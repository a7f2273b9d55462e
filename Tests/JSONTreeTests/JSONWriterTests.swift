import SeededRandom
import Testing

@testable import JSONTree

@Suite struct JSONWriterTests {
    @Test func escapesEveryControlCharacterAndNothingElse() throws {
        var short: [UInt32: String] = [8: "b", 9: "t", 10: "n", 12: "f", 13: "r", 0x22: "\"", 0x5C: "\\"]
        for code in UInt32(0)..<0x20 where short[code] == nil {
            let digits = String(code, radix: 16)
            short[code] = "u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        for code in UInt32(0)..<0x100 {
            let scalar = try #require(Unicode.Scalar(code))
            let expected = short[code].map { "\\" + $0 } ?? String(scalar)
            #expect(JSON.string("x\(scalar)y").serializedText().utf8.elementsEqual("\"x\(expected)y\"".utf8))
        }
        #expect(JSON.string("\u{2028}\u{2029}😂").serializedText() == "\"\u{2028}\u{2029}😂\"")
    }

    @Test func keysAreEscapedToo() {
        #expect((["a\"\n": 1] as JSON).serializedText() == #"{"a\"\n":1}"#)
    }

    @Test("Built values survive writing and reading", arguments: UInt64(0)..<300)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let json = generator.json()
        let bytes = json.serialized()
        let again = try JSON.parse(bytes)
        #expect(again == json)
        #expect(again.serialized() == bytes)
        let canonical = try #require(json.canonical())
        #expect(try JSON.parse(canonical).canonical() == canonical)
    }
}
