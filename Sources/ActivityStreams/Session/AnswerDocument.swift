package import JSONTree

/// What a mentee answers to one of the mentor's `mnt:questions`; only on the Invite, which goes to the mentor alone.
package struct AnswerDocument: Equatable, Sendable {
    package var question: String
    /// Plain text.
    package var text: String

    package init(question: String, text: String) {
        self.question = question
        self.text = text
    }

    /// The answers of an Invite, at most so many; what lacks a question or a text is left out.
    package static func list(of invite: JSON, terms: MentoringTerms, limit: Int) -> [AnswerDocument] {
        terms.value("answers", of: invite).list.prefix(limit).compactMap { answer in
            guard let question = terms.line("question", of: answer, limit: 300),
                let text = terms.value("text", of: answer)?.string
            else { return nil }
            return AnswerDocument(question: question, text: text)
        }
    }

    package var json: JSON { ["mnt:question": .string(question), "mnt:text": .string(text)] }
}
