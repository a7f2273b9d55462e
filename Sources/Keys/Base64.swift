/// Base64 and its URL-safe form (RFC 4648 sections 4 and 5).
///
/// Decoding is canonical: exactly one text stands for given bytes. Foundation's decoder lets the
/// unused bits of the last character vary, so that a changed signature could still decode.
package enum Base64 {
    /// Which 64 characters are used, and whether `=` fills the last group.
    package enum Alphabet: Sendable {
        /// `+` and `/`, padded.
        case standard
        /// `+` and `/`, not padded, as password hash strings have it.
        case unpadded
        /// `-` and `_`, not padded.
        case urlSafe

        fileprivate var isPadded: Bool { self == .standard }

        fileprivate var characters: [UInt8] {
            self == .urlSafe ? Base64.urlSafeCharacters : Base64.standardCharacters
        }

        fileprivate var values: [UInt8] {
            self == .urlSafe ? Base64.urlSafeValues : Base64.standardValues
        }
    }

    /// The text for some bytes.
    package static func encode(
        _ bytes: some Collection<UInt8>,
        as alphabet: Alphabet = .standard
    ) -> String {
        bytes.withBytes { encode($0, as: alphabet) }
    }

    /// The bytes that a text stands for; nil unless it is exactly what ``encode(_:as:)`` writes.
    package static func decode(
        _ text: some Collection<UInt8>,
        as alphabet: Alphabet = .standard
    ) -> [UInt8]? {
        text.withBytes { decode($0, as: alphabet) }
    }

    private static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        as alphabet: Alphabet
    ) -> String {
        let characters = alphabet.characters
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var pending: UInt32 = 0
        var pendingBytes = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            pendingBytes += 1
            if pendingBytes == 3 {
                for shift: UInt32 in [18, 12, 6, 0] {
                    text.append(characters[Int(pending >> shift & 63)])
                }
                pending = 0
                pendingBytes = 0
            }
        }
        if pendingBytes > 0 {
            let bits = UInt32(pendingBytes * 8)
            pending <<= 24 - bits
            for index in 0...pendingBytes {
                text.append(characters[Int(pending >> UInt32(18 - 6 * index) & 63)])
            }
            if alphabet.isPadded {
                text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - pendingBytes))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decode(
        _ text: UnsafeBufferPointer<UInt8>,
        as alphabet: Alphabet
    ) -> [UInt8]? {
        let length = text.count
        var digits = length
        if alphabet.isPadded {
            guard length % 4 == 0 else { return nil }
            digits -= text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        }
        guard digits % 4 != 1 else { return nil }

        let values = alphabet.values
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits / 4 * 3 + 2)
        var pending: UInt32 = 0
        var pendingBits: UInt32 = 0
        for character in text.prefix(digits) {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            pending = pending << 6 | UInt32(value)
            pendingBits += 6
            if pendingBits >= 8 {
                pendingBits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> pendingBits))
                pending &= (1 << pendingBits) - 1
            }
        }
        return pending == 0 ? bytes : nil
    }

    private static let standardCharacters = characters(lastTwo: "+/")
    private static let urlSafeCharacters = characters(lastTwo: "-_")
    private static let standardValues = values(of: standardCharacters)
    private static let urlSafeValues = values(of: urlSafeCharacters)

    private static func characters(lastTwo: String) -> [UInt8] {
        Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8) + lastTwo.utf8
    }

    private static func values(of characters: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: .max, count: 256)
        for (value, character) in characters.enumerated() {
            values[Int(character)] = UInt8(value)
        }
        return values
    }
}
