import Keys

/// Why a text is no Dictionary, or none that is accepted.
enum StructuredFieldError: Error, Hashable {
    case malformed
    /// Longer than asked for.
    case tooLong
    /// One key for two members. RFC 9651 lets the last one count; a reader that lets the first one count would see
    /// another value, so here none counts.
    case duplicateMember
    /// The same for parameters.
    case duplicateParameter
}

/// Takes a structured field apart from left to right, as RFC 9651 section 4.2 prescribes.
///
/// Takes time linear in the length; nothing nests deeper than the grammar's two levels, and the counts are those that
/// every parser has to support.
struct StructuredFieldParser {
    private static let maximumMembers = 1024
    private static let maximumItems = 256
    private static let maximumParameters = 256
    private static let maximumDigits = 15

    private var rest: ArraySlice<UInt8>

    /// Reads a Dictionary; one without members is an empty text.
    static func dictionary(
        _ text: some Collection<UInt8>,
        maximumLength: Int
    ) throws(StructuredFieldError) -> [StructuredField.Member] {
        guard text.count <= maximumLength else { throw .tooLong }
        var parser = StructuredFieldParser(rest: Array(text)[...])
        return try parser.dictionary()
    }

    private mutating func dictionary() throws(StructuredFieldError) -> [StructuredField.Member] {
        var members: [StructuredField.Member] = []
        var keys: Set<String> = []
        skipSpaces()
        if rest.isEmpty { return [] }
        while true {
            let key = try key()
            guard keys.insert(key).inserted else { throw .duplicateMember }
            guard keys.count <= Self.maximumMembers else { throw .malformed }
            members.append(.init(key: key, value: try memberValue()))
            rest = rest.drop(while: ASCII.isSpace)
            if rest.isEmpty { return members }
            guard take(",") else { throw .malformed }
            rest = rest.drop(while: ASCII.isSpace)
        }
    }

    private mutating func memberValue() throws(StructuredFieldError) -> StructuredField.MemberValue {
        guard take("=") else {
            return .item(.init(value: .boolean(true), parameters: try parameters()))
        }
        guard take("(") else { return .item(try item()) }
        return .innerList(.init(items: try items(), parameters: try parameters()))
    }

    /// The items of an inner list up to its closing parenthesis.
    private mutating func items() throws(StructuredFieldError) -> [StructuredField.Item] {
        var items: [StructuredField.Item] = []
        while true {
            skipSpaces()
            if take(")") { return items }
            guard items.count < Self.maximumItems else { throw .malformed }
            items.append(try item())
            guard rest.first == UInt8(ascii: " ") || rest.first == UInt8(ascii: ")") else { throw .malformed }
        }
    }

    private mutating func item() throws(StructuredFieldError) -> StructuredField.Item {
        .init(value: try bareItem(), parameters: try parameters())
    }

    private mutating func parameters() throws(StructuredFieldError) -> [StructuredField.Parameter] {
        var parameters: [StructuredField.Parameter] = []
        var keys: Set<String> = []
        while take(";") {
            skipSpaces()
            let key = try key()
            guard keys.insert(key).inserted else { throw .duplicateParameter }
            guard keys.count <= Self.maximumParameters else { throw .malformed }
            parameters.append(.init(key: key, value: take("=") ? try bareItem() : .boolean(true)))
        }
        return parameters
    }

    private mutating func key() throws(StructuredFieldError) -> String {
        guard let first = rest.first, Self.isLowercaseLetter(first) || first == UInt8(ascii: "*") else {
            throw .malformed
        }
        return take { Self.isLowercaseLetter($0) || ASCII.isDigit($0) || "_-.*".utf8.contains($0) }
    }

    private mutating func bareItem() throws(StructuredFieldError) -> StructuredField.BareItem {
        guard let first = rest.first else { throw .malformed }
        switch first {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: ":"): return .bytes(try bytes())
        case UInt8(ascii: "?"): return .boolean(try boolean())
        case _ where ASCII.isLetter(first) || first == UInt8(ascii: "*"):
            return .token(take { ASCII.isTokenByte($0) || ":/".utf8.contains($0) })
        default: throw .malformed
        }
    }

    /// A Decimal leaves its point behind, which can follow nowhere.
    private mutating func integer() throws(StructuredFieldError) -> Int {
        let isNegative = take("-")
        let digits = rest.prefix(while: ASCII.isDigit)
        rest = rest.dropFirst(digits.count)
        guard digits.count <= Self.maximumDigits, let number = ASCII.number(digits) else { throw .malformed }
        return isNegative ? -number : number
    }

    private mutating func string() throws(StructuredFieldError) -> String {
        rest = rest.dropFirst()
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst(), "\"\\".utf8.contains(escaped) else { throw .malformed }
                text.append(escaped)
            case 0x20...0x7E: text.append(byte)
            default: throw .malformed
            }
        }
        throw .malformed
    }

    /// Only canonical Base64, so that no two texts stand for one signature.
    private mutating func bytes() throws(StructuredFieldError) -> [UInt8] {
        rest = rest.dropFirst()
        let text = rest.prefix { $0 != UInt8(ascii: ":") }
        rest = rest.dropFirst(text.count)
        guard take(":"), let bytes = Base64.decode(text) else { throw .malformed }
        return bytes
    }

    private mutating func boolean() throws(StructuredFieldError) -> Bool {
        rest = rest.dropFirst()
        if take("1") { return true }
        guard take("0") else { throw .malformed }
        return false
    }

    /// Takes the next byte if it is the one asked for.
    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: byte) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func take(while isWanted: (UInt8) -> Bool) -> String {
        let taken = rest.prefix(while: isWanted)
        rest = rest.dropFirst(taken.count)
        return String(decoding: taken, as: UTF8.self)
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == UInt8(ascii: " ") }
    }

    private static func isLowercaseLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}
