/// `user@host[:port]`: the name by which people call an actor (RFC 7565 without the scheme).
package struct Handle: Hashable, Sendable, CustomStringConvertible {
    /// Lower-case ASCII name of at most 64 bytes.
    package let name: String
    /// Lower-case host, with the port where it is not the default.
    package let domain: String

    package init(name: String, domain: String) {
        self.name = name
        self.domain = domain
    }

    /// Reads `name@domain`, `@name@domain` or `acct:name@domain`; nil when it is none of them.
    package init?(_ text: String) {
        var rest = Substring(text)
        if rest.lowercased().hasPrefix("acct:") { rest = rest.dropFirst(5) }
        if rest.hasPrefix("@") { rest = rest.dropFirst() }
        let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isName(parts[0]), let origin = Origin(scheme: .https, authority: parts[1]) else {
            return nil
        }
        self.init(name: parts[0].lowercased(), domain: origin.authority)
    }

    /// Whether this can be the local part of a handle: ASCII letters, digits, `_`, and `-` or `.` inside, at most 64.
    package static func isName(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 64 else { return false }
        return isWord(first) && isWord(last) && bytes.allSatisfy { isWord($0) || $0 == 0x2D || $0 == 0x2E }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    package var description: String { "\(name)@\(domain)" }
}

/// The name of an account of this community: `[a-z0-9_]{1,30}`, which every other server accepts.
package struct Username: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init?(_ text: String) {
        guard (1...30).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
        else { return nil }
        description = text
    }
}
