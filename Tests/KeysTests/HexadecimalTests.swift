import Testing

@testable import Keys

@Suite struct HexadecimalTests {
    @Test(
        "both ways as in RFC 4648 section 10",
        arguments: [
            ("", ""), ("f", "66"), ("fo", "666f"), ("foo", "666f6f"), ("foobar", "666f6f626172"),
        ])
    func agreesWithTheStandard(bytes: String, text: String) {
        #expect(Hexadecimal.encode(bytes.utf8) == text)
        #expect(Hexadecimal.decode(text.utf8) == Array(bytes.utf8))
        #expect(Hexadecimal.decode(text.uppercased().utf8) == Array(bytes.utf8))
    }

    @Test(arguments: ["6", "6g", "0x66", " 66", "66\n", "６６"])
    func refusesAnythingElse(text: String) {
        #expect(Hexadecimal.decode(text.utf8) == nil)
    }
}
