import Keys
import Testing

@testable import HTTPSignatures

/// The key decides what is tried; `alg` can only narrow it.
@Suite struct MessageSignatureAlgorithmTests {
    @Test(
        "RSA keys",
        arguments: [
            ("rsa-v1_5-sha256", SignatureScheme.rsaSHA256, Verdict.verified),
            ("rsa-pss-sha512", .rsaPSSSHA512, .verified),
            (nil, .rsaSHA256, .verified),
            (nil, .rsaPSSSHA512, .verified),
            (nil, .rsaSHA512, .refused(.wrongSignature)),
            ("rsa-v1_5-sha256", .rsaPSSSHA512, .refused(.wrongSignature)),
            ("rsa-pss-sha512", .rsaSHA256, .refused(.wrongSignature)),
            ("ed25519", .rsaSHA256, .refused(.keyMismatch)),
        ] as [(String?, SignatureScheme, Verdict)])
    func withRSA(algorithm: String?, scheme: SignatureScheme, verdict: Verdict) throws {
        let peer = MessagePeerRequest(algorithm: algorithm.map { "\"\($0)\"" }, scheme: scheme)
        #expect(try peer.signed().verdict() == verdict)
    }

    @Test(
        "Ed25519 keys",
        arguments: [
            ("ed25519", Verdict.verified), (nil, .verified), ("rsa-v1_5-sha256", .refused(.keyMismatch)),
            ("rsa-pss-sha512", .refused(.keyMismatch)),
        ] as [(String?, Verdict)])
    func withEd25519(algorithm: String?, verdict: Verdict) throws {
        let peer = MessagePeerRequest(
            algorithm: algorithm.map { "\"\($0)\"" }, scheme: .ed25519, key: PeerKeys.ed25519)
        #expect(try peer.signed().verdict(with: PeerKeys.ed25519) == verdict)
    }

    @Test(
        "refuses anything symmetric, on other curves, of the draft or unknown before any key is fetched",
        arguments: [
            #""hmac-sha256""#, #""ecdsa-p256-sha256""#, #""ecdsa-p384-sha384""#, #""rsa-sha256""#, #""hs2019""#,
            #""rsa-v1_5-sha1""#, #""RSA-V1_5-SHA256""#, #""none""#, #""""#, #""rsa-v1_5-sha256 ""#, "ed25519", "1",
            "?1",
        ])
    func refusesOthers(algorithm: String) throws {
        #expect(try MessagePeerRequest(algorithm: algorithm).signed().refusalBeforeKey() == .forbiddenAlgorithm)
    }

    @Test func anotherKindOfKeyNeverVerifies() throws {
        let unnamed = MessagePeerRequest(algorithm: nil)
        #expect(try unnamed.signed().verdict(with: PeerKeys.ed25519) == .refused(.wrongSignature))
        let other = unnamed.with {
            $0.scheme = .ed25519
            $0.key = PeerKeys.ed25519
        }
        #expect(try other.signed().verdict() == .refused(.wrongSignature))
    }
}
