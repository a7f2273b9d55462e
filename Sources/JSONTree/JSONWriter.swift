extension JSON {
    /// The value as JSON text in UTF-8 without white space, members in their order: equal steps give equal bytes.
    package func serialized() -> [UInt8] {
        var writer = JSONWriter(form: .asBuilt)
        writer.write(self)
        return writer.bytes
    }

    /// ``serialized()`` as a `String`.
    package func serializedText() -> String {
        String(decoding: serialized(), as: UTF8.self)
    }

    /// The canonical form of RFC 8785 (JCS), for signing and comparing.
    ///
    /// Numbers pass through binary64 as the RFC demands, so integers beyond 2^53 lose digits.
    /// Nil when a number is beyond the range of binary64, for which there is no canonical form.
    package func canonical() -> [UInt8]? {
        var writer = JSONWriter(form: .canonical)
        writer.write(self)
        return writer.hasUnwritableNumber ? nil : writer.bytes
    }
}

struct JSONWriter {
    enum Form {
        case asBuilt
        /// RFC 8785: members by the UTF-16 of their keys, numbers as ECMAScript writes them.
        case canonical
    }

    let form: Form
    private(set) var bytes: [UInt8] = []
    private(set) var hasUnwritableNumber = false

    init(form: Form) {
        self.form = form
    }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(true): bytes.append(contentsOf: "true".utf8)
        case .bool(false): bytes.append(contentsOf: "false".utf8)
        case .number(let number): write(number)
        case .string(let string): write(string)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [JSON]) {
        bytes.append(UInt8(ascii: "["))
        for (position, element) in elements.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            write(element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSON.Object) {
        bytes.append(UInt8(ascii: "{"))
        switch form {
        case .asBuilt: writeMembers(object)
        case .canonical: writeMembers(object.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) })
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func writeMembers(_ members: some Sequence<JSON.Object.Element>) {
        var isFirst = true
        for (key, value) in members {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(key)
            bytes.append(UInt8(ascii: ":"))
            write(value)
        }
    }

    private mutating func write(_ number: JSON.Number) {
        switch form {
        case .asBuilt:
            bytes.append(contentsOf: number.literal.utf8)
        case .canonical:
            if let double = number.double {
                bytes.append(contentsOf: ECMAScriptNumber.text(double).utf8)
            } else {
                hasUnwritableNumber = true
            }
        }
    }

    /// Escapes what RFC 8259 demands and nothing else, which is also what RFC 8785 section 3.2.2.2 prescribes.
    private mutating func write(_ string: String) {
        var string = string
        bytes.append(UInt8(ascii: "\""))
        string.withUTF8 { utf8 in
            var written = 0
            for (position, byte) in utf8.enumerated() where Self.mustEscape(byte) {
                bytes.append(contentsOf: utf8[written..<position])
                writeEscape(of: byte)
                written = position + 1
            }
            bytes.append(contentsOf: utf8[written...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func mustEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func writeEscape(of byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 0x0F)])
        default: bytes.append(byte)
        }
    }
}
