/// Why a key could not be read, made or used.
///
/// Each case is one reason that an operator or a metric can tell apart; what OpenSSL says in
/// addition is dropped, because it describes the library and not the key.
package enum KeyError: String, Error, CaseIterable, Sendable {
    /// The text is longer than ``PEM/maximumLength`` and was not looked at.
    case tooLong = "too-long"
    /// There is no single PEM block, or its Base64 is wrong (RFC 7468).
    case notPEM = "not-pem"
    /// The block is well formed but of a kind that is not accepted, such as a certificate.
    case unsupportedKind = "unsupported-kind"
    /// The contents are not the DER structure that the label promises.
    case malformed
    /// A well-formed key of another kind than what reads it takes.
    case unsupportedAlgorithm = "unsupported-algorithm"
    /// An RSA modulus below the accepted length.
    case modulusTooShort = "modulus-too-short"
    /// An RSA modulus beyond the accepted length.
    case modulusTooLong = "modulus-too-long"
    /// An RSA public exponent that is even, below 3 or above 2^32.
    case exponentRefused = "exponent-refused"
    /// Not the `z…` multibase form of an Ed25519 key.
    case notMultikey = "not-multikey"
    /// OpenSSL failed at something that only lack of memory or entropy explains.
    case libraryFailure = "library-failure"
}
