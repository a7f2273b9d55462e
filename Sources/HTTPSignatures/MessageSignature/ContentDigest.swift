import Keys

/// The `Content-Digest` field that binds a body to a signature (RFC 9530 section 2).
enum ContentDigest {
    /// The only form that is sent.
    static func field(for body: [UInt8]) -> String {
        "sha-256=" + StructuredField.BareItem.bytes(Digest.sha256(body)).serialized
    }

    /// Checks the SHA-256 and SHA-512 entries of a field, of which there must be the former; others are passed over.
    static func check(_ field: some Collection<UInt8>, body: [UInt8], maximumLength: Int) throws(Refusal) {
        let entries: [StructuredField.Member]
        do {
            entries = try StructuredFieldParser.dictionary(field, maximumLength: maximumLength)
        } catch .tooLong {
            throw .oversized
        } catch {
            throw .malformedDigest
        }
        guard entries.contains(where: { $0.key == DigestAlgorithm.sha256.rawValue }) else { throw .malformedDigest }
        for entry in entries {
            guard let algorithm = DigestAlgorithm(rawValue: entry.key) else { continue }
            guard case .item(let item) = entry.value, case .bytes(let given) = item.value else {
                throw .malformedDigest
            }
            guard given == Digest.digest(body, with: algorithm) else { throw .wrongDigest }
        }
    }
}
