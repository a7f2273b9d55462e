package import Foundation
package import Wire

/// What a mentor wants to know before they answer a request.
package struct Inquiry: Hashable, Sendable {
    /// The TentativeAccept.
    package let activity: URI
    /// Plain text, 1 to 300 characters.
    package let question: String
    package let published: Date
    /// nil while the mentee has not answered.
    package internal(set) var answeredAt: Date?

    package init(activity: URI, question: String, published: Date, answeredAt: Date? = nil) {
        self.activity = activity
        self.question = question
        self.published = published
        self.answeredAt = answeredAt
    }

    package var isOpen: Bool { answeredAt == nil }
}

extension Hearing {
    /// The request goes on waiting, now for the mentee.
    func inquire(_ question: String) -> Decision {
        guard session.status == .pending else { return refuse(notWaiting, sending: .state) }
        guard session.inquiry?.activity != command.activity else { return refuse(.duplicate) }
        if let mismatch { return refuse(mismatch, sending: .state) }
        if let last = session.inquiry?.published, published < last { return refuse(.overtaken) }
        guard !hasStarted else { return refuse(.tooLate) }
        return apply(.inquired(question)) {
            $0.inquiry = Inquiry(activity: command.activity, question: question, published: published)
        }
    }

    /// - Parameter inquiry: what it answers; nil: whatever is open.
    func tell(_ text: String, inquiry activity: URI?) -> Decision {
        guard session.status == .pending else { return refuse(notWaiting) }
        guard let inquiry = session.inquiry, activity == nil || activity == inquiry.activity else {
            return refuse(.nothingAsked)
        }
        guard inquiry.isOpen else { return refuse(isHome ? .nothingAsked : .duplicate) }
        return apply(.told(IntakeAnswer(question: inquiry.question, text: text))) { $0.inquiry?.answeredAt = now }
    }

    private var notWaiting: Refusal {
        session.status == .scheduled ? .notPending(.scheduled) : .ended(session.status)
    }
}

/// What may stand in a question and in its answer.
package enum InquiryWords {
    /// A question from another server, fitted; nil where nothing is left.
    package static func heard(_ question: String) -> String? {
        let fitted = PlainText.fitted(question, limit: IntakeQuestion.textLength.upperBound, lines: .one)
        return fitted.isEmpty ? nil : fitted
    }

    /// - Throws: what is wrong in `question`.
    package static func question(_ text: String) throws(InvalidFields) -> String {
        try checked(text, "question", IntakeQuestion.textLength, .one)
    }

    /// - Throws: what is wrong in `answer`.
    package static func answer(_ text: String) throws(InvalidFields) -> String {
        try checked(text, "answer", IntakeAnswer.textLength, .several)
    }

    private static func checked(
        _ text: String, _ field: String, _ length: ClosedRange<Int>, _ lines: FieldChecks.Lines
    ) throws(InvalidFields) -> String {
        var checks = FieldChecks()
        let text = checks.text(text, field, length: length, lines: lines)
        try checks.finish()
        return text
    }
}
