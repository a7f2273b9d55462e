package import Wire

/// Why an application cannot be made.
package enum ApplicationConflict: String, Sendable {
    /// The community takes everybody, or this one is a mentor already.
    case notNeeded = "not_needed"
    case waiting
    /// The words that were refused before.
    case unchanged
}

/// What may be written to become a mentor, and what may be answered.
package enum ApplicationRules {
    /// - Parameters:
    ///   - earlier: the latest application of the same person.
    ///   - isAdmitted: whether they may be a mentor as it is.
    package static func conflict(
        of text: String, after earlier: MentorApplication?, isAdmitted: Bool
    ) -> ApplicationConflict? {
        if isAdmitted { return .notNeeded }
        switch earlier?.state {
        case nil: return nil
        case .approved: return .notNeeded
        case .waiting: return .waiting
        case .refused: return earlier.map { words(of: $0.text) } == words(of: text) ? .unchanged : nil
        }
    }

    /// - Throws: `InvalidFields` about `text`.
    package static func checked(text: String) throws(InvalidFields) -> String {
        try checked(text, "text", length: MentorApplication.textLength)
    }

    /// - Throws: `InvalidFields` about `reason`.
    package static func checked(reason: String) throws(InvalidFields) -> String {
        try checked(reason, "reason", length: Reason.textLength)
    }

    private static func checked(
        _ text: String, _ field: String, length: ClosedRange<Int>
    ) throws(InvalidFields) -> String {
        var checks = FieldChecks()
        let checked = checks.text(text, field, length: length, lines: .several)
        try checks.finish()
        return checked
    }

    /// Other blanks make no other text.
    private static func words(of text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
}
