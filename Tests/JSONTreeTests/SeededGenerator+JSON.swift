import SeededRandom

@testable import JSONTree

extension SeededGenerator {
    mutating func json(depth: Int = 5) -> JSON {
        switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2: return .int(Int.random(in: .min ... .max, using: &self) >> Int.random(in: 0...63, using: &self))
        case 3: return .double(Double(bitPattern: next()))
        case 4, 5: return .string(text())
        case 6: return .array((0..<Int.random(in: 0...5, using: &self)).map { _ in json(depth: depth - 1) })
        default:
            var object = JSON.Object()
            for _ in 0..<Int.random(in: 0...20, using: &self) { object[text()] = json(depth: depth - 1) }
            return .object(object)
        }
    }

    mutating func text() -> String {
        let ranges: [ClosedRange<UInt32>] = [
            1...0x7F, 0x20...0x7E, 0x80...0x7FF, 0x2020...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF,
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...12, using: &self) {
            let range = ranges.randomElement(using: &self) ?? 1...0x7F
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}
