import Wire

/// The name of a domain as rules and limits compare it: ASCII in lower case, without port and without final dot.
package struct DomainName: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Reads `e.test` or `E.Test.`; nil for ports, addresses, wildcards and letters beyond ASCII, whose domain has a
    /// spelling of its own that begins with `xn--` (RFC 5891).
    package init?(_ text: String) {
        guard !text.utf8.contains(UInt8(ascii: ":")), let origin = Origin(scheme: .https, authority: text),
            let top = origin.host.utf8.split(separator: UInt8(ascii: ".")).last,
            !top.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        description = origin.host
    }

    /// The domain of a host that ``URI`` or ``Origin`` has read.
    package init(host: String) { description = host }

    /// The domain itself and all above it, the longest first: `a.b.test`, `b.test`, `test`.
    package var withParents: [DomainName] {
        let bytes = description.utf8
        let dots = bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }
        return [self] + dots.map { DomainName(host: String(description[bytes.index(after: $0)...])) }
    }
}
