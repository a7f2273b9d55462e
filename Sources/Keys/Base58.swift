/// Base58 with Bitcoin's alphabet (draft-msporny-base58-03), the `z` of multibase.
///
/// Both directions take time quadratic in the length, so decoding has a limit.
package enum Base58 {
    private static let characters = Array(
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: .max, count: 256)
        for (value, character) in characters.enumerated() {
            values[Int(character)] = UInt8(value)
        }
        return values
    }()

    /// The text for some bytes; meant for keys and signatures, not for documents.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        let zeros = bytes.prefix { $0 == 0 }.count
        let digits = convert(bytes.dropFirst(zeros), from: 256, to: 58)
        let text = repeatElement(characters[0], count: zeros) + digits.map { characters[Int($0)] }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that a text stands for; nil for a foreign character or for more characters than
    /// the limit.
    package static func decode(
        _ text: some Collection<UInt8>,
        maximumLength: Int = 128
    ) -> [UInt8]? {
        guard text.count <= maximumLength else { return nil }
        var digits: [UInt8] = []
        for character in text {
            let value = values[Int(character)]
            guard value < 58 else { return nil }
            digits.append(value)
        }
        let zeros = digits.prefix { $0 == 0 }.count
        return Array(repeatElement(0, count: zeros))
            + convert(digits.dropFirst(zeros), from: 58, to: 256)
    }

    /// Rewrites a number, most significant digit first, in another base of at most 256.
    private static func convert(
        _ digits: some Collection<UInt8>,
        from source: UInt32,
        to target: UInt32
    ) -> [UInt8] {
        var leastFirst: [UInt8] = []
        for digit in digits {
            var carry = UInt32(digit)
            for index in leastFirst.indices {
                carry += UInt32(leastFirst[index]) * source
                leastFirst[index] = UInt8(carry % target)
                carry /= target
            }
            while carry > 0 {
                leastFirst.append(UInt8(carry % target))
                carry /= target
            }
        }
        return leastFirst.reversed()
    }
}
