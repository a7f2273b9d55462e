import Foundation
import Wire

/// Collects everything that is wrong with one input, so that the sender hears it all at once.
///
/// Lengths count Unicode scalars, as `char_length` of the database does: a bound on graphemes would bound nothing.
struct FieldChecks {
    enum Lines { case one, several }

    private(set) var errors: [FieldError] = []

    mutating func fail(_ field: String, _ message: String) {
        errors.append(FieldError(field: field, message: message))
    }

    func finish() throws(InvalidFields) {
        guard errors.isEmpty else { throw InvalidFields(errors) }
    }

    /// The text without surrounding blanks and with `\n` for every line end.
    mutating func text(_ text: String, _ field: String, length: ClosedRange<Int>, lines: Lines) -> String {
        let trimmed = PlainText.trimmed(text)
        let count = trimmed.unicodeScalars.count
        if count < length.lowerBound {
            fail(field, "Write something here, at most \(length.upperBound) characters.")
        } else if count > length.upperBound {
            fail(field, "Use at most \(length.upperBound) characters; there are \(count).")
        } else if !trimmed.unicodeScalars.allSatisfy({ PlainText.isAllowed($0, lines: lines) }) {
            fail(field, lines == .one ? "Use one line without control characters." : "Leave out control characters.")
        }
        return trimmed
    }
}

/// Plain text of people and of other servers.
enum PlainText {
    /// Text of another server, made to fit: control characters dropped, cut at `limit` scalars.
    static func fitted(_ text: String, limit: Int, lines: FieldChecks.Lines) -> String {
        let kept = trimmed(text).unicodeScalars.lazy.filter { isAllowed($0, lines: lines) }.prefix(limit)
        return String(String.UnicodeScalarView(kept))
    }

    static func trimmed(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    static func isAllowed(_ scalar: Unicode.Scalar, lines: FieldChecks.Lines) -> Bool {
        switch scalar {
        case "\n", "\t", "\u{2028}", "\u{2029}": lines == .several
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": false
        default: true
        }
    }
}
