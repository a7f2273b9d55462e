/// An absolute `http` or `https` URI that is safe to compare, store and put into a request (RFC 3986).
///
/// Only printable ASCII is accepted (anything else must arrive percent-encoded), at most 2,048 bytes, without user
/// information, backslashes or control bytes. Because the text is ASCII, equality is byte equality: two spellings of
/// one address are two URIs, as ActivityPub identity demands.
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
        let bytes = Array(string.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.maximumLength,
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.forbidden.contains($0) })
        else { return nil }

        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let scheme = Scheme(rawValue: String(decoding: bytes[..<colon], as: UTF8.self).lowercased()),
            bytes[colon...].starts(with: "://".utf8)
        else { return nil }
        let authorityStart = colon + 3
        let authorityEnd = bytes[authorityStart...].firstIndex(where: { "/?#".utf8.contains($0) }) ?? bytes.endIndex
        guard let (host, port) = Self.authority(bytes[authorityStart..<authorityEnd]) else { return nil }

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
        self.host = host
        self.port = port
        self.path = String(decoding: rest, as: UTF8.self)
        self.query = query
        self.fragment = fragment
    }

    /// Bytes that RFC 3986 allows nowhere in a URI.
    private static let forbidden = Set("\"<>\\^`{|}".utf8)

    private static func authority(_ bytes: ArraySlice<UInt8>) -> (host: String, port: Int?)? {
        guard !bytes.contains(UInt8(ascii: "@")) else { return nil }
        var hostBytes = bytes
        var port: Int?
        let afterBracket = bytes.lastIndex(of: UInt8(ascii: "]")) ?? bytes.startIndex
        if let colon = bytes[afterBracket...].lastIndex(of: UInt8(ascii: ":")) {
            let digits = bytes[(colon + 1)...]
            guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(String(decoding: digits, as: UTF8.self)), (1...65535).contains(number)
            else { return nil }
            port = number
            hostBytes = bytes[..<colon]
        }
        if hostBytes.last == UInt8(ascii: ".") { hostBytes = hostBytes.dropLast() }
        guard !hostBytes.isEmpty, hostBytes.count <= 255 else { return nil }
        let host = String(decoding: hostBytes, as: UTF8.self).lowercased()
        let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
        guard isLiteral || host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        return (host, port)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension URI {
    package var origin: Origin { Origin(scheme: scheme, host: host, port: port ?? scheme.defaultPort) }

    /// `host[:port]` with the scheme's default port left out, as the `Host` header carries it.
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

/// Scheme, host and port: who is responsible for an address (RFC 6454). Ownership on the wire is decided by it.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
    package let scheme: URI.Scheme
    package let host: String
    package let port: Int

    package init(scheme: URI.Scheme, host: String, port: Int) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    package var authority: String { port == scheme.defaultPort ? host : "\(host):\(port)" }
    package var description: String { "\(scheme.rawValue)://\(authority)" }

    /// True for `localhost` and every name below it (RFC 6761 section 6.3).
    package var isLoopbackName: Bool { host == "localhost" || host.hasSuffix(".localhost") }
}
