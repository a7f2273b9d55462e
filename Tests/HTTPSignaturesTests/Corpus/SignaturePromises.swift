import CorpusTesting
import FoundationEssentials
import Keys
import Wire

@testable import HTTPSignatures

/// What reading and checking a signature promises for every request.
///
/// Some requests of the corpus, `honest-…`, were signed by the peers whose public keys stand below; no private half of
/// them exists any more. Whatever else verifies under these keys must be the same request in all that a signature is to
/// bind.
enum SignaturePromises {
    /// The moment at which all of it takes place: Tue, 14 Nov 2023 22:13:20 GMT.
    static let moment = Date(timeIntervalSince1970: 1_700_000_000)

    static let policy = VerificationPolicy(origins: [
        Origin(scheme: .https, host: "s.test", port: 443), Origin(scheme: .http, host: "localhost", port: 8080),
    ])

    static func check(_ input: [UInt8]) throws {
        let request = SignedRequest(input).message
        guard case .success(let claim) = SignatureClaim.read(request, at: moment, policy: policy) else { return }
        for key in signers where claim.verify(with: key) == .verified {
            let isHonest = honest.contains { $0.key == key && $0.isBehind(request, claim) }
            try expect(isHonest, "verified what \(key) did not sign")
        }
        for key in strangers {
            try expect(claim.verify(with: key) != .verified, "verified under a key that signed nothing")
        }
        try checkSigning(claim)
    }

    static func checkEffort(_ input: [UInt8]) throws {
        try Effort.check(input) { long in
            // With room for it, or the first limit would end everything.
            var roomy = policy
            roomy.maximumFieldLength = .max
            roomy.maximumFields = .max
            _ = SignatureClaim.read(SignedRequest(long).message, at: moment, policy: roomy)
        }
    }

    /// Whoever signs what is claimed to be signed is believed.
    private static func checkSigning(_ claim: SignatureClaim) throws {
        guard let signer, let string = claim.signingStrings.first,
            let scheme = claim.algorithm.schemes(for: .ed25519).first
        else { return }
        let signed = SignatureClaim(
            keyID: claim.keyID, algorithm: claim.algorithm, signature: try signer.sign(string, scheme: scheme),
            signingStrings: claim.signingStrings)
        try expect(signed.verify(with: signer.publicKey) == .verified, "refused a right signature")
    }

    private static let signer = try? PrivateKey.generate(.ed25519)

    private static let strangers = [KeyAlgorithm.rsa, .ed25519].compactMap { try? PrivateKey.generate($0).publicKey }
}

// MARK: - Honest requests

extension SignaturePromises {
    struct Honest {
        let key: PublicKey
        let request: RequestMessage
        let claim: SignatureClaim

        /// Whether this is the request that `other` claims to be.
        func isBehind(_ other: RequestMessage, _ otherClaim: SignatureClaim) -> Bool {
            // Peers may leave out the query of a GET (draft-cavage).
            let isSameTarget =
                request.target == other.target
                || request.method == "GET" && Self.path(request.target) == Self.path(other.target)
            return request.method == other.method && isSameTarget && request.body == other.body
                && claim.signature == otherClaim.signature
                && !Set(claim.signingStrings).isDisjoint(with: otherClaim.signingStrings)
        }

        private static func path(_ target: String) -> Substring { target.prefix { $0 != "?" } }
    }

    static let honest: [Honest] = Corpus("Signature").inputs.compactMap { input in
        guard input.name.hasPrefix("honest-") else { return nil }
        let request = SignedRequest(input.bytes).message
        guard case .success(let claim) = SignatureClaim.read(request, at: moment, policy: policy),
            let key = signers.first(where: { claim.verify(with: $0) == .verified })
        else { return nil }
        return Honest(key: key, request: request, claim: claim)
    }

    static let signers = [rsaPEM, ed25519PEM].compactMap { try? PublicKey(pem: $0) }

    private static let rsaPEM = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsytv1qrd8Humfwp+aOHu
        hb8yI/PQG4uqoeoU3I2nd4Nk9aIWeN/6mvQVV6VApYg385sUK1njkd+w+vHfwcni
        ILpR39hPvEmajLs8BrtdoXUYecyYj/LPR5/ChjplG/Et2b37GusxMMjf1tM/zDjW
        GtAa5s0EFcc7A00sdOE3kOtr3TrpCqiLIOmP/nG40c9/mCGyH36pJG9B1XBxOjRn
        jj11jXj1mA3/BacQwyC3bvDINMwks+m3XkCcVcdjWAR+CFiPcpfCybvnuRuT4Eyx
        sp+Q3ZGhKWCwUrauKg/VifLkP67tRbjzG1UFluKWpe1oxVDpDLRZsL+QPTv6EJNP
        wQIDAQAB
        -----END PUBLIC KEY-----
        """

    private static let ed25519PEM = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAgc7ztXEvRF4DAND9M/gv5Y4FL/R4RrpmVksqpsq87Xc=
        -----END PUBLIC KEY-----
        """
}
