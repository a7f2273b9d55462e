/// A scheme, host and port that requests are sent to, compared as HTTP does: host without regard
/// to case, a missing port equal to the scheme's own (RFC 9110 sections 4.2.3 and 7.2).
package struct Authority: Hashable, Sendable {
    /// The two schemes of HTTP.
    package enum Scheme: String, Sendable {
        case http
        case https

        var defaultPort: Int { self == .https ? 443 : 80 }
    }

    package let scheme: Scheme
    /// In lower case; an IPv6 address in its brackets.
    package let host: String
    package let port: Int

    /// Reads `host` or `host:port` in ASCII, so that international names come as `xn--…`; nil if
    /// it is neither.
    package init?(scheme: Scheme, _ text: String) {
        self.init(scheme: scheme, bytes: text.utf8)
    }

    init?(scheme: Scheme, bytes: some BidirectionalCollection<UInt8>) {
        let lower = bytes.map(ASCII.lowercased)
        guard lower.count <= 261, let first = lower.first else { return nil }
        let host: ArraySlice<UInt8>
        if first == UInt8(ascii: "[") {
            guard let end = lower.firstIndex(of: UInt8(ascii: "]")), end > 3,
                lower[1..<end].allSatisfy(Self.isAddressByte)
            else { return nil }
            host = lower[...end]
        } else {
            host = lower.prefix { $0 != UInt8(ascii: ":") }
            guard !host.isEmpty, host.allSatisfy(Self.isNameByte) else { return nil }
        }
        let rest = lower[host.endIndex...]
        if rest.isEmpty {
            port = scheme.defaultPort
        } else {
            guard rest.first == UInt8(ascii: ":"), rest.count <= 6,
                let number = ASCII.number(rest.dropFirst()), (1...65535).contains(number)
            else { return nil }
            port = number
        }
        self.scheme = scheme
        self.host = String(decoding: host, as: UTF8.self)
    }

    /// The value of the Host field: the port only where it is not the scheme's own.
    package var hostField: String {
        port == scheme.defaultPort ? host : "\(host):\(port)"
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }
}
