import Testing

@testable import Keys

@Suite struct PublicKeyTests {
    @Test func readsSPKIAndPKCS1AsTheSameKey() throws {
        let spki = try PublicKey(pem: KeyFixtures.rsaSPKI)
        #expect(spki == (try PublicKey(pem: KeyFixtures.rsaPKCS1)))
        #expect(spki.algorithm == .rsa)
        #expect(spki.spkiPEM == KeyFixtures.rsaSPKI + "\n")
        #expect(spki.ed25519Bytes == nil)
    }

    @Test(
        "accepts the line ends and white space of peers",
        arguments: [
            KeyFixtures.rsaSPKI.replacing("\n", with: "\r\n"),
            "\n  " + KeyFixtures.rsaSPKI + "\r\n\r\n",
            KeyFixtures.rsaSPKI.replacing("\n", with: "").replacing(
                "KEY-----M", with: "KEY-----\nM"),
            KeyFixtures.rsaSPKI.replacing("\n", with: " \n\t"),
        ])
    func acceptsPeersWhiteSpace(pem: String) throws {
        #expect(try PublicKey(pem: pem) == PublicKey(pem: KeyFixtures.rsaSPKI))
    }

    @Test func verifiesSignaturesOfTheCommandLineTool() throws {
        let key = try PublicKey(pem: KeyFixtures.rsaSPKI)
        let message = Array(KeyFixtures.message.utf8)
        let sha256 = try #require(Base64.decode(KeyFixtures.sha256Signature.utf8))
        let sha512 = try #require(Base64.decode(KeyFixtures.sha512Signature.utf8))
        #expect(key.verify(sha256, of: message))
        #expect(key.verify(sha512, of: message, scheme: .rsaSHA512))
        #expect(!key.verify(sha512, of: message, scheme: .rsaSHA256))
        #expect(!key.verify(sha256, of: message, scheme: .rsaSHA512))
        #expect(!key.verify(sha256, of: message, scheme: .ed25519))
        #expect(!key.verify(sha256, of: message + [0]))
    }

    @Test func verifiesPSSOfTheCommandLineTool() throws {
        let key = try PublicKey(pem: PSSFixtures.key)
        let message = Array(KeyFixtures.message.utf8)
        let signature = try #require(Base64.decode(PSSFixtures.signature.utf8))
        #expect(key.verify(signature, of: message, scheme: .rsaPSSSHA512))
        #expect(!key.verify(signature, of: message + [0], scheme: .rsaPSSSHA512))
        for other in SignatureScheme.allCases where other != .rsaPSSSHA512 {
            #expect(!key.verify(signature, of: message, scheme: other))
        }
        for text in [PSSFixtures.shortSalt, PSSFixtures.otherMask] {
            let other = try #require(Base64.decode(text.utf8))
            #expect(!key.verify(other, of: message, scheme: .rsaPSSSHA512))
        }
        for index in signature.indices {
            var bad = signature
            bad[index] ^= 1 << UInt8(index % 8)
            #expect(!key.verify(bad, of: message, scheme: .rsaPSSSHA512))
        }
        #expect(ErrorQueue.isEmpty)
    }

    /// RFC 7515 appendix A.2: RS256 is RSASSA-PKCS1-v1_5 with SHA-256.
    @Test func verifiesTheJWSVector() throws {
        let key = try PublicKey(
            pem: DERWriting.pkcs1PEM(modulus: bytes(Self.jwsModulus), exponent: [1, 0, 1]))
        let signature = try bytes(Self.jwsSignature)
        #expect(key.verify(signature, of: Self.jwsMessage.utf8))
    }

    @Test func anyChangedBitOfASignatureFails() throws {
        let key = try PublicKey(pem: KeyFixtures.rsaSPKI)
        let good = try #require(Base64.decode(KeyFixtures.sha256Signature.utf8))
        for index in good.indices {
            var bad = good
            bad[index] ^= 1 << UInt8(index % 8)
            #expect(!key.verify(bad, of: KeyFixtures.message.utf8))
        }
        for length in [0, 1, 64, 255] {
            #expect(!key.verify(good.prefix(length), of: KeyFixtures.message.utf8))
        }
        #expect(!key.verify(good + [0], of: KeyFixtures.message.utf8))
        #expect(ErrorQueue.isEmpty)
    }

