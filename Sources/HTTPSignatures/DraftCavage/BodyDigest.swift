import Keys

/// The `Digest` field that binds a body to a signature (RFC 3230, RFC 5843).
enum BodyDigest {
    /// The only form that is sent; some peers compare it letter by letter.
    static func field(for body: [UInt8]) -> String {
        "SHA-256=" + Base64.encode(Digest.sha256(body))
    }

    /// Checks every SHA-256 and SHA-512 entry of a field, of which there must be one of SHA-256.
    /// Names are compared without regard to case; entries of other algorithms are passed over.
    static func check(_ field: some Collection<UInt8>, body: [UInt8]) throws(Refusal) {
        var sha256: [UInt8]?
        var sha512: [UInt8]?
        for part in Array(field).split(
            separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        {
            let entry = ASCII.trimmed(part)
            let name = entry.prefix { $0 != UInt8(ascii: "=") }
            guard !name.isEmpty, name.count < entry.count else { throw .malformedDigest }
            let expected: [UInt8]
            if ASCII.isSame(name, lowercase: "sha-256".utf8) {
                expected = sha256 ?? Digest.sha256(body)
                sha256 = expected
            } else if ASCII.isSame(name, lowercase: "sha-512".utf8) {
                expected = sha512 ?? Digest.sha512(body)
                sha512 = expected
            } else {
                continue
            }
            guard let given = Base64.decode(entry.dropFirst(name.count + 1)) else {
                throw .malformedDigest
            }
            guard given == expected else { throw .wrongDigest }
        }
        guard sha256 != nil else { throw .malformedDigest }
    }
}
