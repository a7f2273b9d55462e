package import FoundationEssentials
package import Keys
package import Wire

/// A request's claim to be signed by a key that is named but not yet known.
///
/// Whatever can be judged without the key has been judged: only a request that could verify has a
/// claim, so that nobody can make this server fetch a key for one that never would.
package struct SignatureClaim: Sendable {
    /// Where to find the key. It is not covered by the signature: whether its owner is who the
    /// request speaks for is for the caller to decide.
    package let keyID: URI

    let algorithm: ClaimedAlgorithm
    let signature: [UInt8]
    /// What may have been signed, likeliest first.
    let signingStrings: [[UInt8]]

    /// From Ed25519 to RSA with 8192 bits.
    static let signatureLengths = 64...1024

    /// Reads the claim of a received request.
    ///
    /// Takes time linear in the request's length. A `Signature-Input` makes it one of RFC 9421 and of
    /// nothing else; without, it is one of draft-cavage-12, from `Signature` or
    /// `Authorization: Signature`. There must be exactly one signature; what it must cover and say is
    /// in the project's federation profile and in ``Refusal``.
    package static func read(
        _ request: RequestMessage,
        at now: Date,
        policy: VerificationPolicy
    ) -> Result<SignatureClaim, Refusal> {
        do throws(Refusal) {
            try request.checkFields(policy)
            guard request.values(named: "signature-input".utf8).isEmpty else {
                return .success(
                    try MessageSignatureReader(request: request, now: now, policy: policy).claim())
            }
            return .success(
                try DraftCavageReader(request: request, now: now, policy: policy).claim())
        } catch {
            return .failure(error)
        }
    }

    /// Checks the signature with the key that ``keyID`` led to.
    ///
    /// The key's kind decides what is tried. A GET with a query is also tried without it under
    /// draft-cavage, because several peers sign the path only; anything else must match exactly.
    package func verify(with key: PublicKey) -> Verdict {
        let schemes = algorithm.schemes(for: key.algorithm)
        guard !schemes.isEmpty else { return .refused(.keyMismatch) }
        for scheme in schemes {
            for string in signingStrings
            where key.verify(signature, of: string, scheme: scheme) {
                return .verified
            }
        }
        return .refused(.wrongSignature)
    }
}
