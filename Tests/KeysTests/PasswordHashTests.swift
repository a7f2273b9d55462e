import Testing

@testable import Keys

@Suite struct PasswordHashTests {
    private static let salt = "AAAAAAAAAAAAAAAAAAAAAA"
    private static let key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    @Test func survivesStorage() throws {
        let text = "$scrypt$ln=14,r=8,p=2$\(Self.salt)$\(Self.key)"
        let hash = try #require(PasswordHash(storedText: text))
        #expect(hash.storedText == text)
        #expect(hash.isOutdated)
        #expect(hash.cost.costExponent == 14)
        #expect(hash.salt.count == 16 && hash.key.count == 32)
    }

    @Test(
        "refuses texts that it would not write, and costs nobody should pay",
        arguments: [
            "", "$", "$scrypt$", "scrypt$ln=15,r=8,p=1$\(salt)$\(key)",
            "$argon2id$ln=15,r=8,p=1$\(salt)$\(key)",
            "$scrypt$ln=30,r=8,p=1$\(salt)$\(key)", "$scrypt$ln=15,r=1024,p=1$\(salt)$\(key)",
            "$scrypt$ln=15,r=8,p=9999$\(salt)$\(key)", "$scrypt$ln=1,r=8,p=1$\(salt)$\(key)",
            "$scrypt$ln=-15,r=8,p=1$\(salt)$\(key)",
            "$scrypt$ln=99999999999999999999,r=8,p=1$\(salt)$\(key)",
            "$scrypt$r=8,ln=15,p=1$\(salt)$\(key)", "$scrypt$ln=15,r=8$\(salt)$\(key)",
            "$scrypt$ln=15,r=8,p=1,x=1$\(salt)$\(key)", "$scrypt$ln=,r=8,p=1$\(salt)$\(key)",
            "$scrypt$ln=15,r=8,p=1$\(salt)", "$scrypt$ln=15,r=8,p=1$$\(key)",
            "$scrypt$ln=15,r=8,p=1$\(salt)$", "$scrypt$ln=15,r=8,p=1$\(salt)$\(key)$",
            "$scrypt$ln=15,r=8,p=1$\(salt)==$\(key)", "$scrypt$ln=15,r=8,p=1$AAAA$\(key)",
            "$scrypt$ln=15,r=8,p=1$\(salt)$\(key)\n", "$scrypt$ln=15,r=8,p=1$\(salt)$AAAA",
            "$scrypt$ln=15,r=8,p=1$\(salt)$" + String(repeating: "A", count: 1 << 20),
        ])
    func refusesOtherTexts(text: String) {
        #expect(PasswordHash(storedText: text) == nil)
    }

    @Test func textualFormsShowNeitherSaltNorKey() throws {
        let hash = try #require(
            PasswordHash(storedText: "$scrypt$ln=15,r=8,p=1$\(Self.salt)$\(Self.key)"))
        var dumped = ""
        dump(hash, to: &dumped)
        for text in ["\(hash)", String(reflecting: hash), dumped] {
            #expect(!text.contains("AAAA") && !text.contains("UInt8"))
        }
    }
}