    @Test(
        "refuses foreign kinds of key",
        arguments: [
            (KeyFixtures.rsa512, KeyError.modulusTooShort),
            (KeyFixtures.curve, .unsupportedAlgorithm),
            (KeyFixtures.explicitCurve, .unsupportedAlgorithm),
            (KeyFixtures.x25519, .unsupportedAlgorithm),
            (KeyFixtures.pss, .unsupportedAlgorithm),
            (KeyFixtures.certificate, .unsupportedKind),
            (KeyFixtures.rsaSPKI.replacing("PUBLIC KEY", with: "PRIVATE KEY"), .unsupportedKind),
            (KeyFixtures.rsaSPKI.replacing("PUBLIC", with: "RSA PUBLIC"), .malformed),
            (KeyFixtures.rsaPKCS1.replacing("RSA PUBLIC", with: "PUBLIC"), .malformed),
        ])
    func refusesForeignKinds(pem: String, reason: KeyError) {
        expectQuickRefusal(of: pem, reason)
    }

    @Test(
        "bounds the RSA modulus",
        arguments: [
            (512, KeyError?.some(.modulusTooShort)), (1024, .modulusTooShort),
            (2047, .modulusTooShort), (2048, nil), (2049, nil), (4096, nil), (8192, nil),
            (8193, .modulusTooLong), (16384, .modulusTooLong), (90_000, .modulusTooLong),
        ])
    func boundsModulus(bits: Int, reason: KeyError?) {
        let pem = DERWriting.pkcs1PEM(modulus: DERWriting.odd(bits: bits), exponent: [1, 0, 1])
        if let reason {
            expectQuickRefusal(of: pem, reason)
        } else {
            #expect(throws: Never.self) { try PublicKey(pem: pem) }
        }
    }

    @Test(
        "bounds the RSA exponent",
        arguments: [
            ([1], false), ([2], false), ([3], true), ([17], true), ([1, 0, 0], false),
            ([0xFF, 0xFF, 0xFF, 0xFF], true), ([1, 0, 0, 0, 0], false), ([1, 0, 0, 0, 1], false),
            ([1, 0, 0, 0, 0, 0, 0, 0, 1], false), (DERWriting.odd(bits: 4096), false),
        ] as [([UInt8], Bool)])
    func boundsExponent(exponent: [UInt8], accepted: Bool) {
        let pem = DERWriting.pkcs1PEM(modulus: DERWriting.odd(bits: 2048), exponent: exponent)
        if accepted {
            #expect(throws: Never.self) { try PublicKey(pem: pem) }
        } else {
            expectQuickRefusal(of: pem, .exponentRefused)
        }
    }

    @Test func refusesTextsBeyondTheLimitUnread() {
        let filler = String(repeating: "A", count: 1 << 20)
        expectQuickRefusal(
            of: "-----BEGIN PUBLIC KEY-----\n\(filler)\n-----END PUBLIC KEY-----\n", .tooLong)
        expectQuickRefusal(of: String(repeating: " ", count: PEM.maximumLength + 1), .tooLong)
        expectQuickRefusal(of: String(repeating: " ", count: PEM.maximumLength), .notPEM)
    }

    @Test(
        "refuses texts that are no single PEM block",
        arguments: [
            "", "-----", "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
            "key:\n" + KeyFixtures.rsaSPKI,
            KeyFixtures.rsaSPKI + "\n" + KeyFixtures.rsaSPKI,
            KeyFixtures.rsaSPKI.replacing("END PUBLIC", with: "END RSA PUBLIC"),
            KeyFixtures.rsaSPKI.replacing("BEGIN PUBLIC KEY", with: "BEGIN "),
            KeyFixtures.rsaSPKI.replacing(
                "KEY-----\nM", with: "KEY-----\nProc-Type: 4,ENCRYPTED\n\nM"),
            KeyFixtures.rsaSPKI.replacing("KEY-----\nM", with: "KEY-----\n\u{2028}M"),
            KeyFixtures.rsaSPKI.replacing("KEY-----\nM", with: "KEY-----\n=M"),
        ])
    func refusesOtherTexts(pem: String) {
        expectQuickRefusal(of: pem, .notPEM)
    }

