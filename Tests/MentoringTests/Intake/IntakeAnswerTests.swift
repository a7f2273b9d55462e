import Testing
import Wire

@testable import Mentoring

struct IntakeAnswerTests {
    static let questions = [
        IntakeQuestion(text: "What have you tried?", isRequired: true, leastLength: 10),
        IntakeQuestion(text: "Why me?", isRequired: false, leastLength: 3),
        IntakeQuestion(text: "Where do you live?", isRequired: true, leastLength: 0),
    ]

    struct Case: Sendable {
        let answers: [(String, String)]
        /// The fields that are wrong.
        var fields: [String] = []
        /// What is kept.
        var kept: [String] = []
    }

    static let tried = ("What have you tried?", "All the books.")
    static let here = ("Where do you live?", "Rio")

    static let cases = [
        Case(answers: [here, tried], kept: ["All the books.", "Rio"]),
        Case(answers: [tried, here, ("Why me?", "You know.")], kept: ["All the books.", "You know.", "Rio"]),
        Case(answers: [tried, here, ("Why me?", " \u{200B}")], kept: ["All the books.", "Rio"]),
        Case(answers: [(" What have you tried?\n", "\r\n All\r\nthe books. "), here], kept: ["All\nthe books.", "Rio"]),
        Case(answers: [], fields: ["answers", "answers"]),
        Case(answers: [tried], fields: ["answers"]),
        Case(answers: [tried, ("Where do you live?", " \n\u{2003}")], fields: ["answers[1].text"]),
        Case(answers: [tried, ("Where do you live?", "\u{200B}\u{2060}\u{3164}\u{2800}")], fields: ["answers[1].text"]),
        Case(answers: [here, ("What have you tried?", "a b c d e f g h i")], fields: ["answers[1].text"]),
        Case(answers: [here, ("What have you tried?", "a b c d e f g h i j")], kept: ["a b c d e f g h i j", "Rio"]),
        Case(answers: [here, tried, ("Why me?", "ok")], fields: ["answers[2].text"]),
        Case(answers: [here, tried, ("Why me?", "a\u{7}bc")], fields: ["answers[2].text"]),
        Case(answers: [here, tried, ("Why me?", String(repeating: "x", count: 5001))], fields: ["answers[2].text"]),
        Case(answers: [here, tried, ("Why not me?", "Because")], fields: ["answers[2].question"]),
        Case(answers: [here, tried, ("why me?", "Because")], fields: ["answers[2].question"]),
        Case(answers: [here, tried, here], fields: ["answers[2].question"]),
        Case(answers: Array(repeating: here, count: 21), fields: ["answers"]),
    ]

    @Test("Answers are held to the mentor's own questions", arguments: cases.indices)
    func checks(index: Int) {
        let one = Self.cases[index]
        var checks = FieldChecks()
        let drafts = one.answers.map { IntakeAnswerDraft(question: $0.0, text: $0.1) }
        let answers = drafts.checked(against: Self.questions, &checks)
        #expect(checks.errors.map(\.field) == one.fields)
        if one.fields.isEmpty { #expect(answers.map(\.text) == one.kept) }
    }

    @Test("A changed question is another one: no answer is taken for it, and it is named")
    func changedQuestion() {
        var checks = FieldChecks()
        let asked = [IntakeQuestion(text: "What have you read?", isRequired: true, leastLength: 0)]
        let given = [IntakeAnswerDraft(question: "What have you tried?", text: "Everything.")]
        #expect(given.checked(against: asked, &checks).isEmpty)
        #expect(checks.errors.map(\.field) == ["answers[0].question", "answers"])
        #expect(checks.errors.last?.message.contains("What have you read?") == true)
    }

    @Test("Of a request from elsewhere the demanded answers that it leaves out are known to be missing")
    func missing() {
        let given = [IntakeAnswer(heard: "Why me?", text: "You know."), IntakeAnswer(heard: "Else?", text: "No.")]
        let answers = given.compactMap(\.self).completed(by: Self.questions)
        #expect(answers.map(\.question) == ["Why me?", "Else?", "What have you tried?", "Where do you live?"])
        #expect(answers.map(\.text) == ["You know.", "No.", nil, nil])
    }

    @Test("What comes from elsewhere is made to fit", arguments: [("", "x"), ("x", " \u{200B}\n"), ("\u{7}", "x")])
    func refusesEmpty(question: String, text: String) {
        #expect(IntakeAnswer(heard: question, text: text) == nil)
        let long = IntakeAnswer(
            heard: String(repeating: "q", count: 400), text: "a\u{0}b" + String(repeating: "c", count: 6000))
        #expect(long?.question.count == 300)
        #expect(long?.text?.count == 5000 && long?.text?.hasPrefix("abc") == true)
    }
}
