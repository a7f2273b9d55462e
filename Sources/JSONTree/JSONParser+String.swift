extension JSONParser {
    /// RFC 8259 section 7, with every escape resolved and the UTF-8 checked.
    mutating func string(_ text: Span<UInt8>) throws(JSONError) -> String {
        let quote = position
        position += 1
        try takePlain(text)
        if text[position] == UInt8(ascii: "\"") {
            position += 1
            return try checked(text.extracting(quote + 1..<position - 1), offset: quote)
        }

        var resolved: [UInt8] = []
        var runStart = quote + 1
        while true {
            text.extracting(runStart..<position).withUnsafeBufferPointer { resolved.append(contentsOf: $0) }
            if text[position] == UInt8(ascii: "\"") { break }
            resolved.append(contentsOf: try escape(text).utf8)
            runStart = position
            try takePlain(text)
        }
        position += 1
        return try checked(resolved.span, offset: quote)
    }

    /// Goes to the next quotation mark or backslash, which there must be.
    private mutating func takePlain(_ text: Span<UInt8>) throws(JSONError) {
        while true {
            switch try byte(text) {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return
            case 0..<0x20: throw failure(.controlCharacter)
            default: position += 1
            }
        }
    }

    private func checked(_ bytes: Span<UInt8>, offset: Int) throws(JSONError) -> String {
        if bytes.count > limits.stringBytes { throw JSONError(reason: .stringTooLong, offset: offset) }
        do throws(UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: bytes))
        } catch {
            throw JSONError(reason: .invalidUTF8, offset: offset)
        }
    }

    private mutating func escape(_ text: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
        let start = position
        position += 1
        let letter = try byte(text)
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try escapedScalar(text, start: start)
        default: throw JSONError(reason: .malformedEscape, offset: start)
        }
    }

    /// The hexadecimal digits after `\u`, and those of the pair's other half after a high surrogate.
    private mutating func escapedScalar(_ text: Span<UInt8>, start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try hexadecimal(text)
        if first == 0 { throw JSONError(reason: .nulCharacter, offset: start) }
        if let scalar = Unicode.Scalar(first) { return scalar }

        let lone = JSONError(reason: .loneSurrogate, offset: start)
        guard first < 0xDC00, try byte(text) == UInt8(ascii: "\\") else { throw lone }
        position += 1
        guard try byte(text) == UInt8(ascii: "u") else { throw lone }
        position += 1
        let second = try hexadecimal(text)
        guard 0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00))
        else { throw lone }
        return scalar
    }

    private mutating func hexadecimal(_ text: Span<UInt8>) throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let digit = try byte(text)
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt16(digit & 0x0F)
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                value = value << 4 | UInt16(digit & 0x0F + 9)
            default: throw failure(.malformedEscape)
            }
            position += 1
        }
        return value
    }
}
