import COpenSSL

/// Unpredictable bytes from OpenSSL's generator, safe to use from any thread.
package enum SecureRandom {
    /// Fresh random bytes.
    ///
    /// Stops the process if the system gives no entropy, because everything that follows would be
    /// guessable.
    package static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
            guard count == 0 || RAND_priv_bytes(buffer.baseAddress, CInt(count)) == 1 else {
                fatalError("no randomness available")
            }
            initialised = count
        }
    }

    /// A bearer secret of 256 bit as 43 URL-safe characters.
    package static func token() -> String {
        Base64.encode(bytes(32), as: .urlSafe)
    }
}

/// Whether two byte strings are the same, in time that depends on their lengths only.
package func constantTimeEqual(
    _ left: some Collection<UInt8>,
    _ right: some Collection<UInt8>
) -> Bool {
    left.withBytes { left in
        right.withBytes { right in
            guard left.count == right.count else { return false }
            guard let first = left.baseAddress, let second = right.baseAddress else { return true }
            return CRYPTO_memcmp(first, second, left.count) == 0
        }
    }
}
