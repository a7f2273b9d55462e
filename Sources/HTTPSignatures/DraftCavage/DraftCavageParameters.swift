/// The parameters of a draft-cavage `Signature` field: `name="value"` or `name=number`, separated
/// by commas with white space around them (draft-cavage-http-signatures-12 section 4.1).
///
/// Names are compared without regard to case, so that no reader sees a second `keyid`. Backslash
/// escapes, other bytes than printable ASCII, and empty list elements are refused.
struct DraftCavageParameters {
    private(set) var keyID: ArraySlice<UInt8>?
    private(set) var signature: ArraySlice<UInt8>?
    private(set) var algorithm: ArraySlice<UInt8>?
    private(set) var headers: ArraySlice<UInt8>?
    private(set) var created: ArraySlice<UInt8>?
    private(set) var expires: ArraySlice<UInt8>?

    private static let maximumCount = 16

    init(_ text: some Collection<UInt8>) throws(Refusal) {
        var scanner = Scanner(rest: Array(text)[...])
        var names: [[UInt8]] = []
        while true {
            guard names.count < Self.maximumCount, let (name, value) = scanner.parameter() else {
                throw .malformedParameters
            }
            guard !names.contains(name) else { throw .duplicateParameter }
            names.append(name)
            set(name, to: value)
            if scanner.isAtEnd { return }
            guard scanner.comma() else { throw .malformedParameters }
        }
    }

    private mutating func set(_ name: [UInt8], to value: ArraySlice<UInt8>) {
        switch String(decoding: name, as: UTF8.self) {
        case "keyid": keyID = value
        case "signature": signature = value
        case "algorithm": algorithm = value
        case "headers": headers = value
        case "created": created = value
        case "expires": expires = value
        default: break
        }
    }
}

/// Takes a field value apart from left to right.
private struct Scanner {
    var rest: ArraySlice<UInt8>

    var isAtEnd: Bool { rest.isEmpty }

    mutating func parameter() -> (name: [UInt8], value: ArraySlice<UInt8>)? {
        let name = rest.prefix(while: Self.isNameByte)
        rest = rest.dropFirst(name.count)
        guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "="),
            let value = rest.first == UInt8(ascii: "\"") ? quoted() : number()
        else { return nil }
        skipSpace()
        return (name.map(ASCII.lowercased), value)
    }

    mutating func comma() -> Bool {
        guard rest.popFirst() == UInt8(ascii: ",") else { return false }
        skipSpace()
        return true
    }

    private mutating func quoted() -> ArraySlice<UInt8>? {
        rest = rest.dropFirst()
        let value = rest.prefix { $0 != UInt8(ascii: "\"") }
        rest = rest.dropFirst(value.count)
        guard rest.popFirst() != nil,
            value.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return value
    }

    private mutating func number() -> ArraySlice<UInt8>? {
        let digits = rest.prefix(while: ASCII.isDigit)
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty ? nil : digits
    }

    private mutating func skipSpace() {
        rest = rest.drop(while: ASCII.isSpace)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        let lower = ASCII.lowercased(byte)
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower) || ASCII.isDigit(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
