/// The textual encoding of keys (RFC 7468), as strictly as peers allow.
///
/// A text is one block, with white space around it and inside its Base64; peers differ in line
/// ends and line lengths. Encapsulated headers and explanatory text are refused.
package enum PEM {
    /// The longest text that is looked at, in bytes.
    package static let maximumLength = 16 * 1024

    /// A block's label and contents.
    struct Block {
        var label: String
        var der: [UInt8]
    }

    static func read(_ text: String) throws(KeyError) -> Block {
        guard text.utf8.count <= maximumLength else { throw .tooLong }
        var rest = trimmed(Array(text.utf8)[...])

        let begin = Array("-----BEGIN ".utf8)
        let dashes = Array("-----".utf8)
        guard rest.starts(with: begin) else { throw .notPEM }
        rest = rest.dropFirst(begin.count)
        let label = rest.prefix(while: isLabelCharacter)
        rest = rest.dropFirst(label.count)
        guard !label.isEmpty, rest.starts(with: dashes) else { throw .notPEM }
        rest = rest.dropFirst(dashes.count)

        let end = Array("-----END ".utf8) + label + dashes
        guard rest.count >= end.count, rest.suffix(end.count).elementsEqual(end),
            let der = Base64.decode(rest.dropLast(end.count).filter { !isWhiteSpace($0) }),
            !der.isEmpty
        else { throw .notPEM }
        return Block(label: String(decoding: label, as: UTF8.self), der: der)
    }

    static func write(_ der: [UInt8], label: String) -> String {
        var lines = "-----BEGIN \(label)-----\n"
        var base64 = Substring(Base64.encode(der))
        while !base64.isEmpty {
            lines += base64.prefix(64) + "\n"
            base64 = base64.dropFirst(64)
        }
        return lines + "-----END \(label)-----\n"
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.drop(while: isWhiteSpace)
        guard let last = start.lastIndex(where: { !isWhiteSpace($0) }) else { return [] }
        return start[...last]
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func isLabelCharacter(_ byte: UInt8) -> Bool {
        byte == 0x20 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
