import COpenSSL

/// Keys out of other keys: HKDF with SHA-256 (RFC 5869).
package enum HKDF {
    /// A pseudorandom key of 32 bytes out of what two sides share (section 2.2).
    package static func extract(salt: [UInt8], secret: [UInt8]) -> [UInt8] { authenticate(secret, with: salt) }

    /// `length` bytes for one purpose, which `info` names (section 2.3).
    ///
    /// - Parameter length: at most 255 times 32; of more only so much is given.
    package static func expand(_ key: [UInt8], info: [UInt8], length: Int) -> [UInt8] {
        var output: [UInt8] = []
        var block: [UInt8] = []
        for counter in UInt8(1)...UInt8.max where output.count < length {
            block = authenticate(block + info + [counter], with: key)
            output += block
        }
        return Array(output.prefix(length))
    }

    /// HMAC with SHA-256 (RFC 2104).
    static func authenticate(_ message: [UInt8], with key: [UInt8]) -> [UInt8] {
        key.withUnsafeBufferPointer { key in
            message.withUnsafeBufferPointer { message in
                [UInt8](unsafeUninitializedCapacity: DigestAlgorithm.sha256.length) { output, count in
                    // A key without bytes has no address, and no address would mean the key of the last call.
                    let none: UInt8 = 0
                    let done = withUnsafePointer(to: none) { none in
                        HMAC(
                            DigestAlgorithm.sha256.implementation, key.baseAddress ?? none, CInt(clamping: key.count),
                            message.baseAddress ?? none, message.count, output.baseAddress, nil)
                    }
                    guard done != nil else { fatalError("libcrypto is out of memory") }
                    count = DigestAlgorithm.sha256.length
                }
            }
        }
    }
}
