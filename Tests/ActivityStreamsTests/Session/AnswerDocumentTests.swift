import JSONTree
import Testing
import Wire

@testable import ActivityStreams

struct AnswerDocumentTests {
    private func read(_ answers: String, limit: Int = 20) throws -> [AnswerDocument] {
        let invite = try JSON.parse(
            Array(#"{"@context":[{"m":"https://w3id.org/mentoring/ns#"}],"m:answers":\#(answers)}"#.utf8))
        return AnswerDocument.list(of: invite, terms: MentoringTerms(contextOf: invite), limit: limit)
    }

    private static let one = #"{"m:question":"Why me?","mnt:text":"You <b>know</b>."}"#

    @Test("Answers are read under any prefix, one alone or in a list, and as many as are wanted")
    func reads() throws {
        let answer = AnswerDocument(question: "Why me?", text: "You <b>know</b>.")
        #expect(try read(Self.one) == [answer])
        #expect(try read("[\(Self.one),\(Self.one)]") == [answer, answer])
        #expect(try read("[\(Self.one),\(Self.one)]", limit: 1) == [answer])
        #expect(answer.json == ["mnt:question": "Why me?", "mnt:text": "You <b>know</b>."])
    }

    @Test(
        "What lacks a question or a text is none",
        arguments: [
            "[]", "5", "null", "[[]]", #"{"m:question":"Why?"}"#, #"{"m:text":"So."}"#,
            #"{"m:question":" ","m:text":"So."}"#, #"{"m:question":"Why?","m:text":5}"#,
        ])
    func refuses(answers: String) throws {
        #expect(try read(answers).isEmpty)
    }
}
