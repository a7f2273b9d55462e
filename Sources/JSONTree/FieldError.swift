/// One thing wrong with a body that a client sent, in words that may be shown to its author.
package struct FieldError: Sendable, Equatable {
    /// What kind of mistake it is, for programs; the message is for people.
    package enum Reason: String, Sendable, CaseIterable {
        /// Required and not there.
        case missing
        /// Not a field of this object.
        case unknown
        /// There, but with a value that is not allowed; also null where a value is needed.
        case invalid
    }

    /// Path from the body, as in `offers[1].rate`; empty for the body itself.
    package let field: String
    package let reason: Reason
    /// What is allowed: "must be an integer from 15 to 240".
    package let message: String
}

/// Everything wrong with a body at once, in the order of reading, never empty; at most ``JSONFields/mostErrors``.
package struct InvalidFields: Error, Equatable {
    package let errors: [FieldError]
}
