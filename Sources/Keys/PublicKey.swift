import COpenSSL

/// A public key that signatures can be checked with.
///
/// Any value of this type is cheap to use: RSA keys have 2048 to 8192 bits and an odd exponent
/// of at most 2^32. Two keys are equal if their SubjectPublicKeyInfo is.
package struct PublicKey: Sendable, Hashable, CustomStringConvertible {
    package let algorithm: KeyAlgorithm
    private let subjectPublicKeyInfo: [UInt8]
    private let handle: KeyHandle

    /// Reads a PEM block `PUBLIC KEY` (SubjectPublicKeyInfo) or `RSA PUBLIC KEY` (PKCS#1) of at
    /// most ``PEM/maximumLength`` bytes. A hostile text costs well below a millisecond.
    package init(pem: String) throws(KeyError) {
        try self.init(pem: pem, limits: .standard)
    }

    init(pem: String, limits: RSALimits) throws(KeyError) {
        let block = try PEM.read(pem)
        switch block.label {
        case "PUBLIC KEY":
            try self.init(.init(subjectPublicKeyInfo: block.der, limits: limits))
        case "RSA PUBLIC KEY":
            try self.init(.init(pkcs1: block.der, limits: limits))
        default:
            throw .unsupportedKind
        }
    }

    /// Reads the 32 bytes of an Ed25519 key (RFC 8032 section 5.1.5).
    package init(ed25519Bytes bytes: some Collection<UInt8>) throws(KeyError) {
        guard bytes.count == 32 else { throw .malformed }
        try self.init(.ed25519(Array(bytes)))
    }

    private init(_ structure: PublicKeyStructure) throws(KeyError) {
        let pointer: OpaquePointer?
        switch structure {
        case .rsa(let pkcs1):
            algorithm = .rsa
            pointer = pkcs1.withBytes { bytes in
                var next = bytes.baseAddress
                return d2i_PublicKey(EVP_PKEY_RSA, nil, &next, bytes.count)
            }
        case .ed25519(let bytes):
            algorithm = .ed25519
            pointer = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        }
        guard let pointer else {
            ErrorQueue.drain()
            throw .malformed
        }
        handle = KeyHandle(owning: pointer)
        subjectPublicKeyInfo = try handle.subjectPublicKeyInfo()
    }

    /// The public half of a key pair.
    init(of pair: KeyHandle, limits: RSALimits) throws(KeyError) {
        try self.init(
            .init(subjectPublicKeyInfo: pair.subjectPublicKeyInfo(), limits: limits))
    }

    /// The key as a PEM block `PUBLIC KEY`, in lines of 64 characters, ending in a newline.
    package var spkiPEM: String {
        PEM.write(subjectPublicKeyInfo, label: "PUBLIC KEY")
    }

    /// The 32 bytes of an Ed25519 key; nil for RSA.
    package var ed25519Bytes: [UInt8]? {
        algorithm == .ed25519 ? Array(subjectPublicKeyInfo.suffix(32)) : nil
    }

    /// Whether the signature was made over the message by this key's private half.
    ///
    /// A scheme that does not belong to the key's algorithm gives false; without one the
    /// algorithm's ``KeyAlgorithm/preferredScheme`` is used.
    package func verify(
        _ signature: some Collection<UInt8>,
        of message: some Collection<UInt8>,
        scheme: SignatureScheme? = nil
    ) -> Bool {
        let scheme = scheme ?? algorithm.preferredScheme
        guard scheme.keyAlgorithm == algorithm, let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let outcome = signature.withBytes { signature in
            message.withBytes { message in
                var operation: OpaquePointer?
                guard
                    EVP_DigestVerifyInit(
                        context, &operation, scheme.digest?.implementation, nil, handle.pointer) == 1,
                    scheme.configure(operation)
                else { return CInt(-1) }
                return EVP_DigestVerify(
                    context, signature.baseAddress, signature.count,
                    message.baseAddress, message.count)
            }
        }
        if outcome != 1 { ErrorQueue.drain() }
        return outcome == 1
    }

    package var description: String { "PublicKey(\(algorithm.rawValue))" }

    package static func == (left: PublicKey, right: PublicKey) -> Bool {
        left.subjectPublicKeyInfo == right.subjectPublicKeyInfo
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(subjectPublicKeyInfo)
    }
}
