extension JSON {
    /// Reads one JSON text as RFC 8259 defines it, in UTF-8, within `limits`.
    ///
    /// Stricter where parsers disagree: refuses a byte order mark, a key that an object has already (compared by its
    /// bytes after escapes are resolved), an escaped U+0000 and halves of surrogate pairs.
    package static func parse(_ text: Span<UInt8>, limits: Limits = Limits()) throws(JSONError) -> JSON {
        var parser = JSONParser(limits: limits)
        return try parser.document(text)
    }

    /// ``parse(_:limits:)-(Span<UInt8>,_)`` of bytes that lie elsewhere; copies them unless they are contiguous.
    package static func parse(
        _ text: some Collection<UInt8>, limits: Limits = Limits()
    ) throws(JSONError) -> JSON {
        let direct = text.withContiguousStorageIfAvailable { bytes in
            Result { () throws(JSONError) in try parse(bytes.span, limits: limits) }
        }
        if let direct { return try direct.get() }
        return try parse(Array(text.prefix(limits.bytes + 1)).span, limits: limits)
    }

    /// ``parse(_:limits:)-(Span<UInt8>,_)`` of a text's UTF-8.
    package static func parse(_ text: String, limits: Limits = Limits()) throws(JSONError) -> JSON {
        try parse(text.utf8, limits: limits)
    }
}

/// Recursive descent over bytes: a method per rule of the grammar, which starts at its first byte and ends after its
/// last.
///
/// The text goes from method to method because a struct can not yet keep a `Span`, and only a span checks its bounds.
struct JSONParser {
    let limits: JSON.Limits
    var position = 0
    private var values = 0

    init(limits: JSON.Limits) {
        self.limits = limits
    }

    mutating func document(_ text: Span<UInt8>) throws(JSONError) -> JSON {
        if text.count > limits.bytes { throw JSONError(reason: .tooManyBytes, offset: limits.bytes) }
        if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { throw failure(.byteOrderMark) }
        skipWhiteSpace(text)
        let value = try value(text, depth: 0)
        skipWhiteSpace(text)
        if position < text.count { throw failure(.trailingBytes) }
        return value
    }

    /// - Parameter depth: containers around the value.
    private mutating func value(_ text: Span<UInt8>, depth: Int) throws(JSONError) -> JSON {
        values += 1
        if values > limits.values { throw failure(.tooManyValues) }
        switch try byte(text) {
        case UInt8(ascii: "\""): return .string(try string(text))
        case UInt8(ascii: "{"): return .object(try object(text, depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(text, depth: depth + 1))
        case UInt8(ascii: "t"): return try word("true", text, .bool(true))
        case UInt8(ascii: "f"): return try word("false", text, .bool(false))
        case UInt8(ascii: "n"): return try word("null", text, .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number(text))
        default: throw failure(.unexpectedByte)
        }
    }

    private mutating func object(_ text: Span<UInt8>, depth: Int) throws(JSONError) -> JSON.Object {
        var object = JSON.Object()
        if try opensEmpty(text, closing: UInt8(ascii: "}"), depth: depth) { return object }
        repeat {
            skipWhiteSpace(text)
            let start = position
            guard try byte(text) == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
            let key = try string(text)
            skipWhiteSpace(text)
            guard try byte(text) == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
            position += 1
            skipWhiteSpace(text)
            let value = try value(text, depth: depth)
            guard object.add(key, value) else { throw JSONError(reason: .duplicateKey, offset: start) }
        } while try continues(text, closing: UInt8(ascii: "}"))
        return object
    }

    private mutating func array(_ text: Span<UInt8>, depth: Int) throws(JSONError) -> [JSON] {
        var elements: [JSON] = []
        if try opensEmpty(text, closing: UInt8(ascii: "]"), depth: depth) { return elements }
        repeat {
            skipWhiteSpace(text)
            elements.append(try value(text, depth: depth))
        } while try continues(text, closing: UInt8(ascii: "]"))
        return elements
    }

    /// Takes an opening bracket, and the closing one if nothing lies between; here depth is enforced, before recursion.
    private mutating func opensEmpty(
        _ text: Span<UInt8>, closing: UInt8, depth: Int
    ) throws(JSONError) -> Bool {
        if depth > limits.depth { throw failure(.tooDeep) }
        position += 1
        skipWhiteSpace(text)
        guard try byte(text) == closing else { return false }
        position += 1
        return true
    }

    /// Takes a comma or the closing bracket; tells whether it was a comma.
    private mutating func continues(_ text: Span<UInt8>, closing: UInt8) throws(JSONError) -> Bool {
        skipWhiteSpace(text)
        let byte = try byte(text)
        guard byte == UInt8(ascii: ",") || byte == closing else { throw failure(.unexpectedByte) }
        position += 1
        return byte != closing
    }

    private mutating func word(
        _ word: StaticString, _ text: Span<UInt8>, _ value: JSON
    ) throws(JSONError) -> JSON {
        for expected in UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount) {
            guard try byte(text) == expected else { throw failure(.unexpectedByte) }
            position += 1
        }
        return value
    }

    private mutating func skipWhiteSpace(_ text: Span<UInt8>) {
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    /// The byte at `position`, which must not be the end.
    func byte(_ text: Span<UInt8>) throws(JSONError) -> UInt8 {
        guard position < text.count else { throw failure(.unexpectedEnd) }
        return text[position]
    }

    func failure(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, offset: position)
    }
}
