import Testing

@testable import JSONTree

@Suite struct JSONParserTests {
    /// Text and what writing it again gives.
    @Test(arguments: [
        ("null", "null"), ("true", "true"), ("false", "false"), (" \t\r\n null \t\r\n ", "null"),
        ("\"\"", "\"\""), ("\"a\"", "\"a\""), ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""),
        ("\"\\u0061\\u0041\"", "\"aA\""), ("\"\\u00e9\\u00E9\"", "\"éé\""), ("\"\\u20AC\"", "\"€\""),
        ("\"\\uD83D\\uDE02\"", "\"😂\""), ("\"\\ud83d\\ude02x\"", "\"😂x\""), ("\"😂\"", "\"😂\""),
        ("\"\\uD800\\uDC00\"", "\"\u{10000}\""), ("\"\\uDBFF\\uDFFF\"", "\"\u{10FFFF}\""),
        ("\"\\uD7FF\\uE000\"", "\"\u{D7FF}\u{E000}\""),
        ("\"\\uFEFF\"", "\"\u{FEFF}\""), ("\"\u{FEFF}\"", "\"\u{FEFF}\""), ("\"\u{7F}\u{80}\"", "\"\u{7F}\u{80}\""),
        ("\"\\u2028\u{2029}\"", "\"\u{2028}\u{2029}\""), ("\"\\u0001\\u001f\"", "\"\\u0001\\u001f\""),
        ("\"e\\u0301\"", "\"e\u{301}\""), ("\"\\\\u0000\"", "\"\\\\u0000\""), ("\"/*x*/ //\"", "\"/*x*/ //\""),
        ("\"\\u002c\"", "\",\""), ("\"a\u{301}\u{302}\"", "\"a\u{301}\u{302}\""),
        ("0", "0"), ("-0", "-0"), ("1", "1"), ("-1", "-1"), ("10", "10"), ("1234567890", "1234567890"),
        ("0.0", "0.0"), ("-0.0", "-0.0"), ("1.0", "1.0"), ("1.50", "1.50"), ("0e0", "0e0"), ("0E+1", "0E+1"),
        ("1e2", "1e2"), ("1E2", "1E2"), ("1e+2", "1e+2"), ("1e-2", "1e-2"), ("1.5e007", "1.5e007"),
        ("-1.5E-07", "-1.5E-07"),
        ("1e400", "1e400"), ("-1e400", "-1e400"), ("1e-400", "1e-400"),
        ("0.4e99999999999999999999", "0.4e99999999999999999999"),
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775808", "9223372036854775808"), ("-9223372036854775809", "-9223372036854775809"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
        ("[]", "[]"), ("[ ]", "[]"), ("[1]", "[1]"), (" [ 1 , 2 ] ", "[1,2]"), ("[[],[[]]]", "[[],[[]]]"),
        ("[null,true,false,0,\"\",[],{}]", "[null,true,false,0,\"\",[],{}]"), ("[\n1\n,\n2]", "[1,2]"),
        ("{}", "{}"), ("{ }", "{}"), ("{\"a\":1}", "{\"a\":1}"), (" { \"a\" : 1 , \"b\" : 2 } ", "{\"a\":1,\"b\":2}"),
        ("{\"\":0}", "{\"\":0}"), ("{\"b\":1,\"a\":2}", "{\"b\":1,\"a\":2}"),
        ("{\"a\":{\"a\":{\"a\":[]}}}", "{\"a\":{\"a\":{\"a\":[]}}}"),
        ("{\"A\":1,\"a\":2}", "{\"A\":1,\"a\":2}"), ("{\"\\u0061\":1}", "{\"a\":1}"),
        ("{\"K\":1,\"\u{212A}\":2}", "{\"K\":1,\"\u{212A}\":2}"),
        ("{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
        ("{\"a\":null}", "{\"a\":null}"), ("{\"a b\\n\":1}", "{\"a b\\n\":1}"),
        ("{\"a\":[{\"b\":1},{\"b\":1}]}", "{\"a\":[{\"b\":1},{\"b\":1}]}"),
    ] as [(String, String)])
    func accepts(text: String, written: String) throws {
        let json = try JSON.parse(text)
        #expect(Array(json.serializedText().utf8) == Array(written.utf8))
        #expect(try JSON.parse(json.serialized()) == json)
    }

