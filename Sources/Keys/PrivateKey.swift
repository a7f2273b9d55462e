import COpenSSL

/// A key pair that signs. Tasks may share one value.
///
/// No textual form of the value shows key material; only ``pem`` gives it out.
package struct PrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    package let algorithm: KeyAlgorithm
    package let publicKey: PublicKey
    private let handle: KeyHandle

    /// Makes a new pair: RSA with 2048 bits and exponent 65537, or Ed25519.
    ///
    /// Making an RSA key blocks the thread for some 50 to 300 ms.
    package static func generate(_ algorithm: KeyAlgorithm) throws(KeyError) -> PrivateKey {
        let type = algorithm == .rsa ? EVP_PKEY_RSA : EVP_PKEY_ED25519
        var pointer: OpaquePointer?
        if let context = EVP_PKEY_CTX_new_id(type, nil) {
            defer { EVP_PKEY_CTX_free(context) }
            if EVP_PKEY_keygen_init(context) == 1,
                algorithm != .rsa || EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1
            {
                EVP_PKEY_keygen(context, &pointer)
            }
        }
        guard let pointer else {
            ErrorQueue.drain()
            throw .libraryFailure
        }
        return try PrivateKey(KeyHandle(owning: pointer), limits: .standard)
    }

    /// Reads an unencrypted PEM block `PRIVATE KEY` (PKCS#8, RFC 5208) of at most
    /// ``PEM/maximumLength`` bytes. Meant for our own storage, not for material from peers.
    package init(pem: String) throws(KeyError) {
        try self.init(pem: pem, limits: .standard)
    }

    init(pem: String, limits: RSALimits) throws(KeyError) {
        try self.init(KeyHandle(privatePEM: pem), limits: limits)
    }

    private init(_ handle: KeyHandle, limits: RSALimits) throws(KeyError) {
        self.handle = handle
        publicKey = try PublicKey(of: handle, limits: limits)
        algorithm = publicKey.algorithm
    }

    /// The pair as an unencrypted PEM block `PRIVATE KEY` (PKCS#8). A secret.
    package var pem: String {
        get throws(KeyError) { try handle.privatePEM }
    }

    /// Signs a message; without a scheme the algorithm's ``KeyAlgorithm/preferredScheme`` is used.
    ///
    /// The same message gives the same bytes each time, but for RSASSA-PSS, whose salt is random: 256 for RSA of 2048
    /// bits, 64 for Ed25519.
    /// A scheme that does not belong to the key is ``KeyError/unsupportedAlgorithm``.
    package func sign(
        _ message: some Collection<UInt8>,
        scheme: SignatureScheme? = nil
    ) throws(KeyError) -> [UInt8] {
        let scheme = scheme ?? algorithm.preferredScheme
        guard scheme.keyAlgorithm == algorithm else { throw .unsupportedAlgorithm }
        let digest = scheme.digest?.implementation
        let capacity = Int(EVP_PKEY_get_size(handle.pointer))
        guard let context = EVP_MD_CTX_new() else { throw .libraryFailure }
        defer { EVP_MD_CTX_free(context) }
        let signature = message.withBytes { message in
            [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                var length = capacity
                var operation: OpaquePointer?
                guard EVP_DigestSignInit(context, &operation, digest, nil, handle.pointer) == 1,
                    scheme.configure(operation),
                    EVP_DigestSign(
                        context, output.baseAddress, &length, message.baseAddress, message.count)
                        == 1
                else { return }
                count = length
            }
        }
        guard !signature.isEmpty else {
            ErrorQueue.drain()
            throw .libraryFailure
        }
        return signature
    }

    package var description: String { "PrivateKey(\(algorithm.rawValue))" }

    package var customMirror: Mirror { Mirror(self, children: ["algorithm": algorithm]) }
}
