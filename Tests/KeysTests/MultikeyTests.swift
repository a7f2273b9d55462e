import Testing

@testable import Keys

@Suite struct MultikeyTests {
    /// The example of FEP-521a, whose bytes a later proposal repeats in base64url.
    private let example = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    private let exampleInBase64 = "7QGwDY2Tjn93PVFWWq02piP1NE9_XRlg-c8-jhJiDqKBDw"

    @Test func readsAndWritesTheExample() throws {
        let bytes = try #require(Base64.decode(exampleInBase64.utf8, as: .urlSafe))
        let key = try Multikey.publicKey(from: example)
        #expect([0xED, 0x01] + (key.ed25519Bytes ?? []) == bytes)
        #expect(Multikey.text(for: key) == example)
    }

    /// W3C Data Integrity EdDSA Cryptosuites appendix B.1: the secret half of the same key.
    @Test func fitsItsSecretHalf() throws {
        let secret = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
        let bytes = try #require(Base58.decode(secret.utf8.dropFirst()))
        #expect(bytes.prefix(2) == [0x80, 0x26])
        let key = try PrivateKey(pem: DERWriting.ed25519PEM(seed: Array(bytes.dropFirst(2))))
        #expect(Multikey.text(for: key.publicKey) == example)
    }

    /// The first key of RFC 8032 section 7.1 as did:key writes it.
    @Test func writesTheFirstKeyOfRFC8032() throws {
        let key = try PublicKey(
            ed25519Bytes: hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
        #expect(Multikey.text(for: key) == "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw")
    }

    @Test func everyKeySurvives() throws {
        for last in UInt8.min...UInt8.max {
            let key = try PublicKey(ed25519Bytes: [UInt8](repeating: 0, count: 31) + [last])
            let text = try #require(Multikey.text(for: key))
            #expect(text.utf8.count == 48)
            #expect(try Multikey.publicKey(from: text) == key)
        }
    }

    @Test func hasNoFormForRSA() throws {
        #expect(Multikey.text(for: try PublicKey(pem: KeyFixtures.rsaSPKI)) == nil)
    }

    @Test(
        "refuses other bases, kinds and lengths",
        arguments: [
            "", "z", "u7QGwDY2Tjn93PVFWWq02piP1NE9_XRlg-c8-jhJiDqKBDw",
            "6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
            "Z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
            "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ",
            "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ22",
            "z16MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
            "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ0",
            "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ\u{FF12}",
            "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq",
            "z" + String(repeating: "z", count: 47), "z" + String(repeating: "1", count: 47),
            String(repeating: "z", count: 1 << 20),
        ])
    func refusesOtherTexts(text: String) {
        #expect(throws: KeyError.notMultikey) { try Multikey.publicKey(from: text) }
    }
}
