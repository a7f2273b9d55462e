import Testing

@testable import Keys

@Suite struct PrivateKeyTests {
    /// RFC 8032 section 7.1: seed, public key, message, signature.
    @Test(
        "signs and verifies the vectors of RFC 8032",
        arguments: [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e"
                    + "39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f"
                    + "3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
            (
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67"
                    + "f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
            (
                "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
                "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba"
                    + "3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
                "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfb"
                    + "c7c66431e0303dca179c138ac17ad9bef1177331a704"
            ),
        ])
    func signsEd25519Vectors(seed: String, publicKey: String, message: String, signature: String)
        throws
    {
        let key = try PrivateKey(pem: DERWriting.ed25519PEM(seed: hex(seed)))
        #expect(key.publicKey.ed25519Bytes == (try hex(publicKey)))
        #expect(try key.sign(hex(message)) == hex(signature))
        #expect(key.publicKey.verify(try hex(signature), of: try hex(message)))
        #expect(!key.publicKey.verify(try hex(signature), of: try hex(message) + [0]))
    }

    @Test(arguments: KeyAlgorithm.allCases)
    func survivesStorageAsPEM(algorithm: KeyAlgorithm) throws {
        let key = try PrivateKey.generate(algorithm)
        let restored = try PrivateKey(pem: key.pem)
        #expect(restored.publicKey == key.publicKey)
        #expect(restored.algorithm == algorithm)
        #expect(key.publicKey.verify(try restored.sign("hello".utf8), of: "hello".utf8))
        #expect(try PublicKey(pem: key.publicKey.spkiPEM) == key.publicKey)
    }

    @Test func signsWithEveryScheme() throws {
        let rsa = try PrivateKey.generate(.rsa)
        let ed25519 = try PrivateKey.generate(.ed25519)
        for scheme in SignatureScheme.allCases {
            let (fitting, other) = scheme.keyAlgorithm == .rsa ? (rsa, ed25519) : (ed25519, rsa)
            let signature = try fitting.sign("hello".utf8, scheme: scheme)
            #expect(fitting.publicKey.verify(signature, of: "hello".utf8, scheme: scheme))
            #expect(!other.publicKey.verify(signature, of: "hello".utf8))
            #expect(throws: KeyError.unsupportedAlgorithm) {
                try other.sign("hello".utf8, scheme: scheme)
            }
        }
    }

    @Test func signaturesHaveTheKeysLength() throws {
        #expect(try PrivateKey.generate(.rsa).sign([]).count == 256)
        #expect(try PrivateKey.generate(.ed25519).sign([]).count == 64)
    }

