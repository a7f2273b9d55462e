/// Where the authorisation page sends somebody back to: kept and compared as it was written, for apps do odd things
/// with it (`icecubesapp://`, `com.tapbots.Ivory.10217:/request_token`), and nothing is gained by understanding it.
package struct RedirectAddress: Hashable, Sendable {
    package let text: String

    /// Shows the code to the person instead of sending it anywhere.
    package static let outOfBand = RedirectAddress(known: "urn:ietf:wg:oauth:2.0:oob")
    /// In bytes.
    package static let mostBytes = 2000
    private static let refusedSchemes: Set<String> = [
        "about", "blob", "data", "file", "javascript", "vbscript", "view-source",
    ]

    private init(known text: String) { self.text = text }

    /// Nil unless it is an absolute address in printable ASCII, without fragment and wildcard, of a scheme that runs
    /// nothing where it is opened.
    package init?(_ text: String) {
        guard (1...Self.mostBytes).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !#"#*<>"\^`{|}"#.utf8.contains($0) }),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        let scheme = text[..<colon].lowercased()
        guard let first = scheme.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            scheme.utf8.allSatisfy({ byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || "+-.".utf8.contains(byte)
            }), !Self.refusedSchemes.contains(scheme)
        else { return nil }
        self.text = text
    }

    /// Whether this registered address stands for another: the very same, or on this machine's own loopback address
    /// with another port (RFC 8252 section 7.3).
    func admits(_ wanted: RedirectAddress) -> Bool {
        if wanted == self { return true }
        guard let mine = loopbackRest, let theirs = wanted.loopbackRest else { return false }
        return mine == theirs
    }

    /// What follows host and port of `http://127.0.0.1:…`.
    private var loopbackRest: Substring? {
        for host in ["http://127.0.0.1", "http://[::1]"] where text.hasPrefix(host) {
            let rest = text.dropFirst(host.count)
            guard rest.first == ":" else { return rest.isEmpty || rest.first == "/" || rest.first == "?" ? rest : nil }
            return rest.dropFirst().drop { ("0"..."9").contains($0) }
        }
        return nil
    }

    /// The host, or else the scheme: what a person is told about where the answer goes.
    package var destination: String {
        guard let authority = text.firstRange(of: "://") else {
            return String(text.prefix { $0 != ":" })
        }
        let host = text[authority.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != ":" }
        return host.isEmpty ? String(text[..<authority.lowerBound]) : String(host)
    }

    /// The address with parameters behind whatever query it has.
    ///
    /// - Parameter parameters: percent-encoded here.
    package func with(_ parameters: [(name: String, value: String)]) -> String {
        let query = parameters.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
        guard let mark = text.firstIndex(of: "?") else { return "\(text)?\(query)" }
        let isOpen = text.index(after: mark) == text.endIndex || text.last == "&"
        return text + (isOpen ? "" : "&") + query
    }

    /// Percent-encoded as the value of a parameter.
    package static func escaped(_ value: String) -> String {
        value.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
