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
