import SeededRandom
import Testing

@testable import JSONTree

@Suite struct JSONObjectTests {
    @Test("Look-alike keys are different members", arguments: [
        ("K", "\u{212A}"), (";", "\u{37E}"), ("\u{E9}", "e\u{301}"), ("\u{C5}", "\u{212B}"), ("a", "A"),
        ("\u{300}", "\u{340}"), ("a\u{301}\u{323}", "a\u{323}\u{301}"), ("\u{8C48}", "\u{F900}"),
    ])
    func keysAreBytes(key: String, lookAlike: String) {
        for fillers in [0, 100] {
            var object = JSON.Object((0..<fillers).map { ("filler\($0)", 0) })
            object[key] = 1
            #expect(object[lookAlike] == nil)
            object[lookAlike] = 2
            #expect(object[key] == 1)
            #expect(object[lookAlike] == 2)
            #expect(object.count == fillers + 2)
        }
    }

    @Test("Behaves as a list of pairs at every size", arguments: [1, 15, 16, 17, 18, 60])
    func agreesWithModel(size: Int) {
        var generator = SeededGenerator(seed: UInt64(size))
        var object = JSON.Object()
        var model: [(String, Int)] = []
        for step in 0..<size * 20 {
            let key = "k\(Int.random(in: 0..<size, using: &generator))"
            let position = model.firstIndex { $0.0 == key }
            if Int.random(in: 0..<4, using: &generator) == 0 {
                object[key] = nil
                if let position { model.remove(at: position) }
            } else {
                object[key] = .int(step)
                if let position { model[position].1 = step } else { model.append((key, step)) }
            }
            #expect(object.map(\.key) == model.map(\.0))
            #expect(object.map(\.value.int) == model.map(\.1))
            #expect(model.allSatisfy { object[$0.0]?.int == $0.1 })
        }
    }

    @Test func orderIsKeptAndDoesNotMatterForEquality() throws {
        let left: JSON = ["a": 1, "b": [2, "x"], "c": .null]
        let right: JSON = ["c": .null, "b": [2, "x"], "a": 1]
        #expect(left == right)
        #expect(left.serializedText() == #"{"a":1,"b":[2,"x"],"c":null}"#)
        #expect(right.serializedText() == #"{"c":null,"b":[2,"x"],"a":1}"#)
        #expect(left != ["a": 1, "b": [2, "x"]])
        #expect(left != ["a": 1, "b": [2, "x"], "d": .null])
        #expect(left != ["a": 1, "b": ["x", 2], "c": .null])
    }

    @Test func copiesAreIndependent() {
        let original = JSON.Object((0..<30).map { ("k\($0)", JSON.int($0)) })
        var copy = original
        copy["k3"] = nil
        copy["new"] = true
        #expect(original["k3"] == 3)
        #expect(original["new"] == nil)
        #expect(copy["k29"] == 29)
    }

    @Test func ofTwoWithOneKeyTheLaterValueStays() {
        #expect((["a": 1, "b": 2, "a": 3] as JSON).serializedText() == #"{"a":3,"b":2}"#)
    }
}
