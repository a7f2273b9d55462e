import Testing

@testable import Mentoring

struct SynonymsTests {
    private func names(_ synonyms: Synonyms, _ name: String) throws -> [String] {
        synonyms.names(of: try #require(ExpertiseTag(name))).map(\.text)
    }

    @Test("A name brings the others of its line, itself first; a name of no line stays alone")
    func names() throws {
        let synonyms = try Synonyms("# Programming\r\n JS, javascript , ECMAScript\n\n  ml, machine  learning\n")
        #expect(try names(synonyms, "javascript") == ["javascript", "js", "ecmascript"])
        #expect(try names(synonyms, "machine learning") == ["machine learning", "ml"])
        #expect(try names(synonyms, "weaving") == ["weaving"])
        #expect(synonyms.knows("ml") && !synonyms.knows("learning"))
    }

    @Test("A name of several lines, or of two lists, brings all of them")
    func several() throws {
        let two = try Synonyms("a, b\nb, c")
        #expect(try names(two, "b") == ["b", "a", "c"])
        #expect(try names(two, "a") == ["a", "b"])
        #expect(try names(two.adding(try Synonyms("a, z")), "a") == ["a", "b", "z"])
    }

    @Test("A line that is no list is told by its number", arguments: [
        ("a, b\nalone", 2), ("a,", 1), ("a, b\n\n# fine\na, <b>", 4), (String(repeating: "a,", count: 20) + "a", 1),
    ])
    func mistakes(text: String, line: Int) {
        #expect(throws: Synonyms.Mistake(line: line)) { try Synonyms(text) }
    }

    @Test("The list that every community has can be read, and knows subjects of school and of work")
    func shipped() throws {
        #expect(throws: Never.self) { try Synonyms(Synonyms.shippedText) }
        #expect(try names(.shipped, "js").contains("javascript"))
        #expect(try names(.shipped, "math").contains("mathematics"))
        #expect(try names(.shipped, "resume").contains("cv"))
    }
}
