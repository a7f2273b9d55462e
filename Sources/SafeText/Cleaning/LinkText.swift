extension LinkAddress {
    /// Whether a link to this address may bear this text: it names no other host as the place to which it leads.
    ///
    /// An address is what has `://` in it or begins with `www.`, or a text of one word with a dot between letters, like
    /// `b.example/x` (also `Node.js`: then the host is shown once too often, which deceives nobody). Handles are no
    /// addresses: their host often differs from the one that has the pages.
    func agrees(with text: String) -> Bool {
        if text == authority { return true }
        let words = text.split(whereSeparator: \.isWhitespace).map { Word($0) }
        if words.count == 1, let word = words.first, let named = word.bareHost, !word.isHandle { return isSame(named) }
        return words.allSatisfy { word in word.isHandle || word.namedHost.map(isSame) ?? true }
    }

    private func isSame(_ named: String) -> Bool {
        Self.withoutWWW(named) == Self.withoutWWW(host)
    }

    private static func withoutWWW(_ host: String) -> Substring {
        host.hasPrefix("www.") ? host.dropFirst(4) : host[...]
    }

    private struct Word {
        private let scalars: [Unicode.Scalar]

        init(_ text: Substring) {
            scalars = text.lowercased().unicodeScalars.map { $0.looksLikeDot ? "." : $0 }
        }

        var isHandle: Bool {
            guard let first = scalars.first, first == "@" || first == "!" else { return false }
            return !scalars.contains("/")
        }

        /// The host of what is written as an address. Empty, and so nobody's, if a name stands before an `@`.
        var namedHost: String? {
            if let start = positionAfterScheme {
                let authority = scalars[start...].prefix { !"/?#\\".unicodeScalars.contains($0) }
                if authority.contains("@") { return "" }
                if authority.first == "[" { return Self.ipv6(authority) }
                return Self.host(authority.drop { !$0.isHostPart })
            }
            let start = scalars.drop { !$0.isHostPart }
            return start.starts(with: "www.".unicodeScalars) ? Self.host(start) : nil
        }

        /// Also of what has a dot in its first part that looks like a host.
        var bareHost: String? {
            if let namedHost { return namedHost }
            let parts = scalars.split { !$0.isHostPart }
            return parts.lazy.map(Self.host).first { host in
                let labels = host.unicodeScalars.split(separator: ".")
                guard let last = labels.last, labels.count > 1 else { return false }
                let isIPv4 = labels.count == 4 && labels.joined().allSatisfy { $0.properties.numericType != nil }
                return isIPv4 || last.count > 1 && last.contains { $0.properties.isAlphabetic }
            }
        }

        private var positionAfterScheme: Int? {
            guard scalars.count > 3 else { return nil }
            let start = scalars.indices.dropLast(2).first { index in
                scalars[index] == ":" && scalars[index + 1] == "/" && scalars[index + 2] == "/"
            }
            return start.map { $0 + 3 }
        }

        private static func ipv6(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
            String(String.UnicodeScalarView(scalars.prefix { $0 != "]" })) + "]"
        }

        private static func host(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
            var view = String.UnicodeScalarView(scalars.prefix(while: \.isHostPart))
            while view.last == "." { view.removeLast() }
            return String(view)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isHostPart: Bool {
        isWord || self == "-" || self == "."
    }

    /// A full stop, or one of those that browsers (UTS #46) or eyes take for it.
    fileprivate var looksLikeDot: Bool {
        switch self {
        case ".", "\u{2024}", "\u{3002}", "\u{FF0E}", "\u{FF61}": true
        default: false
        }
    }
}
