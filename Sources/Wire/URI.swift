/// An absolute `http` or `https` URI that is safe to compare, store and put into a request (RFC 3986).
///
/// Only printable ASCII is accepted (anything else must arrive percent-encoded), at most 2,048 bytes, without user
/// information, backslashes or control bytes, not even percent-encoded ones. Because the text is ASCII, equality is
/// byte equality: two spellings of one address are two URIs, as ActivityPub identity demands.
package struct URI: Hashable, Sendable {
    package enum Scheme: String, Sendable {
        case http, https

        package var defaultPort: Int { self == .http ? 80 : 443 }
    }

    package static let maximumLength = 2048

    /// The URI exactly as it was given.
    package let string: String
    package let scheme: Scheme
    /// Lower-case host without a trailing dot; IPv6 literals keep their brackets.
    package let host: String
    /// The port, only where it was written out.
    package let port: Int?
    /// Path as written; empty when the URI ends with its authority.
    package let path: String
    package let query: String?
    package let fragment: String?

    /// Reads a URI; nil for anything that the type does not promise to hold.
    package init?(_ string: String) {
        guard string.utf8.count <= Self.maximumLength else { return nil }
        let bytes = Array(string.utf8)
        guard bytes.allSatisfy(Self.isAllowed), Self.hasHarmlessEscapes(bytes),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let scheme = Scheme(rawValue: String(decoding: bytes[..<colon], as: UTF8.self).lowercased()),
            bytes[colon...].starts(with: "://".utf8)
        else { return nil }
        let afterScheme = bytes[(colon + 3)...]
        let authorityEnd = afterScheme.firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
        guard let authority = Authority(afterScheme[..<authorityEnd]) else { return nil }

        var rest = bytes[authorityEnd...]
        var fragment: String?
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            fragment = String(decoding: rest[(hash + 1)...], as: UTF8.self)
            rest = rest[..<hash]
        }
        var query: String?
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = String(decoding: rest[(mark + 1)...], as: UTF8.self)
            rest = rest[..<mark]
        }
        self.string = string
        self.scheme = scheme
        self.host = authority.host
        self.port = authority.port
        self.path = String(decoding: rest, as: UTF8.self)
        self.query = query
        self.fragment = fragment
    }

    /// Printable ASCII without what RFC 3986 allows nowhere in a URI.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !forbidden.contains(byte)
    }

    private static let forbidden = Set("\"<>\\^`{|}".utf8)

    /// Whether every `%` begins an escape, and none of a control byte, which could end a line or a text once decoded.
    private static func hasHarmlessEscapes(_ bytes: [UInt8]) -> Bool {
        bytes.indices.allSatisfy { index in
            guard bytes[index] == UInt8(ascii: "%") else { return true }
            guard index + 2 < bytes.count, let high = hexadecimalValue(of: bytes[index + 1]),
                let low = hexadecimalValue(of: bytes[index + 2])
            else { return false }
            return high >= 2 && (high, low) != (7, 15)
        }
    }
}

extension URI {
    package var origin: Origin { Origin(scheme: scheme, host: host, port: port ?? scheme.defaultPort) }

    /// ``Origin/authority`` of the origin.
    package var authority: String { origin.authority }

    /// Path and query as they stand on the request line; `/` for an empty path.
    package var requestTarget: String {
        let path = path.isEmpty ? "/" : path
        return query.map { "\(path)?\($0)" } ?? path
    }

    /// The same URI without its fragment: the document that holds, for example, a key.
    package var withoutFragment: URI {
        guard let hash = string.utf8.firstIndex(of: UInt8(ascii: "#")) else { return self }
        return URI(String(string[..<hash])) ?? self
    }

    package func isSameOrigin(as other: URI) -> Bool { origin == other.origin }
}

extension URI: CustomStringConvertible {
    package var description: String { string }
}
