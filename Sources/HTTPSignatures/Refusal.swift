/// Why a request's signature does not count. The raw values are stable labels for metrics.
package enum Refusal: String, Error, CaseIterable, Sendable {
    // The request as a whole.
    /// No signature of any kind; the only reason that says nothing against the sender.
    case unsigned
    /// Signatures of both kinds, or `Signature-Input` beside one of draft-cavage: neither counts.
    case unsupportedScheme = "unsupported-scheme"
    /// More fields than ``VerificationPolicy/maximumFields``, or one that matters is too long.
    case oversized
    /// A control byte or line folding in a field.
    case controlByte = "control-byte"
    /// A method that is not upper-case letters, or a target that is no path.
    case malformedRequestLine = "malformed-request-line"
    /// Two signatures, in whichever fields.
    case duplicateSignature = "duplicate-signature"
    /// `Signature-Input` and `Signature` do not speak of one label, or `Signature` is missing.
    case unmatchedLabel = "unmatched-label"
    /// Host, Date, Digest, Content-Digest or Content-Type twice.
    case duplicateField = "duplicate-field"

    // The signature's parameters.
    /// Not a comma-separated list of `name="value"` and `name=number`.
    case malformedParameters = "malformed-parameters"
    /// A `Signature-Input` that is no Dictionary of a parenthesised list of Strings.
    case malformedSignatureInput = "malformed-signature-input"
    /// One parameter twice.
    case duplicateParameter = "duplicate-parameter"
    /// No key id or no `signature`.
    case missingParameter = "missing-parameter"
    /// A key id that is not an absolute http or https URL.
    case malformedKeyID = "malformed-key-id"
    /// An algorithm outside the allow-list.
    case forbiddenAlgorithm = "forbidden-algorithm"
    /// A `signature` that is not canonical Base64 of a plausible length.
    case malformedSignature = "malformed-signature"
    /// A `created` or `expires` that is not a decimal integer.
    case malformedTimestamp = "malformed-timestamp"

    // What is signed.
    /// No `headers` parameter, which would mean that only the date is signed.
    case missingFieldList = "missing-field-list"
    /// A list of what is signed that is empty, too long or names something twice.
    case malformedFieldList = "malformed-field-list"
    /// Something listed that is neither a plain field nor a derived component that is known
    /// without parameters.
    case unsupportedComponent = "unsupported-component"
    /// A listed field that the request does not have.
    case absentField = "absent-field"
    /// A listed field with other characters than ASCII (RFC 9421 section 2.5).
    case notASCII = "not-ascii"
    /// `(created)` or `(expires)` listed under an algorithm that may not use it.
    case forbiddenPseudoField = "forbidden-pseudo-field"
    /// `@method` is not signed.
    case unboundMethod = "unbound-method"
    /// `(request-target)` or `@target-uri` is not signed.
    case unboundTarget = "unbound-target"
    /// Host is not signed.
    case unboundHost = "unbound-host"
    /// Neither Date nor `created` is signed.
    case unboundTime = "unbound-time"
    /// The digest is not signed although there can be a body.
    case unboundBody = "unbound-body"

    // What the signed things say.
    /// Host is not one of ours.
    case foreignHost = "foreign-host"
    /// Date is not an IMF-fixdate.
    case malformedDate = "malformed-date"
    /// Made too long ago.
    case tooOld = "too-old"
    /// Made in the future.
    case inFuture = "in-future"
    /// Past its own `expires`.
    case expired
    /// No Digest, or for RFC 9421 no Content-Digest, although there can be a body.
    case missingDigest = "missing-digest"
    /// A digest that cannot be read or has no SHA-256 entry.
    case malformedDigest = "malformed-digest"
    /// A digest entry that is not the body's.
    case wrongDigest = "wrong-digest"

    // With the key at hand.
    /// The algorithm named cannot be used with this kind of key.
    case keyMismatch = "key-mismatch"
    /// The signature was not made by this key over this request.
    case wrongSignature = "wrong-signature"
}

/// The outcome of checking a signature with a key.
package enum Verdict: Hashable, Sendable {
    /// The holder of the key made this request, to us, within the time window.
    case verified
    /// The request proves nothing.
    case refused(Refusal)
}
