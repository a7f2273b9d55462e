import Testing

@testable import Keys

@Suite struct Base64Tests {
    @Test(
        "both ways as in RFC 4648 section 10",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func agreesWithTheStandard(bytes: String, text: String) {
        #expect(Base64.encode(bytes.utf8) == text)
        #expect(Base64.decode(text.utf8) == Array(bytes.utf8))
        let unpadded = text.replacing("=", with: "")
        for alphabet in [Base64.Alphabet.unpadded, .urlSafe] {
            #expect(Base64.encode(bytes.utf8, as: alphabet) == unpadded)
            #expect(Base64.decode(unpadded.utf8, as: alphabet) == Array(bytes.utf8))
        }
    }

    @Test func alphabetsDifferInTwoCharacters() {
        let bytes: [UInt8] = [0xFB, 0xEF, 0xFF]
        #expect(Base64.encode(bytes) == "++//")
        #expect(Base64.encode(bytes, as: .urlSafe) == "--__")
        #expect(Base64.decode("--__".utf8) == nil)
        #expect(Base64.decode("++//".utf8, as: .urlSafe) == nil)
    }

    @Test(
        "refuses texts that another one stands for",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm9v====", "====", "=",
            "==",
            "Z===", "Zg==Zg==", "Zm=v", "Zm9\u{FC}", "Zm9v,", "Zg==\0",
        ])
    func refusesOtherTexts(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test func refusesPaddingWhereThereIsNone() {
        #expect(Base64.decode("Zg==".utf8, as: .urlSafe) == nil)
        #expect(Base64.decode("Zh".utf8, as: .urlSafe) == nil)
        #expect(Base64.decode("Zm9vY".utf8, as: .unpadded) == nil)
    }

    @Test func everyLengthSurvives() {
        for length in 0...100 {
            let bytes = SecureRandom.bytes(length)
            for alphabet in [Base64.Alphabet.standard, .unpadded, .urlSafe] {
                let text = Base64.encode(bytes, as: alphabet)
                #expect(Base64.decode(text.utf8, as: alphabet) == bytes)
            }
        }
    }
}
