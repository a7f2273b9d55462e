package import Wire

/// A complete response of another server, whatever its status.
package struct Response: Sendable {
    package let status: Int
    /// The fields in the order they came, at most 100.
    package let headers: [(name: String, value: String)]
    /// The decoded body. Empty for a redirect, whose body is not read.
    package let body: [UInt8]
    /// The URI that gave this response, after redirects.
    package let uri: URI

    package init(status: Int, headers: [(name: String, value: String)], body: [UInt8], uri: URI) {
        self.status = status
        self.headers = headers
        self.body = body
        self.uri = uri
    }

    /// The value of a field that occurs once; nil when it is missing or repeated. Names are compared without case.
    package func header(_ name: String) -> String? {
        let name = name.lowercased()
        var found: String?
        for field in headers where field.name.lowercased() == name {
            guard found == nil else { return nil }
            found = field.value
        }
        return found
    }

    package var contentType: String? { header("content-type") }

    package var isSuccess: Bool { (200..<300).contains(status) }

    /// Where a redirect points to (RFC 9110 section 10.2.2); nil without one `Location` that can be followed.
    package var location: URI? {
        header("location").flatMap { Redirect.target($0, from: uri) }
    }
}
