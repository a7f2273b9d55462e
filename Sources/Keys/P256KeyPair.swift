import COpenSSL

/// A key pair of the curve P-256 (FIPS 186-4 section D.1.2.3): agrees on secrets, and signs as ES256.
///
/// No textual form of the value shows key material; only ``pem`` gives it out.
package struct P256KeyPair: Sendable, CustomStringConvertible, CustomReflectable {
    package let publicKey: P256PublicKey
    private let handle: KeyHandle

    package static func generate() throws(KeyError) -> P256KeyPair {
        var pointer: OpaquePointer?
        if let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) {
            defer { EVP_PKEY_CTX_free(context) }
            if EVP_PKEY_keygen_init(context) == 1,
                EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1
            {
                EVP_PKEY_keygen(context, &pointer)
            }
        }
        guard let pointer else {
            ErrorQueue.drain()
            throw .libraryFailure
        }
        return try P256KeyPair(KeyHandle(owning: pointer))
    }

    /// Reads an unencrypted PEM block `PRIVATE KEY` (PKCS#8, RFC 5208). Meant for our own storage, not for material
    /// from others.
    package init(pem: String) throws(KeyError) {
        try self.init(KeyHandle(privatePEM: pem))
    }

    private init(_ handle: KeyHandle) throws(KeyError) {
        self.handle = handle
        publicKey = try P256PublicKey(subjectPublicKeyInfo: handle.subjectPublicKeyInfo())
    }

    /// The pair as an unencrypted PEM block `PRIVATE KEY` (PKCS#8). A secret.
    package var pem: String {
        get throws(KeyError) { try handle.privatePEM }
    }

    /// The secret of 32 bytes that only this pair and the other one can find (SEC 1 section 3.3.1).
    package func sharedSecret(with other: P256PublicKey) throws(KeyError) -> [UInt8] {
        let secret = [UInt8](unsafeUninitializedCapacity: 32) { output, count in
            guard let context = EVP_PKEY_CTX_new(handle.pointer, nil) else { return }
            defer { EVP_PKEY_CTX_free(context) }
            var length = 32
            guard EVP_PKEY_derive_init(context) == 1,
                EVP_PKEY_derive_set_peer(context, other.handle.pointer) == 1,
                EVP_PKEY_derive(context, output.baseAddress, &length) == 1, length == 32
            else { return }
            count = 32
        }
        guard !secret.isEmpty else {
            ErrorQueue.drain()
            throw .libraryFailure
        }
        return secret
    }

    /// Signs with ECDSA and SHA-256; r and s of 32 bytes each, as JOSE has it (RFC 7518 section 3.4). Never twice the
    /// same for one message.
    package func sign(_ message: some Collection<UInt8>) throws(KeyError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw .libraryFailure }
        defer { EVP_MD_CTX_free(context) }
        let capacity = Int(EVP_PKEY_get_size(handle.pointer))
        let der = message.withBytes { message in
            [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                var length = capacity
                guard
                    EVP_DigestSignInit(context, nil, DigestAlgorithm.sha256.implementation, nil, handle.pointer) == 1,
                    EVP_DigestSign(context, output.baseAddress, &length, message.baseAddress, message.count) == 1
                else { return }
                count = length
            }
        }
        guard let signature = Self.joined(der) else {
            ErrorQueue.drain()
            throw .libraryFailure
        }
        return signature
    }

    /// What `ECDSA-Sig-Value` (RFC 3279 section 2.2.3) says, as two numbers of fixed length.
    static func joined(_ der: [UInt8]) -> [UInt8]? {
        var outer = DERReader(der[...])
        guard var numbers = outer.enter(.sequence), outer.isAtEnd, let r = numbers.readPositiveInteger(),
            let s = numbers.readPositiveInteger(), numbers.isAtEnd, r.count <= 32, s.count <= 32
        else { return nil }
        return [r, s].flatMap { [UInt8](repeating: 0, count: 32 - $0.count) + $0 }
    }

    package var description: String { "P256KeyPair" }

    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
