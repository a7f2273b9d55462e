import Testing

@testable import Keys

@Suite struct DigestTests {
    /// FIPS 180-4 examples.
    static let examples: [(message: String, sha256: String, sha512: String)] = [
        (
            "abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba"
                + "3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            "",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff83"
                + "18d2877eec2f63b931bd47417a81a538327af927da3e"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0"
                + "432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"
        ),
    ]

    @Test(arguments: examples)
    func hashesAtOnce(message: String, sha256: String, sha512: String) {
        #expect(Hexadecimal.encode(Digest.sha256(message.utf8)) == sha256)
        #expect(Hexadecimal.encode(Digest.sha512(message.utf8)) == sha512)
    }

    @Test(arguments: examples, [1, 63, 64, 65, 4096])
    func hashesInPieces(
        example: (message: String, sha256: String, sha512: String),
        pieceLength: Int
    ) {
        guard pieceLength > 1 || example.message.count < 1000 else { return }
        var sha256 = IncrementalDigest(.sha256)
        var sha512 = IncrementalDigest(.sha512)
        var rest = Array(example.message.utf8)[...]
        while !rest.isEmpty {
            sha256.update(rest.prefix(pieceLength))
            sha512.update(rest.prefix(pieceLength))
            rest = rest.dropFirst(pieceLength)
        }
        #expect(Hexadecimal.encode(sha256.finish()) == example.sha256)
        #expect(Hexadecimal.encode(sha512.finish()) == example.sha512)
    }

    @Test func takesCollectionsWithoutContiguousStorage() {
        #expect(
            Digest.sha256([3, 2, 1].reversed() as ReversedCollection<[UInt8]>)
                == Digest.sha256([1, 2, 3]))
    }
}
