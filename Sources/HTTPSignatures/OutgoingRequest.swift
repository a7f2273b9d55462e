package import Wire

/// A request that is about to be sent.
package struct OutgoingRequest: Sendable {
    /// A body and what it is.
    package struct Content: Sendable {
        package var type: String
        package var bytes: [UInt8]

        package init(type: String, bytes: [UInt8]) {
            self.type = type
            self.bytes = bytes
        }
    }

    package var method: String
    /// Where it goes: Host is its `authority`, path and query its `requestTarget`, byte for byte.
    package var uri: URI
    package var content: Content?

    package init(method: String, uri: URI, content: Content? = nil) {
        self.method = method
        self.uri = uri
        self.content = content
    }
}

extension OutgoingRequest {
    /// Refuses what cannot stand in a request, and content that is missing or too much.
    func check() throws(SigningError) {
        let isBodiless = method == "GET" || method == "HEAD"
        guard ASCII.isMethod(method.utf8), isBodiless == (content == nil) else { throw .malformedRequest }
        if let type = content?.type.utf8 {
            guard !type.isEmpty, type.allSatisfy({ !ASCII.isControl($0) && $0 < 0x80 }) else {
                throw .malformedRequest
            }
        }
    }
}
