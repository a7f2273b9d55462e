/// One thing that an RFC 9421 signature covers (section 2): something derived from the request, or a field.
enum SignatureComponent: Hashable, Sendable {
    case derived(Derived)
    /// The name of a field in lower case.
    case field(String)

    /// The derived components of a request that are one value without parameters (section 2.2).
    enum Derived: String, CaseIterable, Sendable {
        case method = "@method"
        case targetURI = "@target-uri"
        case authority = "@authority"
        case scheme = "@scheme"
        case requestTarget = "@request-target"
        case path = "@path"
        case query = "@query"
    }

    /// Reads an identifier from a list of covered components.
    ///
    /// A parameter (`;bs`, `;key`, `;name`, `;req`, `;sf`, `;tr`) changes what the name stands for, so that each is
    /// refused, as is a name with `@` that is not known: it is never looked up among the fields (section 7.5.1).
    init(_ item: StructuredField.Item) throws(Refusal) {
        guard case .string(let name) = item.value else { throw .malformedSignatureInput }
        guard item.parameters.isEmpty else { throw .unsupportedComponent }
        if let derived = Derived(rawValue: name) {
            self = .derived(derived)
        } else {
            guard ASCII.isFieldName(name.utf8) else { throw .unsupportedComponent }
            self = .field(name)
        }
    }

    var name: String {
        switch self {
        case .derived(let derived): derived.rawValue
        case .field(let name): name
        }
    }
}