    @Test func generatedKeysDiffer() throws {
        #expect(
            try PrivateKey.generate(.ed25519).publicKey != PrivateKey.generate(.ed25519).publicKey)
        #expect(try PrivateKey.generate(.rsa).publicKey != PrivateKey.generate(.rsa).publicKey)
    }

    @Test func oneKeySignsInManyTasksAtOnce() async throws {
        for algorithm in KeyAlgorithm.allCases {
            let key = try PrivateKey.generate(algorithm)
            let good = try await withThrowingTaskGroup(of: Bool.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        try (0..<25).allSatisfy { round in
                            let message = "message \(task) \(round)".utf8
                            return key.publicKey.verify(try key.sign(message), of: message)
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(good == 8)
        }
    }

    @Test(arguments: KeyAlgorithm.allCases)
    func textualFormsShowNoKeyMaterial(algorithm: KeyAlgorithm) throws {
        let key = try PrivateKey.generate(algorithm)
        var dumped = ""
        dump(key, to: &dumped)
        let texts = [String(describing: key), String(reflecting: key), "\([key])", dumped]
        let body = try key.pem.split(separator: "\n").dropFirst().dropLast()
        for text in texts {
            #expect(text.contains(algorithm.rawValue))
            #expect(text.utf8.count < 200)
            for line in body {
                #expect(!text.contains(line))
            }
        }
    }

    @Test func refusesOtherBlocksAndKinds() throws {
        let key = try PrivateKey.generate(.ed25519)
        let block = try PEM.read(key.pem)
        #expect(throws: KeyError.unsupportedKind) { try PrivateKey(pem: key.publicKey.spkiPEM) }
        #expect(throws: KeyError.malformed) {
            try PrivateKey(pem: PEM.write(block.der + [0], label: "PRIVATE KEY"))
        }
        #expect(throws: KeyError.malformed) {
            try PrivateKey(pem: PEM.write(Array(block.der.dropLast()), label: "PRIVATE KEY"))
        }
        #expect(throws: KeyError.modulusTooShort) { try PrivateKey(pem: draftCavageKey) }
        #expect(throws: KeyError.notPEM) { try PrivateKey(pem: "") }
        #expect(ErrorQueue.isEmpty)
    }

    /// draft-cavage-http-signatures-12 appendices C.1 to C.3, signed with a key that is too short
    /// for anything else. C.3 lists `(created)` and `(expires)`, but its signature was carried
    /// over from earlier drafts and does not cover them.
    @Test(
        "signs and verifies the vectors of draft-cavage-12",
        arguments: [
            (
                "date: Sun, 05 Jan 2014 21:31:40 GMT",
                "SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLE"
                    + "EaDV5lp7q25WqS+lavg7T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe"
                    + "5WozsbM="
            ),
            (
                """
                (request-target): post /foo?param=value&pet=dog
                host: example.com
                date: Sun, 05 Jan 2014 21:31:40 GMT
                """,
                "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2i"
                    + "icw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04"
                    + "swr2Os0="
            ),
            (
                """
                (request-target): post /foo?param=value&pet=dog
                host: example.com
                date: Sun, 05 Jan 2014 21:31:40 GMT
                content-type: application/json
                digest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=
                content-length: 18
                """,
                "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB"
                    + "1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4z"
                    + "KH7s1dE="
            ),
        ])
    func signsDraftCavageVectors(message: String, signature: String) throws {
        let limits = RSALimits(modulusBits: 1024...1024, exponent: 65537...65537)
        let key = try PrivateKey(pem: draftCavageKey, limits: limits)
        #expect(try Base64.encode(key.sign(message.utf8)) == signature)
        let bytes = try #require(Base64.decode(signature.utf8))
        #expect(key.publicKey.verify(bytes, of: message.utf8))
    }
}

/// The published test key of draft-cavage-12 appendix C, rewritten as PKCS#8.
private let draftCavageKey = """
    -----BEGIN PRIVATE KEY-----
    MIICeAIBADANBgkqhkiG9w0BAQEFAASCAmIwggJeAgEAAoGBAMIUQ0bDffIaKHL3
    akONlCGXQLfqs8mP4K99ILz6rbyHEDXrVAU1R3XfC4JNRyrRB3aqwF7/aEXJzYMI
    kmDSHUvvz7pnhQxHsQ5yl91QT0d/eb+Gz4VRHjm4El4MrUdIUcPxscoPqS/wU8Z8
    lOi1z7bGMnChiL7WGqnV8h6RrGzJAgMBAAECgYEAlHxmQJS/HmTO/6612XtPkyei
    t1PVO+hdckZcrtln5S68w1QJ03ZA9ziwGIBBa8vDVxIq3kOwpnxQROlg/Lyk9iec
    MTPZ0NiJp7D37ESm5vJ5bagfhnHvXCoG04qSrCtdr+nN2mK5xFGOTq8TphjsQEGz
    +Du5qdWkaJs5UASyofUCQQDsOSNUfbxYNSB/Weq9+fYqPoJPuchwTeMYmxlnvOVm
    YGYcUM40wtStdH9mbelHmbS0KYGprlEr3m7jXaO3V08jAkEA0lPe/ymeS2HjxtCj
    98p6Xq4RjJuhG0Dn+4e4eRnoVAXs5SQaiByZImW451zm3qEjVWwufRBkSNBkwQ5a
    v7ApIwJBAILiRckSwcC97vug/oe0b8iISfuSnJRdE28WwMTRzOkkkG8v9pEVQnG5
    Er3WOGMLrywDs2wowaDk5dvkjkmPfrECQQCAhPtoU5gEXAaBABCRY0ou/JKApsBl
    FN4sFpykcy5B2XUN92e28DKqkBnSVjREqZYbpoUpqpB85coLJahSJWSdAkBeuWDJ
    IVyL/a54qUgTVCoiItJnxXw6WkUtGdvWnMjtTXJBedMAQVgznrTImXNSk5vVXhxJ
    wZ3frm2JIy/Es69M
    -----END PRIVATE KEY-----
    """
