package import FoundationEssentials
package import Keys
package import Wire

/// Why a request was not signed; both are faults on our side.
package enum SigningError: Error, Hashable, Sendable {
    /// The method or content type cannot stand in a request, or content is missing or too much for
    /// the method: GET and HEAD have none, all others have some, if only of zero bytes.
    case malformedRequest
    /// The key is not RSA, or failed.
    case key
}

/// Signs outgoing requests as known peers accept them, in either ``SignatureForm``.
package struct RequestSigner: Sendable {
    package let keyID: URI
    private let key: PrivateKey

    /// A signer with an RSA key; where it can be fetched is the key id.
    package init(keyID: URI, key: PrivateKey) {
        self.keyID = keyID
        self.key = key
    }

    /// The fields to add to a request: Date, the signature's own and, if there is content, its digest.
    ///
    /// The caller sends Host and Content-Type as given, and signs anew
    /// before each attempt. Blocks for about 0.3 ms of RSA arithmetic.
    package func fields(
        for request: OutgoingRequest,
        at now: Date,
        form: SignatureForm = .draftCavage()
    ) throws(SigningError) -> [HeaderField] {
        guard key.algorithm == .rsa else { throw .key }
        try request.check()
        return switch form {
        case .draftCavage(let target): try draftCavageFields(for: request, at: now, targetForm: target)
        case .messageSignature: try messageSignatureFields(for: request, at: now)
        }
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256, which both forms know.
    func signature(over bytes: [UInt8]) throws(SigningError) -> [UInt8] {
        do {
            return try key.sign(bytes, scheme: .rsaSHA256)
        } catch {
            throw .key
        }
    }
}