    @Test(arguments: [
        ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("n", .unexpectedEnd, 1), ("nul", .unexpectedEnd, 3),
        ("nulL", .unexpectedByte, 3), ("Null", .unexpectedByte, 0), ("TRUE", .unexpectedByte, 0),
        ("tru", .unexpectedEnd, 3),
        ("truth", .unexpectedByte, 3), ("fals", .unexpectedEnd, 4), ("undefined", .unexpectedByte, 0),
        ("nullx", .trailingBytes, 4),
        ("NaN", .unexpectedByte, 0), ("Infinity", .unexpectedByte, 0), ("-Infinity", .malformedNumber, 1),
        ("-NaN", .malformedNumber, 1),
        ("'a'", .unexpectedByte, 0), ("a", .unexpectedByte, 0), ("`a`", .unexpectedByte, 0),
        ("<null>", .unexpectedByte, 0),
        ("\u{A0}null", .unexpectedByte, 0), ("\u{C}null", .unexpectedByte, 0), ("\u{2060}null", .unexpectedByte, 0),
        ("null\u{B}", .trailingBytes, 4),
        ("// x\nnull", .unexpectedByte, 0), ("/**/null", .unexpectedByte, 0), ("null//", .trailingBytes, 4),
        ("# x", .unexpectedByte, 0),
        ("null null", .trailingBytes, 5), ("1 2", .trailingBytes, 2), ("[][]", .trailingBytes, 2),
        ("{}}", .trailingBytes, 2), ("\"a\"b", .trailingBytes, 3),
        ("-", .unexpectedEnd, 1), ("+1", .unexpectedByte, 0), ("++1", .unexpectedByte, 0),
        ("--1", .malformedNumber, 1), ("- 1", .malformedNumber, 1),
        ("01", .malformedNumber, 1), ("-01", .malformedNumber, 2), ("00", .malformedNumber, 1),
        ("00.5", .malformedNumber, 1), (".5", .unexpectedByte, 0), ("-.5", .malformedNumber, 1),
        ("1.", .unexpectedEnd, 2), ("1.e5", .malformedNumber, 2), ("[1.]", .malformedNumber, 3),
        ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3), ("1eE2", .malformedNumber, 2),
        ("1e1.5", .trailingBytes, 3), ("1.2.3", .trailingBytes, 3), ("1_000", .trailingBytes, 1),
        ("1,000", .trailingBytes, 1), ("0x1F", .trailingBytes, 1), ("1e5f", .trailingBytes, 3),
        ("1a", .trailingBytes, 1),
        ("\u{FF11}", .unexpectedByte, 0), ("1\u{FF11}", .trailingBytes, 1), ("2.e-3", .malformedNumber, 2),
        ("9.e+", .malformedNumber, 2), ("0e", .unexpectedEnd, 2),
        ("\"", .unexpectedEnd, 1), ("\"a", .unexpectedEnd, 2), ("\"\\", .unexpectedEnd, 2),
        ("\"\\\"", .unexpectedEnd, 3), ("\"a\nb\"", .controlCharacter, 2), ("\"\t\"", .controlCharacter, 1),
        ("\"\0\"", .controlCharacter, 1), ("\"\u{1F}\"", .controlCharacter, 1), ("\"\\a\"", .malformedEscape, 1),
        ("\"\\x41\"", .malformedEscape, 1), ("\"\\'\"", .malformedEscape, 1), ("\"\\U0041\"", .malformedEscape, 1),
        ("\"\\\n\"", .malformedEscape, 1), ("\"\\é\"", .malformedEscape, 1), ("\"\\0\"", .malformedEscape, 1),
        ("\"\\u\"", .malformedEscape, 3), ("\"\\u00\"", .malformedEscape, 5), ("\"\\u00g0\"", .malformedEscape, 5),
        ("\"\\u 041\"", .malformedEscape, 3), ("\"\\u+041\"", .malformedEscape, 3),
        ("\"\\u{41}\"", .malformedEscape, 3), ("\"\\u004", .unexpectedEnd, 6),
        ("\"\\u0000\"", .nulCharacter, 1), ("\"admin\\u0000x\"", .nulCharacter, 6),
        ("{\"actor\\u0000\":1}", .nulCharacter, 7),
        ("\"\\ud800\"", .loneSurrogate, 1), ("\"\\uDC00\"", .loneSurrogate, 1),
        ("\"\\uDFFF\\uD800\"", .loneSurrogate, 1), ("\"\\uD83D\\uD83D\"", .loneSurrogate, 1),
        ("\"\\ud83dx\"", .loneSurrogate, 1),
        ("\"\\ud83d\\n\"", .loneSurrogate, 1), ("\"\\ud83d\\u0041\"", .loneSurrogate, 1),
        ("\"\\uD800\\uE000\"", .loneSurrogate, 1), ("\"\\ud83d\\ude0\"", .malformedEscape, 12),
        ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("[,", .unexpectedByte, 1),
        ("[,1]", .unexpectedByte, 1), ("[1,]", .unexpectedByte, 3), ("[1,,2]", .unexpectedByte, 3),
        ("[1 2]", .unexpectedByte, 3), ("[1;2]", .unexpectedByte, 2), ("[1:2]", .unexpectedByte, 2),
        ("]", .unexpectedByte, 0), ("[1}", .unexpectedByte, 2), ("[\"a\"", .unexpectedEnd, 4),
        ("[(1)]", .unexpectedByte, 1), ("[...]", .unexpectedByte, 1),
        ("{", .unexpectedEnd, 1), ("}", .unexpectedByte, 0), ("{]", .unexpectedByte, 1),
        ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5), ("{\"a\":1", .unexpectedEnd, 6),
        ("{\"a\":1,", .unexpectedEnd, 7), ("{\"a\":1,}", .unexpectedByte, 7),
        ("{\"a\":1,,}", .unexpectedByte, 7), ("{\"a\"1}", .unexpectedByte, 4), ("{\"a\",1}", .unexpectedByte, 4),
        ("{\"a\"::1}", .unexpectedByte, 5), ("{\"a\":}", .unexpectedByte, 5), ("{:1}", .unexpectedByte, 1),
        ("{a:1}", .unexpectedByte, 1), ("{'a':1}", .unexpectedByte, 1),
        ("{1:1}", .unexpectedByte, 1), ("{null:1}", .unexpectedByte, 1), ("{\"a\":1 \"b\":2}", .unexpectedByte, 7),
        ("{\"a\":1]", .unexpectedByte, 6), ("{\"a\" b:1}", .unexpectedByte, 5), ("{\"a\":\"b", .unexpectedEnd, 7),
        ("{[]:1}", .unexpectedByte, 1),
        ("{\"a\":1,\"a\":1}", .duplicateKey, 7), ("{\"a\":1,\"\\u0061\":2}", .duplicateKey, 7),
        ("[{\"x\":{\"\":1,\"\":1}}]", .duplicateKey, 12), ("{\"é\":1,\"\\u00e9\":1}", .duplicateKey, 8),
    ] as [(String, JSONError.Reason, Int)])
    func refuses(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(reason: reason, offset: offset)) { try JSON.parse(text) }
    }

    @Test("Bytes that are no UTF-8 are refused where strings hold them", arguments: [
        [0x80], [0xBF], [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80],
        [0xE0, 0x9F, 0xBF],
        [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x82],
        [0xF0, 0x80, 0x80, 0x80],
        [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
        [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xFE], [0xFF], [0xC3, 0x5C, 0x6E], [0xE9],
    ] as [[UInt8]])
    func refusesInvalidUTF8(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSONError(reason: .invalidUTF8, offset: 1)) { try JSON.parse([0x20, quote] + bytes + [quote]) }
        #expect(throws: JSONError(reason: .invalidUTF8, offset: 0)) { try JSON.parse([quote, 0x5C, 0x6E] + bytes + [quote]) }
        #expect(throws: JSONError(reason: .invalidUTF8, offset: 1)) {
            try JSON.parse(Array("{\"".utf8) + bytes + Array("\":1}".utf8))
        }
        #expect(throws: JSONError(reason: .unexpectedByte, offset: 0)) { try JSON.parse(bytes) }
    }

    @Test(arguments: [
        ([0xEF, 0xBB, 0xBF, 0x31], .byteOrderMark), ([0xEF, 0xBB, 0xBF], .byteOrderMark),
        ([0xEF, 0xBB], .unexpectedByte),
        ([0xFE, 0xFF, 0x00, 0x31], .unexpectedByte), ([0xFF, 0xFE, 0x31, 0x00], .unexpectedByte),
        ([0x31, 0x00], .trailingBytes),
        ([0x00], .unexpectedByte), ([0x1E, 0x31, 0x0A], .unexpectedByte),
    ] as [([UInt8], JSONError.Reason)])
    func refusesOtherEncodings(bytes: [UInt8], reason: JSONError.Reason) {
        let error = #expect(throws: JSONError.self) { try JSON.parse(bytes) }
        #expect(error?.reason == reason)
    }

    @Test func acceptsNoncharacters() throws {
        let scalars = try JSON.parse(#""\uFFFF\uFFFE\uFDD0\uDBFF\uDFFF""#).string?.unicodeScalars.map(\.value)
        #expect(scalars == [0xFFFF, 0xFFFE, 0xFDD0, 0x10FFFF])
    }

    @Test func readsEveryKindOfBytes() throws {
        let bytes = Array("[1,\"é\"]".utf8)
        let expected: JSON = [1, "é"]
        #expect(try JSON.parse(bytes) == expected)
        #expect(try JSON.parse(bytes[...]) == expected)
        #expect(try JSON.parse(bytes.lazy.map { $0 }) == expected)
        #expect(try JSON.parse(bytes.span) == expected)
        #expect(try bytes.withUnsafeBytes { try JSON.parse($0) } == expected)
        #expect(throws: JSONError(reason: .trailingBytes, offset: 8)) { try JSON.parse((bytes + bytes).lazy.map { $0 }) }
    }
}
