import COpenSSL

/// OpenSSL's error queue, which belongs to the calling thread and outlives the failing call.
///
/// An entry left behind would be reported by the next, unrelated failure, so every failing path
/// in this module empties it.
enum ErrorQueue {
    static func drain() {
        ERR_clear_error()
    }

    static var isEmpty: Bool {
        ERR_peek_error() == 0
    }
}

extension Collection<UInt8> {
    /// Lends the elements as one buffer, copying only where the collection has no such storage.
    func withBytes<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        if let value = withContiguousStorageIfAvailable(body) { return value }
        return Array(self).withUnsafeBufferPointer(body)
    }
}

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
}
