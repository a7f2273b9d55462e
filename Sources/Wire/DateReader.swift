/// Takes the text of a date apart from left to right. A step that fails leaves the position where it was.
struct DateReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    var isAtEnd: Bool { position == bytes.count }

    /// A number of exactly `count` digits.
    mutating func number(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<(position + count)] {
            guard Self.isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        position += count
        return value
    }

    mutating func skip(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    /// Skips one byte of several; tells which it was.
    mutating func skipOne(of allowed: String) -> UInt8? {
        guard position < bytes.count, allowed.utf8.contains(bytes[position]) else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// The position in `words` of the word that comes next.
    mutating func word(of words: [String]) -> Int? {
        words.firstIndex { skip($0) }
    }

    /// Milliseconds of an optional fraction of a second; what is finer is cut.
    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        let fraction = bytes[position...].prefix(while: Self.isDigit)
        guard !fraction.isEmpty else { return nil }
        position += fraction.count
        return (0..<3).reduce(0) { value, place in
            value * 10 + (place < fraction.count ? Int(fraction[fraction.startIndex + place] - UInt8(ascii: "0")) : 0)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
