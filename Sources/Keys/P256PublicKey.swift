import COpenSSL

/// The public half of a key pair of P-256; always a point of the curve.
package struct P256PublicKey: Sendable, Hashable {
    /// 65 bytes: 4, x and y (SEC 1 section 2.3.3).
    package let point: [UInt8]
    let handle: KeyHandle

    /// Reads an uncompressed point, whoever sent it.
    package init(point: [UInt8]) throws(KeyError) {
        guard point.count == Self.pointLength, point.first == 4 else { throw .malformed }
        try self.init(subjectPublicKeyInfo: Self.prefix + point)
    }

    init(subjectPublicKeyInfo der: [UInt8]) throws(KeyError) {
        guard der.count == Self.prefix.count + Self.pointLength, der.starts(with: Self.prefix) else {
            throw .unsupportedAlgorithm
        }
        let pointer = der.withBytes { bytes in
            var next = bytes.baseAddress
            return d2i_PUBKEY(nil, &next, bytes.count)
        }
        guard let pointer else {
            ErrorQueue.drain()
            throw .malformed
        }
        handle = KeyHandle(owning: pointer)
        point = Array(der.suffix(Self.pointLength))
    }

    private static let pointLength = 65
    /// Of a SubjectPublicKeyInfo: `id-ecPublicKey` with `secp256r1` (RFC 5480 section 2.1.1), then the bits.
    private static let prefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
        0xCE,
        0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ]

    package static func == (left: P256PublicKey, right: P256PublicKey) -> Bool { left.point == right.point }

    package func hash(into hasher: inout Hasher) { hasher.combine(point) }
}
