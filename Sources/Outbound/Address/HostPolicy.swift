package import Wire

/// Judges a URI before any name is looked up.
///
/// Federation speaks https on port 443 with hosts that are DNS names, never with address literals, and never with
/// itself. Two exceptions exist, both opened by the operator's list of reachable addresses:
/// `localhost` and names below it, with http and any port, when 127.0.0.1 is listed; and any port for names whose
/// addresses are all listed, which only their look-up can tell.
package struct HostPolicy: Sendable {
    package enum Verdict: Hashable, Sendable {
        case refused(OutboundError)
        /// `localhost` or a name below it: 127.0.0.1, without asking DNS (RFC 6761 section 6.3).
        case loopback
        /// A DNS name; with `listedOnly`, to be refused unless every address of it is listed as reachable.
        case name(listedOnly: Bool)
    }

    package let addresses: AddressPolicy
    package let ownOrigin: Origin

    let httpsPort: Int

    package init(addresses: AddressPolicy, ownOrigin: Origin) {
        self.init(addresses: addresses, ownOrigin: ownOrigin, httpsPort: 443)
    }

    init(addresses: AddressPolicy, ownOrigin: Origin, httpsPort: Int) {
        self.addresses = addresses
        self.ownOrigin = ownOrigin
        self.httpsPort = httpsPort
    }

    package func verdict(on uri: URI) -> Verdict {
        let origin = uri.origin
        guard origin != ownOrigin else { return .refused(.ownOrigin) }
        guard !Self.isSpelledWithFinalDot(uri), Self.hasNameSyntax(origin.host) else { return .refused(.forbiddenHost) }
        if origin.isLoopbackName {
            return addresses.verdict(on: .loopback) == .listed ? .loopback : .refused(.forbiddenHost)
        }
        guard Self.isQualified(origin.host) else { return .refused(.forbiddenHost) }
        guard origin.scheme == .https else { return .refused(.scheme) }
        if origin.port == httpsPort { return .name(listedOnly: false) }
        return addresses.reachable.isEmpty ? .refused(.forbiddenPort) : .name(listedOnly: true)
    }

    /// Host name syntax of RFC 1123 section 2.1. Brackets, colons, percent signs and foreign letters do not pass, and
    /// neither does a last label that a URL parser could read as a number, and with it the host as an IPv4 address.
    private static func hasNameSyntax(_ host: String) -> Bool {
        let bytes = host.utf8
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard bytes.count <= 253, let last = labels.last, !isNumeric(last) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.count)
                && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
                && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        }
    }

    private static func isQualified(_ host: String) -> Bool { host.utf8.contains(UInt8(ascii: ".")) }

    private static func isNumeric(_ label: Substring.UTF8View) -> Bool {
        label.allSatisfy(isDigit) || label.starts(with: "0x".utf8)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// True for `https://host./…`, which `URI.host` no longer shows.
    private static func isSpelledWithFinalDot(_ uri: URI) -> Bool {
        let afterScheme = uri.string.utf8.dropFirst(uri.scheme.rawValue.utf8.count + "://".utf8.count)
        return afterScheme.dropFirst(uri.host.utf8.count).first == UInt8(ascii: ".")
    }
}
