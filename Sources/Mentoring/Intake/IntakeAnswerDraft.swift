/// An answer to a question of the mentor's, as it arrives. It names the question by its text: one that was changed
/// since the asker read it is then none that is asked, and no answer ends up under another question.
package struct IntakeAnswerDraft: Sendable {
    package var question: String
    package var text: String

    package init(question: String, text: String) {
        self.question = question
        self.text = text
    }
}

extension [IntakeAnswerDraft] {
    /// The answers in the order of the questions; an empty one to a question that needs none is left out.
    ///
    /// Says what is wrong in `answers`, `answers[i].question`, `answers[i].text`.
    func checked(against questions: [IntakeQuestion], _ checks: inout FieldChecks) -> [IntakeAnswer] {
        guard count <= IntakeAnswer.most else {
            checks.fail("answers", "Give at most \(IntakeAnswer.most).")
            return []
        }
        var given: [String: String] = [:]
        for (index, draft) in enumerated() {
            let text = PlainText.trimmed(draft.question)
            guard let question = questions.first(where: { $0.text == text }) else {
                checks.fail(
                    "answers[\(index)].question",
                    "This mentor does not ask that, or no more: read their questions again.")
                continue
            }
            guard given[question.text] == nil else {
                checks.fail("answers[\(index)].question", "This question has an answer already.")
                continue
            }
            given[question.text] = draft.checked(question, "answers[\(index)].text", &checks)
        }
        for question in questions where question.isRequired && given[question.text] == nil {
            checks.fail("answers", "This mentor wants to know: \(question.text)")
        }
        return questions.compactMap { question in
            given[question.text].flatMap { $0.isEmpty ? nil : IntakeAnswer(question: question.text, text: $0) }
        }
    }
}

extension IntakeAnswerDraft {
    fileprivate func checked(_ question: IntakeQuestion, _ field: String, _ checks: inout FieldChecks) -> String {
        let text = checks.text(text, field, length: 0...IntakeAnswer.textLength.upperBound, lines: .several)
        let length = text.visibleLength
        if length == 0, !question.isRequired { return "" }
        if length < Swift.max(1, question.leastLength) {
            let least = question.leastLength
            checks.fail(
                field,
                least > 1
                    ? "Write at least \(least) characters, blanks not counted; there are \(length)."
                    : "Write something here.")
        }
        return text
    }
}
