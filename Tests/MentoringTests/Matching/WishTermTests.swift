import Testing

@testable import Mentoring

struct WishTermTests {
    private func terms(_ goals: String, _ expertise: [String] = []) throws -> [WishTerm] {
        Wishes(goals: goals, expertise: try expertise.map { try #require(ExpertiseTag($0)) }).terms(.shipped)
    }

    @Test("Goals become the words that tell something, each once, with known phrases whole", arguments: [
        ("I want to learn machine learning!", ["machine learning"]), ("", []), ("How can I become better?", []),
        ("Painting, painting and WEAVING.", ["painting", "weaving"]), ("C++ or c# (not Java)", ["c++", "c#", "java"]),
        ("writing+reading", ["writing", "reading"]), ("js and javascript", ["js"]),
        ("a1 b2 data structures", ["data structures"]), ("Vorstellungsgespräch üben", ["vorstellungsgespräch", "üben"]),
        ("one2 two2 three3 four4 five5 six6 seven7 eight8 nine9", ["one2", "two2", "three3", "four4", "five5", "six6", "seven7", "eight8"]),
    ] as [(String, [String])])
    func words(goals: String, names: [String]) throws {
        #expect(try terms(goals).map(\.name) == names)
        #expect(try terms(goals).allSatisfy { !$0.isSubject })
    }

    @Test("Subjects go before words of the goals and count twice, and are named once")
    func subjects() throws {
        let terms = try terms("Teach me javascript and weaving", ["js", "pottery"])
        #expect(terms.map(\.name) == ["js", "pottery", "teach", "weaving"])
        #expect(terms.map(\.weight) == [2, 2, 1, 1])
    }

    @Test("PostgreSQL reads all names, but none of which it would keep a letter alone", arguments: [
        ("js", "\"js\" or \"javascript\" or \"ecmascript\""), ("c++", "\"cpp\""), ("c#", "\"csharp\" or \"dotnet\""),
        ("f#", nil), ("say \"hi\"", nil), ("weaving", "\"weaving\""),
    ] as [(String, String?)])
    func query(name: String, query: String?) throws {
        #expect(try terms("", [name]).first?.query == query)
    }
}
