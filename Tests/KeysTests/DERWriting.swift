import Testing

@testable import Keys

/// Builds keys that no tool would make.
enum DERWriting {
    static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        let length: [UInt8] =
            switch contents.count {
            case 0..<0x80: [UInt8(contents.count)]
            case 0x80..<0x100: [0x81, UInt8(contents.count)]
            default: [0x82, UInt8(contents.count >> 8), UInt8(contents.count & 0xFF)]
            }
        return [tag] + length + contents
    }

    static func positiveInteger(_ magnitude: [UInt8]) -> [UInt8] {
        element(0x02, (magnitude.first ?? 0) >= 0x80 ? [0] + magnitude : magnitude)
    }

    /// An odd number of exactly that many bits.
    static func odd(bits: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0xA5, count: (bits + 7) / 8)
        bytes[0] = 1 << UInt8((bits - 1) % 8)
        bytes[bytes.count - 1] |= 1
        return bytes
    }

    static func pkcs1(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
        element(0x30, positiveInteger(modulus) + positiveInteger(exponent))
    }

    static func pkcs1PEM(modulus: [UInt8], exponent: [UInt8]) -> String {
        PEM.write(pkcs1(modulus: modulus, exponent: exponent), label: "RSA PUBLIC KEY")
    }

    static func spkiPEM(algorithm: [UInt8], bits: [UInt8], trailing: [UInt8] = []) -> String {
        let info = element(0x30, element(0x30, algorithm) + element(0x03, [0] + bits))
        return PEM.write(info + trailing, label: "PUBLIC KEY")
    }

    static let rsaIdentifier: [UInt8] = element(
        0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1])
    static let null: [UInt8] = [5, 0]

    /// PKCS#8 for an Ed25519 seed (RFC 8410 section 7).
    static func ed25519PEM(seed: [UInt8]) -> String {
        let prefix: [UInt8] = [
            0x30, 0x2E, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 0x22, 4, 0x20,
        ]
        return PEM.write(prefix + seed, label: "PRIVATE KEY")
    }
}

/// Bytes of a hexadecimal literal.
func hex(_ text: String) throws -> [UInt8] {
    try #require(Hexadecimal.decode(text.utf8))
}
