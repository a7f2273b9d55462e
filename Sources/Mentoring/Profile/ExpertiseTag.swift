import Foundation

/// A subject that a mentor knows, in the one spelling by which it is searched: `data careers`.
package struct ExpertiseTag: Hashable, Sendable, CustomStringConvertible {
    package static let length = 1...50

    /// Lower case, composed (NFC), single spaces, without a leading `#`.
    package let text: String

    /// nil when nothing is left, when it is too long, or for control characters and `,` `<` `>`.
    package init?(_ text: String) {
        var words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")[...]
        while words.first == "#" || words.first == " " { words.removeFirst() }
        let normal = words.lowercased().precomposedStringWithCanonicalMapping
        guard Self.length.contains(normal.unicodeScalars.count),
            normal.unicodeScalars.allSatisfy({
                PlainText.isAllowed($0, lines: .one) && $0 != "," && $0 != "<" && $0 != ">"
            })
        else { return nil }
        self.text = normal
    }

    package var description: String { text }
}
