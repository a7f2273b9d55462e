/// What a public key's DER says, read before OpenSSL sees any of it.
///
/// Judging the numbers first keeps hostile material (curves with explicit parameters, huge
/// moduli) away from code whose cost depends on them.
enum PublicKeyStructure {
    /// An RSA key's PKCS#1 `RSAPublicKey`, within the limits.
    case rsa(pkcs1: [UInt8])
    /// An Ed25519 key's 32 bytes.
    case ed25519([UInt8])

    /// Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1; RFC 3279 section 2.3.1; RFC 8410).
    init(subjectPublicKeyInfo der: [UInt8], limits: RSALimits) throws(KeyError) {
        var outer = DERReader(der[...])
        guard var info = outer.enter(.sequence), outer.isAtEnd,
            var algorithm = info.enter(.sequence),
            let identifier = algorithm.read(.objectIdentifier),
            let bits = info.read(.bitString), info.isAtEnd
        else { throw .malformed }

        if identifier.elementsEqual(Self.rsaEncryption) {
            guard
                algorithm.isAtEnd || (algorithm.read(.null)?.isEmpty == true && algorithm.isAtEnd),
                bits.first == 0
            else { throw .malformed }
            try self.init(pkcs1: Array(bits.dropFirst()), limits: limits)
        } else if identifier.elementsEqual(Self.ed25519Identifier) {
            guard algorithm.isAtEnd, bits.count == 33, bits.first == 0 else { throw .malformed }
            self = .ed25519(Array(bits.dropFirst()))
        } else {
            throw .unsupportedAlgorithm
        }
    }

    /// Reads an `RSAPublicKey` (RFC 8017 appendix A.1.1).
    init(pkcs1 der: [UInt8], limits: RSALimits) throws(KeyError) {
        var outer = DERReader(der[...])
        guard var key = outer.enter(.sequence), outer.isAtEnd,
            let modulus = key.readPositiveInteger(),
            let exponent = key.readPositiveInteger(), key.isAtEnd,
            let high = modulus.first, let low = modulus.last, low & 1 == 1
        else { throw .malformed }

        let modulusBits = modulus.count * 8 - high.leadingZeroBitCount
        guard modulusBits >= limits.modulusBits.lowerBound else { throw .modulusTooShort }
        guard modulusBits <= limits.modulusBits.upperBound else { throw .modulusTooLong }

        guard exponent.count <= 8 else { throw .exponentRefused }
        let exponentValue = exponent.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard limits.exponent.contains(exponentValue), exponentValue & 1 == 1 else {
            throw .exponentRefused
        }
        self = .rsa(pkcs1: der)
    }

    private static let rsaEncryption: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1]
    private static let ed25519Identifier: [UInt8] = [0x2B, 0x65, 0x70]
}

/// A reader of DER elements, enough for public keys: single-byte tags, definite minimal lengths
/// up to 64 KiB (X.690 sections 8 and 10).
struct DERReader {
    enum Tag: UInt8 {
        case integer = 0x02
        case bitString = 0x03
        case null = 0x05
        case objectIdentifier = 0x06
        case sequence = 0x30
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The contents of the next element if it has the tag.
    mutating func read(_ tag: Tag) -> ArraySlice<UInt8>? {
        guard rest.popFirst() == tag.rawValue, let length = readLength(), length <= rest.count
        else { return nil }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    /// A reader of the next element's contents if it has the tag.
    mutating func enter(_ tag: Tag) -> DERReader? {
        read(tag).map(DERReader.init)
    }

    /// The bytes of the next element, a positive integer in its shortest form, without sign byte.
    mutating func readPositiveInteger() -> ArraySlice<UInt8>? {
        guard let bytes = read(.integer), let first = bytes.first, first < 0x80 else { return nil }
        guard first == 0 else { return bytes }
        let magnitude = bytes.dropFirst()
        guard let next = magnitude.first, next >= 0x80 else { return nil }
        return magnitude
    }

    private mutating func readLength() -> Int? {
        guard let first = rest.popFirst() else { return nil }
        switch first {
        case 0..<0x80:
            return Int(first)
        case 0x81:
            guard let byte = rest.popFirst(), byte >= 0x80 else { return nil }
            return Int(byte)
        case 0x82:
            guard let high = rest.popFirst(), high > 0, let low = rest.popFirst() else {
                return nil
            }
            return Int(high) << 8 | Int(low)
        default:
            return nil
        }
    }
}
