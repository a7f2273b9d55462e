import SeededRandom
import Testing

@testable import HTTPSignatures

/// RFC 9651 sections 3 and 4.2.
@Suite struct StructuredFieldParserTests {
    private func parse(_ text: String) throws(StructuredFieldError) -> [StructuredField.Member] {
        try StructuredFieldParser.dictionary(text.utf8, maximumLength: 1 << 20)
    }

    private func item(_ text: String) throws -> StructuredField.Item {
        guard case .item(let item)? = try parse("a=\(text)").first?.value else {
            throw StructuredFieldError.malformed
        }
        return item
    }

    @Test func readsTheExamplesOfTheStandard() throws {
        #expect(
            try parse("en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:") == [
                .init(key: "en", value: .item(.init(value: .string("Applepie")))),
                .init(
                    key: "da",
                    value: .item(.init(value: .bytes(Array("Æbletærte".utf8))))),
            ])
        #expect(
            try parse("a=?0, b, c; foo=bar") == [
                .init(key: "a", value: .item(.init(value: .boolean(false)))),
                .init(key: "b", value: .item(.init(value: .boolean(true)))),
                .init(
                    key: "c",
                    value: .item(
                        .init(value: .boolean(true), parameters: [.init(key: "foo", value: .token("bar"))]))),
            ])
        #expect(
            try parse("rating=1, feelings=(joy sadness)") == [
                .init(key: "rating", value: .item(.init(value: .integer(1)))),
                .init(
                    key: "feelings",
                    value: .innerList(
                        .init(items: [.init(value: .token("joy")), .init(value: .token("sadness"))]))),
            ])
        #expect(
            try parse("a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid") == [
                .init(
                    key: "a",
                    value: .innerList(.init(items: [.init(value: .integer(1)), .init(value: .integer(2))]))),
                .init(key: "b", value: .item(.init(value: .integer(3)))),
                .init(
                    key: "c",
                    value: .item(.init(value: .integer(4), parameters: [.init(key: "aa", value: .token("bb"))]))),
                .init(
                    key: "d",
                    value: .innerList(
                        .init(
                            items: [.init(value: .integer(5)), .init(value: .integer(6))],
                            parameters: [.init(key: "valid", value: .boolean(true))]))),
            ])
    }

    @Test(
        "reads values and writes them in their canonical form",
        arguments: [
            ("0", "0"), ("-0", "0"), ("00042", "42"), ("-42", "-42"), ("999999999999999", "999999999999999"),
            ("-999999999999999", "-999999999999999"), (#""""#, #""""#), (#""a\"b\\c""#, #""a\"b\\c""#),
            (#"" !~""#, #"" !~""#), ("*a", "*a"), ("a/b:c*!#$%&'+-.^_`|~9", "a/b:c*!#$%&'+-.^_`|~9"),
            ("Z", "Z"), ("?1", "?1"), ("?0", "?0"), ("::", "::"), (":aGVsbG8=:", ":aGVsbG8=:"),
            (":/+Ah:", ":/+Ah:"), ("1;a", "1;a"), ("1;a=?1", "1;a"), ("1;  a=?0;b=x;c=:AAAA:", "1;a=?0;b=x;c=:AAAA:"),
            ("()", "()"), ("(  )", "()"), ("( 1   2 )", "(1 2)"), ("(1;a 2;b=c);d", "(1;a 2;b=c);d"),
            ("(\"a b\" (", ""), ("1;*k_-.9=1", "1;*k_-.9=1"),
        ])
    func canonicalForms(text: String, canonical: String) throws {
        guard !canonical.isEmpty else {
            #expect(throws: StructuredFieldError.malformed) { try parse("a=\(text)") }
            return
        }
        let written =
            switch try #require(parse("a=\(text)").first).value {
            case .item(let item): item.serialized
            case .innerList(let list): list.serialized
            }
        #expect(written == canonical)
    }

    @Test(
        "takes space where the grammar has it",
        arguments: ["a=1,b=2", "a=1, b=2", "a=1\t,\t b=2", "  a=1 , b=2  ", "a=1   ,b=2\t"])
    func space(text: String) throws {
        #expect(try parse(text).map(\.key) == ["a", "b"])
    }

    @Test func nothingIsAnEmptyDictionary() throws {
        #expect(try parse("") == [])
        #expect(try parse("   ") == [])
    }

    @Test(
        "refuses everything else",
        arguments: [
            // Dictionaries.
            ",", "a,", "a=1,", "a=1, ", ",a=1", "a=1,,b=2", "a=1 b=2", "a=1;", "=1", "a==1", "a= 1", "a =1", "\ta=1",
            "A=1", "1=1", "-a=1", "_a=1", "a@=1", "é=1", "a=", "a=,b",
            // Numbers.
            "a=-", "a=--1", "a=+1", "a=1.5", "a=1.", "a=.5", "a=- 1", "a=1000000000000000", "a=-1000000000000000",
            "a=1e3", "a=0x1",
            // Strings.
            "a=\"", "a=\"b", "a=\"b\\", "a=\"b\\\"", "a=\"b\\n\"", "a=\"\t\"", "a=\"\0\"", "a=\"\u{7F}\"", "a=\"é\"",
            "a='b'", "a=\"b\"c", "a=\"b\" c",
            // Byte sequences.
            "a=:", "a=:AAAA", "a=:A:", "a=:AA:", "a=:AAA:", "a=:AA=A:", "a=:AA===:", "a=:AB==:", "a=:AA AA:",
            "a=:_-8=:", "a=:====:", "a=:AAAA:b",
            // Booleans, dates and display strings.
            "a=?", "a=?2", "a=?true", "a=? 1", "a=?1?", "a=@1", "a=%\"x\"",
            // Tokens.
            "a=b\"", "a=b(c", "a=é", "a={b}", "a=<b>",
            // Parameters.
            "a;", "a;B", "a;=1", "a;b=", "a ;b", "a;b =1", "a;b= 1", "a;\tb", "a;1=1",
            // Inner lists.
            "a=(", "a=(1", "a=(1 ", "a=)", "a=(1 2", "a=(1,2)", "a=(1\t2)", "a=(1)2", "a=((1))", "a=(\"b\"\"c\")",
            "a=(1;)", "a=(;b)", "a=())",
        ])
    func refusesTheRest(text: String) {
        #expect(throws: StructuredFieldError.malformed) { try parse(text) }
    }

    @Test(
        "refuses two of one key",
        arguments: [
            ("a=1, a=1", StructuredFieldError.duplicateMember), ("a, b, a=2", .duplicateMember),
            ("a=(), a", .duplicateMember), ("a;b;b", .duplicateParameter), ("a=1;b=1;c;b=2", .duplicateParameter),
            ("a=(1;b;b)", .duplicateParameter), ("a=(1);b;b=1", .duplicateParameter),
        ])
    func refusesTwice(text: String, error: StructuredFieldError) {
        #expect(throws: error) { try parse(text) }
    }

    @Test func takesOneKeyInDifferentPlaces() throws {
        #expect(try parse("a=(1;a 2;a);a, b;a").map(\.key) == ["a", "b"])
    }

    /// RFC 9651 section 3: what every parser has to support, and not one more.
    @Test func boundsCounts() throws {
        func members(_ count: Int) -> String { (0..<count).map { "a\($0)" }.joined(separator: ",") }
        func list(_ count: Int) -> String { "a=(" + (0..<count).map(String.init).joined(separator: " ") + ")" }
        func parameters(_ count: Int) -> String { "a" + (0..<count).map { ";a\($0)" }.joined() }
        for (text, tooMuch) in [
            (members(1024), members(1025)), (list(256), list(257)), (parameters(256), parameters(257)),
        ] {
            #expect(throws: Never.self) { try parse(text) }
            #expect(throws: StructuredFieldError.malformed) { try parse(tooMuch) }
        }
        let text = "a=\"\(String(repeating: "x", count: 1024))\""
        #expect(try StructuredFieldParser.dictionary(text.utf8, maximumLength: text.utf8.count).count == 1)
        #expect(throws: StructuredFieldError.tooLong) {
            try StructuredFieldParser.dictionary(text.utf8, maximumLength: text.utf8.count - 1)
        }
    }

    /// Sixteen times the text may take sixteen times as long, with room for a busy machine, but not 256 times.
    @Test(
        "takes linear time",
        arguments: [
            "a=\"x", "a=:AAAA", "a=x", " ", "a=( ", "a;  ", "a=1 \t", "a=\"\\\\", "aa", "a=(1 ",
        ])
    func linearTime(start: String) {
        func quickest(_ length: Int) -> Duration {
            let tail = Array(repeating: Array(start.utf8.suffix(2)), count: length / 2).flatMap(\.self)
            let text = Array(start.utf8) + tail
            let times = (0..<5).map { _ in
                ContinuousClock().measure { _ = try? StructuredFieldParser.dictionary(text, maximumLength: 1 << 22) }
            }
            return times.min() ?? .zero
        }
        #expect(quickest(320_000) < quickest(20_000) * 100 + .milliseconds(20))
    }

    /// Whatever can be read is written so that it is read as the same again.
    @Test(arguments: [21, 22, 23, 24] as [UInt64])
    func survivesNoise(seed: UInt64) {
        let pieces = [
            "a", "b=", "=", "1", "-", "(", ")", " ", "  ", "\t", ",", ", ", ";", ":", ":AAAA:", "?1", "?0", "\"",
            "\"x\"", "\\", "*", "tok/en", "é", "\0", "999999999999999", ".5", "@1", "%\"", "a=(1 \"b\";c=d);e",
        ].map { Array($0.utf8) }
        var generator = SeededGenerator(seed: seed)
        var readable = 0
        for round in 0..<5000 {
            let text =
                round.isMultiple(of: 2)
                ? (0..<Int.random(in: 0...12, using: &generator))
                    .flatMap { _ in pieces.randomElement(using: &generator) ?? [] }
                : mutate(
                    Array("sig1=(\"@method\" \"b\";c);created=1;keyid=\"x\", d=:AAAA:;e=?0".utf8), with: pieces,
                    using: &generator)
            guard let members = try? StructuredFieldParser.dictionary(text, maximumLength: 8192) else { continue }
            readable += 1
            let written = members.map { member in
                switch member.value {
                case .item(let item): "\(member.key)=\(item.serialized)"
                case .innerList(let list): "\(member.key)=\(list.serialized)"
                }
            }.joined(separator: ", ")
            #expect((try? parse(written)) == members, "\(written)")
        }
        #expect(readable > 100)
    }
}
