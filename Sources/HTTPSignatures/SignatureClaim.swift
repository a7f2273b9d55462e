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

    /// Reads the claim of a received request.
    ///
    /// Takes time linear in the request's length. At most one draft-cavage signature is read, from
    /// `Signature` or `Authorization: Signature`; what it must cover and say is in the project's
    /// federation profile and in ``Refusal``.
    package static func read(
        _ request: RequestMessage,
        at now: Date,
        policy: VerificationPolicy
    ) -> Result<SignatureClaim, Refusal> {
        do throws(Refusal) {
            return .success(
                try DraftCavageReader(request: request, now: now, policy: policy).claim())
        } catch {
            return .failure(error)
        }
    }

    /// Checks the signature with the key that ``keyID`` led to.
    ///
    /// The key's kind decides what is tried. A GET with a query is also tried without it, because
    /// several peers sign the path only; any other method must match exactly.
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
