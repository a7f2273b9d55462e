package import Wire

/// What somebody says about a file of their own; nil leaves a thing as it is.
package struct MediaChange: Hashable, Sendable {
    /// Plain text; empty for none.
    package var description: String?
    package var focus: Attachment.Focus?

    package init(description: String? = nil, focus: Attachment.Focus? = nil) {
        self.description = description
        self.focus = focus
    }

    /// In Unicode scalars.
    package static let mostDescription = 1500

    /// - Throws: everything that is wrong, by field: `description`, `focus`.
    package func checked() throws(InvalidFields) {
        var errors: [FieldError] = []
        if let description, description.unicodeScalars.count > Self.mostDescription || description.utf8.contains(0) {
            errors.append(
                FieldError(field: "description", message: "Use at most \(Self.mostDescription) characters, and no NUL.")
            )
        }
        if let focus, !(-1...1).contains(focus.x) || !(-1...1).contains(focus.y) {
            errors.append(FieldError(field: "focus", message: "Give two numbers from -1 to 1."))
        }
        guard errors.isEmpty else { throw InvalidFields(errors) }
    }
}
