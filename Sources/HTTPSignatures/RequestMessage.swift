/// One line of a header section as it stood on the wire.
package struct HeaderField: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A received request with everything that a signature can cover.
///
/// Nothing in it may have been decoded, merged or reordered: the target is the path and query
/// byte for byte, repeated fields are repeated, and the body is what arrived.
package struct RequestMessage: Sendable {
    package var method: String
    package var target: String
    package var fields: [HeaderField]
    package var body: [UInt8]

    package init(method: String, target: String, fields: [HeaderField], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }

    /// Whether a digest has to bind the body: for every method but GET and HEAD, and for any
    /// body that is there.
    var needsDigest: Bool {
        !body.isEmpty || (method != "GET" && method != "HEAD")
    }

    /// The values of all fields with a name given in lower case, in order, without the white space
    /// around them.
    func values(named name: some Collection<UInt8>) -> [Substring.UTF8View] {
        fields.compactMap { field in
            ASCII.isSame(field.name.utf8, lowercase: name) ? ASCII.trimmed(field.value) : nil
        }
    }
}

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
