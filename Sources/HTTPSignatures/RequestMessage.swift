/// One line of a header section as it stood on the wire.
package struct HeaderField: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A received request with everything that a signature can cover.
///
/// Nothing in it may have been decoded, merged or reordered: the target is the path and query
/// byte for byte, repeated fields are repeated, and the body is what arrived.
package struct RequestMessage: Sendable {
    package var method: String
    package var target: String
    package var fields: [HeaderField]
    package var body: [UInt8]

    package init(method: String, target: String, fields: [HeaderField], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }

    /// Whether a digest has to bind the body: for every method but GET and HEAD, and for any
    /// body that is there.
    var needsDigest: Bool {
        !body.isEmpty || (method != "GET" && method != "HEAD")
    }

    /// The values of all fields with a name given in lower case, in order, without the white space
    /// around them.
    func values(named name: some Collection<UInt8>) -> [Substring.UTF8View] {
        fields.compactMap { field in
            ASCII.isSame(field.name.utf8, lowercase: name) ? ASCII.trimmed(field.value) : nil
        }
    }
}
