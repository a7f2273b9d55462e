extension JSON {
    /// A JSON number, exact: what was read is written again digit by digit.
    ///
    /// Two numbers are equal when both are the same ``int``, otherwise when their literals are the same:
    /// `1`, `1.0` and `1e0` are equal, `0.5` and `0.50` are not.
    package struct Number: Sendable {
        private enum Storage {
            case integer(Int)
            case literal(String)
        }

        private let storage: Storage

        /// An integer, written in decimal digits.
        package init(_ value: Int) {
            storage = .integer(value)
        }

        /// The shortest literal that reads back as `value`; nil for infinities and NaN, which JSON does not have.
        package init?(_ value: Double) {
            guard value.isFinite else { return nil }
            let literal = value.description
            storage = .literal(literal.hasSuffix(".0") ? String(literal.dropLast(2)) : literal)
        }

        /// Keeps `literal` as it stands; nil unless it follows the grammar of RFC 8259 section 6.
        package init?(literal: String) {
            guard case .number(let number)? = try? JSON.parse(literal), number.literal.utf8.count == literal.utf8.count
            else { return nil }
            self = number
        }

        /// For the parser, which has checked the grammar.
        init(checkedLiteral: String) {
            storage = .literal(checkedLiteral)
        }

        /// The exact value, when it is integral and fits 64 bits: `1.0`, `1e2` and `-0` are integers, `1.5` and `1e400`
        /// not.
        package var int: Int? {
            switch storage {
            case .integer(let value): value
            case .literal(let literal): Decimal(literal).int
            }
        }

        /// The nearest binary64 value; nil beyond its range.
        package var double: Double? {
            switch storage {
            case .integer(let value): Double(value)
            case .literal(let literal): Double(literal).flatMap { $0.isFinite ? $0 : nil }
            }
        }

        /// The number as JSON text.
        package var literal: String {
            switch storage {
            case .integer(let value): String(value)
            case .literal(let literal): literal
            }
        }
    }
}

extension JSON.Number: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        switch (left.int, right.int) {
        case (let left?, let right?): left == right
        case (nil, nil): left.literal == right.literal
        default: false
        }
    }
}

extension JSON.Number: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) {
        self.init(value)
    }
}

/// A checked literal taken apart into `digits` × 10^`exponent`, without zeros at the end of the digits.
private struct Decimal {
    private var isNegative = false
    private var digits: [UInt8] = []
    private var exponent = 0

    init(_ literal: String) {
        var fractionDigits = 0
        var isInFraction = false
        var bytes = literal.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isInFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): exponent = Self.exponent(&bytes)
            default:
                digits.append(byte - UInt8(ascii: "0"))
                if isInFraction { fractionDigits += 1 }
            }
        }
        exponent -= fractionDigits
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
    }

    /// Saturates far outside of what any count of digits could make up for.
    private static func exponent(_ bytes: inout String.UTF8View.Iterator) -> Int {
        var isNegative = false
        var value = 0
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "+"): break
            default: value = min(value * 10 + Int(byte - UInt8(ascii: "0")), 1 << 40)
            }
        }
        return isNegative ? -value : value
    }

    /// Counts downwards, because -2^63 has no positive counterpart.
    var int: Int? {
        let significant = digits.drop { $0 == 0 }
        if significant.isEmpty { return 0 }
        guard exponent >= 0, exponent <= 19, significant.count + exponent <= 19 else { return nil }
        var value = 0
        for digit in significant + Array(repeating: 0, count: exponent) {
            let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, underflows) = shifted.subtractingReportingOverflow(Int(digit))
            guard !overflows, !underflows else { return nil }
            value = sum
        }
        return isNegative ? value : Int(exactly: value.magnitude)
    }
}
