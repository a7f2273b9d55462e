/// Byte-level text handling; header syntax is ASCII, and Swift's characters are not bytes.
enum ASCII {
    static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Whether a text is the given lower-case one but for the case of its letters.
    static func isSame(
        _ text: some Collection<UInt8>,
        lowercase: some Collection<UInt8>
    ) -> Bool {
        text.count == lowercase.count && zip(text, lowercase).allSatisfy { lowercased($0) == $1 }
    }

    /// The value without spaces and tabs at its ends.
    static func trimmed(_ value: String) -> Substring.UTF8View {
        trimmed(value.utf8[...])
    }

    static func trimmed<Text: BidirectionalCollection<UInt8>>(_ text: Text) -> Text
    where Text.SubSequence == Text {
        let start = text.drop(while: isSpace)
        guard let last = start.lastIndex(where: { !isSpace($0) }) else { return start }
        return start[...last]
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    /// Whether a byte can end a line or hide text: everything below space but tab, and DEL.
    static func isControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != 0x09) || byte == 0x7F
    }

    /// Whether a byte is printable and no space.
    static func isVisible(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F
    }

    /// Whether a text is upper-case letters only; the standard methods are, and `(request-target)`
    /// would not tell others apart.
    static func isMethod(_ text: some Collection<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains)
    }

    /// Whether a text is a path, with or without query, as a request line has it.
    static func isTarget(_ text: some Collection<UInt8>) -> Bool {
        text.first == UInt8(ascii: "/") && text.allSatisfy(isVisible)
    }

    /// Whether a text is a field name in lower case (RFC 9110 section 5.1).
    static func isFieldName(_ text: some Collection<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy { isTokenByte($0) && lowercased($0) == $0 }
    }

    /// Whether a byte can stand in a token (RFC 9110 section 5.6.2).
    static func isTokenByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// A decimal number; nil for anything but digits and for more than fit.
    static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty else { return nil }
        var value = 0
        for byte in digits {
            guard isDigit(byte) else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return value
    }
}
