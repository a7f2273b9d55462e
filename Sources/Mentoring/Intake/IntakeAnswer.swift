/// What a mentee answered to a question of the mentor's, kept as both stood when it was asked.
package struct IntakeAnswer: Hashable, Sendable {
    package static let textLength = 1...5000
    /// How many are taken of what another server sends; more than anybody of ours can be asked.
    package static let most = 20

    package let question: String
    /// nil where the mentor demands an answer and got none: another server may know of no questions.
    package let text: String?

    /// Takes what was checked before, by `IntakeAnswerDraft` or by reading a document.
    package init(question: String, text: String?) {
        self.question = question
        self.text = text
    }

    /// What another server sent, fitted; nil when the question or the answer is empty.
    package init?(heard question: String, text: String) {
        self.question = PlainText.fitted(question, limit: IntakeQuestion.textLength.upperBound, lines: .one)
        let fitted = PlainText.fitted(text, limit: Self.textLength.upperBound, lines: .several)
        self.text = fitted
        guard !self.question.isEmpty, fitted.visibleLength > 0 else { return nil }
    }
}

extension [IntakeAnswer] {
    /// These and, without a text, the demanded questions that they leave out.
    package func completed(by questions: [IntakeQuestion]) -> [IntakeAnswer] {
        let missing = questions.filter { question in
            question.isRequired && !contains { $0.question == question.text }
        }
        return self + missing.map { IntakeAnswer(question: $0.text, text: nil) }
    }
}

extension String {
    /// How many characters one can see: blanks and what takes up no room fill no answer.
    var visibleLength: Int {
        count { character in
            character.unicodeScalars.contains { scalar in
                let properties = scalar.properties
                return !properties.isWhitespace && !properties.isDefaultIgnorableCodePoint && scalar != "\u{2800}"
                    && properties.generalCategory != .control && properties.generalCategory != .format
            }
        }
    }
}
