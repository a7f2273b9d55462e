package import Wire

/// Why somebody declined, cancelled or wants another time.
package struct Reason: Hashable, Sendable {
    /// Values of `mnt:reason` (federation profile 6.1).
    package enum Code: String, CaseIterable, Sendable {
        case scheduleConflict, notAFit, capacity, taken, expired, policy, withdrawn, illness, disputed, other
        case unspecified
    }

    package static let textLength = 1...1000

    package let text: String?
    package let code: Code

    /// A reason without words, as the community itself gives it.
    package init(_ code: Code) {
        text = nil
        self.code = code
    }

    /// What a person of this community writes.
    /// - Throws: what is wrong in `reason`.
    package init(writing text: String, code: Code = .unspecified) throws(InvalidFields) {
        var checks = FieldChecks()
        self.text = checks.text(text, "reason", length: Self.textLength, lines: .several)
        self.code = code
        try checks.finish()
    }

    /// What another server sent, or what was stored: text fitted to 1000 characters, a code nobody knows is `other`.
    package init(heard text: String?, code: String?) {
        let fitted = text.map { PlainText.fitted($0, limit: Self.textLength.upperBound, lines: .several) }
        self.text = fitted?.isEmpty == true ? nil : fitted
        self.code = code.map { Code(rawValue: $0) ?? .other } ?? .unspecified
    }
}
