import Testing

@testable import Keys

@Suite struct Base58Tests {
    @Test(
        "both ways as in draft-msporny-base58-03 section 5",
        arguments: [
            (Array("Hello World!".utf8), "2NEpo7TZRRrLZSi2U"),
            (
                Array("The quick brown fox jumps over the lazy dog.".utf8),
                "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"
            ),
            ([0x00, 0x00, 0x28, 0x7F, 0xB4, 0xCD], "11233QC4"),
            ([], ""), ([0], "1"), ([0, 0, 0], "111"), ([0xFF], "5Q"), ([0x61], "2g"),
        ])
    func agreesWithTheDraft(bytes: [UInt8], text: String) {
        #expect(Base58.encode(bytes) == text)
        #expect(Base58.decode(text.utf8) == bytes)
    }

    @Test(arguments: ["0", "O", "I", "l", " 2g", "2g\n", "2g=", "é", "２"])
    func refusesForeignCharacters(text: String) {
        #expect(Base58.decode(text.utf8) == nil)
    }

    @Test func refusesMoreThanTheLimit() {
        let text = String(repeating: "z", count: 128)
        #expect(Base58.decode(text.utf8)?.count == 94)
        #expect(Base58.decode((text + "z").utf8) == nil)
        #expect(Base58.decode("2g".utf8, maximumLength: 1) == nil)
    }

    @Test func everyLengthSurvives() {
        for length in 0...80 {
            let bytes = [0, 0] + SecureRandom.bytes(length)
            #expect(Base58.decode(Base58.encode(bytes).utf8) == bytes)
        }
    }
}
