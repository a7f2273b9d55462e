package import Wire

/// One request as it will go over the wire, complete except for what a signer adds.
package struct OutgoingRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
    }

    package let method: Method
    /// Where the request goes, without a fragment.
    package let uri: URI
    /// All fields that are sent, with `host` and, for a POST, `content-type`; names in lower case.
    package internal(set) var headers: [(name: String, value: String)]
    /// Empty for a GET.
    package let body: [UInt8]

    package init(method: Method, uri: URI, headers: [(name: String, value: String)], body: [UInt8]) {
        self.method = method
        self.uri = uri
        self.headers = headers
        self.body = body
    }

    /// The value of `Host`.
    package var authority: String { uri.authority }
}

/// Adds the fields that prove who sends a request: `Date`, `Digest`, `Signature`.
///
/// Called for every hop of a redirect, when the request is about to leave and has waited for its turn, so that dates
/// are fresh. Fields replace those of the same name.
package protocol RequestSigner: Sendable {
    func sign(_ request: OutgoingRequest) throws -> [(name: String, value: String)]
}

extension OutgoingRequest {
    /// Adds fields, replacing those of the same name. Throws `invalidRequest` for a name that is no token or a value
    /// with control bytes, which could end the field early (RFC 9110 section 5.5), and for framing fields, which are
    /// the connection's business.
    mutating func setHeaders(_ fields: [(name: String, value: String)]) throws(OutboundError) {
        for (name, value) in fields {
            let name = name.lowercased()
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte), value.utf8.allSatisfy(Self.isValueByte),
                !Self.framing.contains(name)
            else { throw .invalidRequest }
            headers.removeAll { $0.name == name }
            headers.append((name, value))
        }
    }

    private static let framing: Set = ["content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"]

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func isValueByte(_ byte: UInt8) -> Bool { byte == 0x09 || (0x20...0x7E).contains(byte) }
}
