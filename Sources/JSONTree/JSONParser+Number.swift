extension JSONParser {
    /// RFC 8259 section 6. Plain integers of up to 64 bits are kept as such, everything else as its literal.
    mutating func number(_ text: Span<UInt8>) throws(JSONError) -> JSON.Number {
        let start = position
        let isNegative = text[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }

        let firstDigit = position
        // Counted downwards, because -2^63 has no positive counterpart.
        var negated: Int? = 0
        takeDigits(text) { digit in
            guard let value = negated else { return }
            let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, underflows) = shifted.subtractingReportingOverflow(Int(digit))
            negated = overflows || underflows ? nil : sum
        }
        if position == firstDigit { throw failure(position < text.count ? .malformedNumber : .unexpectedEnd) }
        if position > firstDigit + 1, text[firstDigit] == UInt8(ascii: "0") {
            throw JSONError(reason: .malformedNumber, offset: firstDigit + 1)
        }

        let hasFraction = try takePart(text) { $0 == UInt8(ascii: ".") }
        let hasExponent = try takePart(text) { $0 | 0x20 == UInt8(ascii: "e") }
        if position - start > limits.numberBytes { throw JSONError(reason: .numberTooLong, offset: start) }

        if !hasFraction, !hasExponent, let negated, !(isNegative && negated == 0),
            let value = isNegative ? negated : Int(exactly: negated.magnitude)
        {
            return JSON.Number(value)
        }
        let literal = text.extracting(start..<position).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        return JSON.Number(checkedLiteral: literal)
    }

    /// Takes a fraction or exponent if `introducer` likes the next byte; tells whether it did.
    private mutating func takePart(
        _ text: Span<UInt8>, introducer: (UInt8) -> Bool
    ) throws(JSONError) -> Bool {
        guard position < text.count, introducer(text[position]) else { return false }
        let isExponent = text[position] != UInt8(ascii: ".")
        position += 1
        if isExponent, position < text.count,
            text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-")
        {
            position += 1
        }
        let firstDigit = position
        takeDigits(text) { _ in }
        if position == firstDigit { throw failure(position < text.count ? .malformedNumber : .unexpectedEnd) }
        return true
    }

    private mutating func takeDigits(_ text: Span<UInt8>, each: (UInt8) -> Void) {
        while position < text.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = text[position] {
            each(text[position] - UInt8(ascii: "0"))
            position += 1
        }
    }
}
