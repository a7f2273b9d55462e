/// Something that a mentor wants to know of everybody who asks.
package struct IntakeQuestion: Hashable, Sendable {
    package static let textLength = 1...300
    /// What can be demanded of an answer, in characters.
    package static let leastLengths = 0...1000

    /// One line.
    package let text: String
    /// Whether a request needs an answer to it.
    package let isRequired: Bool
    /// An answer that is given has at least as many characters.
    package let leastLength: Int

    /// Takes what was checked before, by `ProfileDraft` or by reading a document.
    package init(text: String, isRequired: Bool, leastLength: Int) {
        self.text = text
        self.isRequired = isRequired
        self.leastLength = leastLength
    }
}