    @Test func refusesLooseDER() throws {
        let modulus = DERWriting.odd(bits: 2048)
        let key = DERWriting.pkcs1(modulus: modulus, exponent: [1, 0, 1])
        let identifier = DERWriting.rsaIdentifier
        let loose = [
            DERWriting.spkiPEM(algorithm: identifier + DERWriting.null, bits: key, trailing: [0]),
            DERWriting.spkiPEM(algorithm: identifier + DERWriting.null + [5, 0], bits: key),
            DERWriting.spkiPEM(algorithm: identifier + [4, 0], bits: key),
            DERWriting.spkiPEM(algorithm: identifier + DERWriting.null, bits: key + [0]),
            DERWriting.spkiPEM(algorithm: [], bits: key),
            DERWriting.pkcs1PEM(modulus: [0, 0] + modulus, exponent: [1, 0, 1]),
            DERWriting.pkcs1PEM(modulus: modulus, exponent: [0, 3]),
            DERWriting.pkcs1PEM(modulus: modulus.dropLast() + [0x10], exponent: [1, 0, 1]),
            DERWriting.pkcs1PEM(modulus: modulus, exponent: []),
            PEM.write([0x30, 0x80] + key + [0, 0], label: "RSA PUBLIC KEY"),
            PEM.write([0x30, 0x83, 0, 1, 0x0A], label: "RSA PUBLIC KEY"),
            PEM.write([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], label: "RSA PUBLIC KEY"),
        ]
        for pem in loose {
            expectQuickRefusal(of: pem, .malformed)
        }
        let withoutParameters = DERWriting.spkiPEM(algorithm: identifier, bits: key)
        #expect(throws: Never.self) { try PublicKey(pem: withoutParameters) }
    }

    @Test func everyTruncationIsRefused() throws {
        let der = try PEM.read(KeyFixtures.rsaSPKI).der
        for length in 1..<der.count {
            let pem = PEM.write(Array(der.prefix(length)), label: "PUBLIC KEY")
            #expect(throws: KeyError.self) { try PublicKey(pem: pem) }
        }
    }

    @Test func readsEd25519FromItsBytes() throws {
        let key = try PrivateKey.generate(.ed25519).publicKey
        let bytes = try #require(key.ed25519Bytes)
        #expect(try PublicKey(ed25519Bytes: bytes) == key)
        #expect(try PublicKey(pem: key.spkiPEM) == key)
        #expect(throws: KeyError.malformed) { try PublicKey(ed25519Bytes: bytes.dropLast()) }
        #expect(throws: KeyError.malformed) { try PublicKey(ed25519Bytes: bytes + [0]) }
    }

    private static let jwsModulus = """
        ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp\
        -Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW\
        vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs\
        LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9k\
        G4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2\
        PAcDTW9gb54h4FRWyuXpoQ
        """

    private static let jwsMessage = """
        eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0\
        dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ
        """

    private static let jwsSignature = """
        cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7\
        AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4\
        BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K\
        0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv\
        hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB\
        p0igcN_IoypGlUPQGe77Rw
        """

    private func bytes(_ urlSafeBase64: String) throws -> [UInt8] {
        try #require(Base64.decode(urlSafeBase64.utf8, as: .urlSafe))
    }

    /// The quickest of some tries counts, because the machine may be busy with other things.
    private func expectQuickRefusal(
        of pem: String,
        _ reason: KeyError,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let quickest = (0..<3).map { _ in
            ContinuousClock().measure {
                #expect(throws: reason, sourceLocation: sourceLocation) { try PublicKey(pem: pem) }
            }
        }.min()
        #expect(quickest ?? .seconds(1) < .milliseconds(50), sourceLocation: sourceLocation)
        #expect(ErrorQueue.isEmpty, sourceLocation: sourceLocation)
    }
}
