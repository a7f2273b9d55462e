import SeededRandom

/// A copy of some bytes with one to three faults: flipped, removed, repeated or foreign bytes, or pieces of a grammar.
func mutate(
    _ bytes: [UInt8],
    with dictionary: [[UInt8]],
    using generator: inout SeededGenerator
) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let position = Int.random(in: 0..<max(1, bytes.count), using: &generator)
        let end = min(bytes.count, position + Int.random(in: 0...12, using: &generator))
        switch Int.random(in: 0..<6, using: &generator) {
        case 0 where position < bytes.count:
            bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1 where position < end:
            bytes.removeSubrange(position..<end)
        case 2 where position < end:
            bytes.insert(contentsOf: bytes[position..<end], at: position)
        case 3:
            bytes.insert(
                contentsOf: dictionary.randomElement(using: &generator) ?? [], at: position)
        case 4:
            bytes = Array(bytes.prefix(position))
        default:
            bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
        }
        if bytes.isEmpty { break }
    }
    return bytes
}
