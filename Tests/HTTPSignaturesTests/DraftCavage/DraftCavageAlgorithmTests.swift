import Keys
import Testing

@testable import HTTPSignatures

/// The key decides what is tried; the claim can only narrow it.
@Suite struct DraftCavageAlgorithmTests {
    @Test(
        "RSA keys",
        arguments: [
            ("rsa-sha256", SignatureScheme.rsaSHA256, Verdict.verified),
            (nil, .rsaSHA256, .verified),
            ("hs2019", .rsaSHA256, .verified),
            ("hs2019", .rsaSHA512, .verified),
            ("rsa-sha512", .rsaSHA512, .verified),
            ("RSA-SHA256", .rsaSHA256, .verified),
            ("rsa-sha256", .rsaSHA512, .refused(.wrongSignature)),
            ("rsa-sha512", .rsaSHA256, .refused(.wrongSignature)),
            (nil, .rsaSHA512, .refused(.wrongSignature)),
            ("ed25519", .rsaSHA256, .refused(.keyMismatch)),
        ] as [(String?, SignatureScheme, Verdict)])
    func withRSA(algorithm: String?, scheme: SignatureScheme, verdict: Verdict) throws {
        let request = PeerRequest(algorithm: algorithm, scheme: scheme)
        #expect(try request.signed().verdict() == verdict)
    }

    @Test(
        "Ed25519 keys",
        arguments: [
            ("ed25519", Verdict.verified), ("hs2019", .verified), (nil, .verified),
            ("rsa-sha256", .refused(.keyMismatch)), ("rsa-sha512", .refused(.keyMismatch)),
        ] as [(String?, Verdict)])
    func withEd25519(algorithm: String?, verdict: Verdict) throws {
        let request = PeerRequest(algorithm: algorithm, scheme: .ed25519, key: PeerKeys.ed25519)
        #expect(try request.signed().verdict(with: PeerKeys.ed25519) == verdict)
    }

    @Test(
        "refuses anything symmetric, with SHA-1 or unknown before any key is fetched",
        arguments: [
            "hmac-sha256", "hmac-sha512", "rsa-sha1", "dsa-sha1", "none", "", "rsa", "rsa-sha256 ",
            "rsa-sha384", "ecdsa-sha256", "rsa-v1_5-sha256", "rsa-\u{17F}ha256",
        ])
    func refusesOthers(algorithm: String) throws {
        let refusal = try PeerRequest(algorithm: algorithm).signed().refusalBeforeKey()
        let isASCII = algorithm.utf8.allSatisfy { $0 < 0x80 }
        #expect(refusal == (isASCII ? .forbiddenAlgorithm : .malformedParameters))
    }

    @Test func anotherKindOfKeyNeverVerifies() throws {
        let request = try PeerRequest(algorithm: "hs2019").signed()
        #expect(try request.verdict(with: PeerKeys.ed25519) == .refused(.wrongSignature))
    }
}
