import SeededRandom
import Testing

@testable import JSONTree

@Suite struct JSONFuzzTests {
    @Test("Whatever parses writes to a text of the same tree, all else is refused within the text", arguments: UInt64(0)..<40)
    func mutations(seed: UInt64) throws {
        var generator = SeededGenerator(seed: 1_000 + seed)
        let telling = Array("[]{}\",:\\u0123456789abcdefDdEe+-.tfn \n\u{0}é😂".utf8) + [0x80, 0xC0, 0xED, 0xF4, 0xFF]
        var accepted = 0
        for _ in 0..<250 {
            var bytes = generator.json(depth: 3).serialized()
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let position = Int.random(in: 0...bytes.count, using: &generator)
                let byte = telling.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.insert(byte, at: position)
                case 1: bytes.removeLast(bytes.count - position)
                case 2 where position < bytes.count: bytes[position] = byte
                default: bytes.removeSubrange(position..<min(bytes.count, position + 3))
                }
            }
            do throws(JSONError) {
                let json = try JSON.parse(bytes)
                accepted += 1
                let written = json.serialized()
                #expect(try JSON.parse(written) == json)
                #expect(try JSON.parse(written).serialized() == written)
            } catch {
                #expect(0...bytes.count ~= error.offset)
            }
        }
        #expect(accepted > 0)
    }

    @Test("Every beginning of a document is refused")
    func truncated() throws {
        let text: JSON = ["a": [1, true, "x\u{1F602}\n", .null, ["b": .double(0.5)]], "c": "é"]
        let bytes = text.serialized()
        for end in 0..<bytes.count {
            #expect(throws: JSONError.self) { try JSON.parse(bytes[..<end]) }
        }
    }
}
