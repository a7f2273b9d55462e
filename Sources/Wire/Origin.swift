/// Scheme, host and port: who is responsible for an address (RFC 6454). Ownership on the wire is decided by it.
///
/// Two spellings of one origin are equal when host and port were read by ``URI`` or ``init(scheme:authority:)``.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
    package let scheme: URI.Scheme
    /// As in ``URI/host``.
    package let host: String
    package let port: Int

    package init(scheme: URI.Scheme, host: String, port: Int) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// Reads `host` or `host:port` as a `Host` field carries it (RFC 9110 section 7.2); nil when it is neither.
    package init?(scheme: URI.Scheme, authority: some StringProtocol) {
        guard let authority = Authority(Array(authority.utf8)[...]) else { return nil }
        self.init(scheme: scheme, host: authority.host, port: authority.port ?? scheme.defaultPort)
    }

    /// `host[:port]` with the scheme's default port left out, as the `Host` field carries it.
    package var authority: String { port == scheme.defaultPort ? host : "\(host):\(port)" }
    package var description: String { "\(scheme.rawValue)://\(authority)" }

    /// True for `localhost` and every name below it (RFC 6761 section 6.3).
    package var isLoopbackName: Bool { host == "localhost" || host.hasSuffix(".localhost") }
}

/// `host[:port]` of a URI or a `Host` field (RFC 3986 section 3.2), without user information.
struct Authority {
    /// In lower case, without a final dot; an IPv6 address in its brackets.
    let host: String
    /// Only where it was written out.
    let port: Int?

    init?(_ bytes: ArraySlice<UInt8>) {
        let hostBytes: ArraySlice<UInt8>
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), Self.isIPv6(bytes[..<end].dropFirst()) else {
                return nil
            }
            hostBytes = bytes[...end]
            host = String(decoding: hostBytes, as: UTF8.self).lowercased()
        } else {
            hostBytes = bytes.prefix { $0 != UInt8(ascii: ":") }
            let name = hostBytes.last == UInt8(ascii: ".") ? hostBytes.dropLast() : hostBytes
            guard Self.isName(name) else { return nil }
            host = String(decoding: name, as: UTF8.self).lowercased()
        }
        let rest = bytes[hostBytes.endIndex...]
        if rest.isEmpty {
            port = nil
        } else {
            guard rest.first == UInt8(ascii: ":"), let number = Self.port(rest.dropFirst()) else { return nil }
            port = number
        }
    }

    /// Labels of letters, digits, `-` and `_`; looser than DNS, so that names of every server can be kept.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count <= 255
            && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty && label.allSatisfy(isLabelByte)
            }
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Whether this may stand in brackets; zones (`fe80::1%25eth0`) may not.
    private static func isIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
        (2...45).contains(bytes.count) && bytes.contains(UInt8(ascii: ":"))
            && bytes.allSatisfy {
                hexadecimalValue(of: $0) != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
            }
    }

    private static func port(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...5).contains(digits.count) else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return (1...65535).contains(number) ? number : nil
    }
}

/// The number that one hexadecimal digit stands for.
func hexadecimalValue(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
