import COpenSSL

/// Owner of one `EVP_PKEY`.
///
/// `@unchecked Sendable` invariant: the key is complete before it gets here and nothing in this
/// module changes it afterwards. OpenSSL 3 guards what it caches inside a key with the key's own
/// lock, and every operation has a context of its own, so tasks may share the key freely.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// The key of an unencrypted PEM block `PRIVATE KEY` (PKCS#8, RFC 5208), all of which has to be the key.
    convenience init(privatePEM pem: String) throws(KeyError) {
        let block = try PEM.read(pem)
        guard block.label == "PRIVATE KEY" else { throw .unsupportedKind }
        let pointer = block.der.withBytes { bytes -> OpaquePointer? in
            var next = bytes.baseAddress
            guard let info = d2i_PKCS8_PRIV_KEY_INFO(nil, &next, bytes.count) else { return nil }
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            guard next == bytes.baseAddress?.advanced(by: bytes.count) else { return nil }
            return EVP_PKCS82PKEY(info)
        }
        guard let pointer else {
            ErrorQueue.drain()
            throw .malformed
        }
        self.init(owning: pointer)
    }

    deinit {
        EVP_PKEY_free(pointer)
    }

    /// The DER of the SubjectPublicKeyInfo.
    func subjectPublicKeyInfo() throws(KeyError) -> [UInt8] {
        var buffer: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(pointer, &buffer)
        guard count > 0, let buffer else {
            ErrorQueue.drain()
            throw .libraryFailure
        }
        defer { CRYPTO_free(buffer, nil, 0) }
        return Array(UnsafeBufferPointer(start: buffer, count: Int(count)))
    }

    /// The private half as an unencrypted PEM block `PRIVATE KEY` (PKCS#8). A secret.
    var privatePEM: String {
        get throws(KeyError) {
            guard let info = EVP_PKEY2PKCS8(pointer) else {
                ErrorQueue.drain()
                throw .libraryFailure
            }
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            var buffer: UnsafeMutablePointer<UInt8>?
            let count = i2d_PKCS8_PRIV_KEY_INFO(info, &buffer)
            guard count > 0, let buffer else {
                ErrorQueue.drain()
                throw .libraryFailure
            }
            defer { CRYPTO_clear_free(buffer, Int(count), nil, 0) }
            return PEM.write(Array(UnsafeBufferPointer(start: buffer, count: Int(count))), label: "PRIVATE KEY")
        }
    }
}
