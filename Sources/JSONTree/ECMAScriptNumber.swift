/// Numbers as ECMAScript's `Number::toString` writes them, which RFC 8785 section 3.2.2.3 makes canonical.
enum ECMAScriptNumber {
    /// - Parameter value: finite.
    static func text(_ value: Double) -> String {
        if value == 0 { return "0" }
        let (digits, point) = shortestDigits(of: value.magnitude)
        let sign = value < 0 ? "-" : ""
        return sign + layOut(digits, point: point)
    }

    /// `value` is 0.`digits` × 10^`point`, with as few digits as identify it; the standard library finds the same as
    /// ECMAScript.
    private static func shortestDigits(of value: Double) -> (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var point: Int?
        var bytes = value.description.utf8[...]
        var exponent = 0
        if let e = bytes.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(Substring(bytes[bytes.index(after: e)...])) ?? 0
            bytes = bytes[..<e]
        }
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                point = digits.count
            } else {
                digits.append(byte)
            }
        }
        let leadingZeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        let beforePoint = (point ?? digits.count) - leadingZeros
        digits.removeFirst(leadingZeros)
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, beforePoint + exponent)
    }

    /// The rules of `Number::toString`, whose k is `digits.count` and n is `point`.
    private static func layOut(_ digits: [UInt8], point: Int) -> String {
        func text(_ digits: some Sequence<UInt8>) -> String { String(decoding: Array(digits), as: UTF8.self) }
        func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

        switch point {
        case ...21 where point >= digits.count:
            return text(digits) + zeros(point - digits.count)
        case 1...21:
            return text(digits.prefix(point)) + "." + text(digits.dropFirst(point))
        case -5...0:
            return "0." + zeros(-point) + text(digits)
        default:
            let exponent = point - 1
            let fraction = digits.count > 1 ? "." + text(digits.dropFirst()) : ""
            return text(digits.prefix(1)) + fraction + "e" + (exponent < 0 ? "-" : "+") + String(exponent.magnitude)
        }
    }
}
