import Testing

@testable import JSONTree

@Suite struct CanonicalTests {
    private func canonical(_ text: String) throws -> String {
        String(decoding: try #require(try JSON.parse(text).canonical()), as: UTF8.self)
    }

    @Test("RFC 8785 section 3.2.2 and its test data", arguments: [
        (
            #"{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001], "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#,
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
        ),
        (
            #"{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}"#,
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        ),
        (#"[ 56, { "d": true, "10": null, "1": [ ] } ]"#, #"[56,{"1":[],"10":null,"d":true}]"#),
        (
            #"{"1": {"f": {"f": "hi","F": 5} ,"\n": 56.0}, "10": { }, "": "empty", "a": { }, "111": [ {"e": "yes","E": "no" } ], "A": { }}"#,
            #"{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}"#
        ),
        (#"{"Unnormalized Unicode":"A\u030a"}"#, "{\"Unnormalized Unicode\":\"A\u{30a}\"}"),
        (
            #"{"peach": 1, "péché": 2, "pêche": 3, "sin": 4}"#, #"{"peach":1,"péché":2,"pêche":3,"sin":4}"#
        ),
    ])
    func vectors(text: String, expected: String) throws {
        #expect(try canonical(text).utf8.elementsEqual(expected.utf8))
    }

    @Test("RFC 8785 appendix B", arguments: [
        (0x0000000000000000, "0"), (0x8000000000000000, "0"), (0x0000000000000001, "5e-324"),
        (0x8000000000000001, "-5e-324"),
        (0x7fefffffffffffff, "1.7976931348623157e+308"), (0xffefffffffffffff, "-1.7976931348623157e+308"),
        (0x4340000000000000, "9007199254740992"), (0xc340000000000000, "-9007199254740992"),
        (0x4430000000000000, "295147905179352830000"),
        (0x44b52d02c7e14af5, "9.999999999999997e+22"), (0x44b52d02c7e14af6, "1e+23"),
        (0x44b52d02c7e14af7, "1.0000000000000001e+23"),
        (0x444b1ae4d6e2ef4e, "999999999999999700000"), (0x444b1ae4d6e2ef4f, "999999999999999900000"),
        (0x444b1ae4d6e2ef50, "1e+21"),
        (0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"), (0x3eb0c6f7a0b5ed8d, "0.000001"),
        (0x41b3de4355555553, "333333333.3333332"),
        (0x41b3de4355555554, "333333333.33333325"), (0x41b3de4355555555, "333333333.3333333"),
        (0x41b3de4355555556, "333333333.3333334"),
        (0x41b3de4355555557, "333333333.33333343"), (0xbecbf647612f3696, "-0.0000033333333333333333"),
        (0x43143ff3c1cb0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
    func numbers(bits: UInt64, expected: String) throws {
        let value = Double(bitPattern: bits)
        #expect(ECMAScriptNumber.text(value) == expected)
        #expect(JSON.double(value).canonical() == Array(expected.utf8))
        #expect(Double(expected) == value)
    }

    @Test(arguments: [
        ("-0", "0"), ("1.0", "1"), ("1e2", "100"), ("9007199254740993", "9007199254740992"), ("1e21", "1e+21"),
        ("123456789012345678901", "123456789012345680000"), ("1e-400", "0"), ("0.1", "0.1"), ("10", "10"),
        ("100000000000000000000", "100000000000000000000"),
    ])
    func literals(text: String, expected: String) throws {
        #expect(try canonical(text) == expected)
    }

    @Test func hasNoFormForNumbersBeyondDoubles() throws {
        #expect(try JSON.parse("[1e400]").canonical() == nil)
    }

    @Test("Keys sort by UTF-16, where pairs of surrogates come before U+E000")
    func keyOrder() throws {
        let sorted = try canonical(#"{"\ue000":1,"\ud83d\ude00":2,"z":3}"#)
        #expect(sorted.utf8.elementsEqual("{\"z\":3,\"😀\":2,\"\u{E000}\":1}".utf8))
    }
}
