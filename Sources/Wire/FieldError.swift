/// One thing that is wrong with something a person or program handed in: which field, and what would be right.
package struct FieldError: Hashable, Sendable, Error {
    /// The field as the sender wrote it, for example `offers[1].rate`.
    package let field: String
    /// A full sentence for the sender that says what is allowed.
    package let message: String

    package init(field: String, message: String) {
        self.field = field
        self.message = message
    }
}

/// Everything that is wrong with one input; never empty.
package struct InvalidFields: Error, Equatable {
    package let errors: [FieldError]

    package init(_ errors: [FieldError]) { self.errors = errors }
}
