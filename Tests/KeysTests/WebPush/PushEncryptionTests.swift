import Testing

@testable import Keys

@Suite struct PushEncryptionTests {
    /// RFC 8291 section 5 and appendix A.
    @Test func sealsTheExampleOfTheStandard() throws {
        let receiver = try receiver(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg")
        let sender = try pair(
            "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")
        let sealed = try PushEncryption.standard.seal(
            Array("When I grow up, I want to be a watermelon".utf8), for: receiver, sender: sender,
            salt: try bytes("DGv6ra1nlYgDCS1FRnbzlw"))
        #expect(
            Base64.encode(sealed.body, as: .urlSafe)
                == "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
                + "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4"
                + "a-fN")
        #expect(sealed.fields.map { "\($0.name): \($0.value)" } == ["content-encoding: aes128gcm"])
    }

    /// RFC 8188 section 3.1.
    @Test func encodesTheExampleOfTheContentCoding() throws {
        let encoded = try PushEncryption.encode(
            Array("I am the walrus".utf8), key: try bytes("yqdlZ-tYemfogSmv7Ws5PQ"),
            salt: try bytes("I1BsxtFttlv3u_Oo94xnmw"), keyID: [])
        #expect(Base64.encode(encoded, as: .urlSafe) == "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg")
    }

    /// draft-ietf-webpush-encryption-04 section 5.
    @Test func sealsTheExampleOfTheDraft() throws {
        let receiver = try receiver(
            "BCEkBjzL8Z3C-oi2Q7oE5t2Np-p7osjGLg93qUP0wvqRT21EEWyf0cQDQcakQMqz4hQKYOQ3il2nNZct4HgAUQU",
            "R29vIGdvbyBnJyBqb29iIQ")
        let sender = try pair(
            "nCScek-QpEjmOOlT-rQ38nZzvdPlqa00Zy0i6m2OJvY",
            "BNoRDbb84JGm8g5Z5CFxurSqsXWJ11ItfXEWYVLE85Y7CYkDjXsIEc4aqxYaQ1G8BqkXCJ6DPpDrWtdWj_mugHU")
        let sealed = try PushEncryption.draft.seal(
            Array("I am the walrus".utf8), for: receiver, sender: sender, salt: try bytes("lngarbyKfMoi9Z75xYXmkg"))
        #expect(Base64.encode(sealed.body, as: .urlSafe) == "6nqAQUME8hNqw5J3kl8cpVVJylXKYqZOeseZG8UueKpA")
        #expect(
            sealed.fields.map { "\($0.name): \($0.value)" } == [
                "content-encoding: aesgcm", "encryption: salt=lngarbyKfMoi9Z75xYXmkg",
                "crypto-key: dh=BNoRDbb84JGm8g5Z5CFxurSqsXWJ11ItfXEWYVLE85Y7CYkDjXsIEc4aqxYaQ1G8BqkXCJ6DPpDrWtdWj_mugHU",
            ])
    }

    @Test("The longest message stays below what services carry, one more byte is refused", arguments: PushEncryption.allCases)
    func longest(encryption: PushEncryption) throws {
        let own = try P256KeyPair.generate()
        let receiver = try #require(PushReceiver(key: own.publicKey.point, secret: SecureRandom.bytes(16)))
        func seal(_ length: Int) throws -> [UInt8] {
            try encryption.seal(
                SecureRandom.bytes(length), for: receiver, sender: try P256KeyPair.generate(), salt: SecureRandom.bytes(16)
            ).body
        }
        #expect(try seal(PushEncryption.longestMessage).count < 4096)
        #expect(throws: KeyError.tooLong) { try seal(PushEncryption.longestMessage + 1) }
    }

    @Test func aReceiverHasAPointAndASecret() throws {
        let point = try P256KeyPair.generate().publicKey.point
        #expect(PushReceiver(key: point, secret: SecureRandom.bytes(15)) == nil)
        #expect(PushReceiver(key: Array(point.dropLast()), secret: SecureRandom.bytes(16)) == nil)
        #expect(PushReceiver(key: [4] + SecureRandom.bytes(64), secret: SecureRandom.bytes(16)) == nil)
    }

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Base64.decode(text.utf8, as: .urlSafe)) }

    private func receiver(_ key: String, _ secret: String) throws -> PushReceiver {
        try #require(PushReceiver(key: try bytes(key), secret: try bytes(secret)))
    }

    /// A pair out of its two halves, as PKCS#8 (RFC 5915, RFC 5480).
    private func pair(_ scalar: String, _ point: String) throws -> P256KeyPair {
        let key = DERWriting.element(
            0x30,
            [0x02, 0x01, 0x01] + DERWriting.element(0x04, try bytes(scalar))
                + DERWriting.element(0xA1, DERWriting.element(0x03, [0] + (try bytes(point)))))
        let algorithm: [UInt8] = [
            0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03,
            0x01, 0x07,
        ]
        let der = DERWriting.element(0x30, [0x02, 0x01, 0x00] + algorithm + DERWriting.element(0x04, key))
        return try P256KeyPair(pem: PEM.write(der, label: "PRIVATE KEY"))
    }
}
