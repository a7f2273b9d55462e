/// The address of a link that is safe to show: `http` or `https`, written so that every browser reads it as we did.
///
/// Control characters are taken out, what may not stand in a URI is percent-encoded (RFC 3986 section 2), scheme and
/// host are in lower case. Refused are user names before the host, backslashes right behind it, and anything longer
/// than 2,048 bytes. A host may have letters of any script, but not Latin ones among look-alikes of other alphabets.
struct LinkAddress {
    let string: String
    /// Without port and final dot.
    let host: String
    /// With the port where it was written out.
    let authority: String

    private static let mostBytes = 2_048

    init?(_ text: String) {
        guard text.utf8.count <= Self.mostBytes * 3 else { return nil }
        let bytes = Self.withoutControls(text)
        let schemes = ["https://", "http://"]
        guard let scheme = schemes.first(where: { $0.utf8.elementsEqual(bytes.prefix($0.utf8.count), by: Self.isSame) })
        else { return nil }
        let afterScheme = bytes.dropFirst(scheme.utf8.count)
        let authorityEnd = afterScheme.firstIndex { "/?#\\".utf8.contains($0) } ?? afterScheme.endIndex
        guard authorityEnd == afterScheme.endIndex || afterScheme[authorityEnd] != UInt8(ascii: "\\"),
            let (host, port) = Self.hostAndPort(String(decoding: afterScheme[..<authorityEnd], as: UTF8.self))
        else { return nil }
        self.host = host
        authority = port.map { "\(host):\($0)" } ?? host
        string = scheme + authority + Self.encoded(afterScheme[authorityEnd...])
        if string.utf8.count > Self.mostBytes { return nil }
    }

    /// `href` and `rel`, as they stand in a start tag.
    var attributes: String {
        "href=\"\(HTML.escaped(string))\" rel=\"nofollow noopener noreferrer\""
    }

    // MARK: Reading

    private static func withoutControls(_ text: String) -> [UInt8] {
        let visible = text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) }
        let bytes = Array(String(String.UnicodeScalarView(visible)).utf8)
        let end = bytes.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0
        return Array(bytes[..<end].drop { $0 == UInt8(ascii: " ") })
    }

    private static func isSame(_ lowercase: UInt8, _ byte: UInt8) -> Bool {
        lowercase == (UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte)
    }

    private static func hostAndPort(_ authority: String) -> (host: String, port: Int?)? {
        let isIPv6 = authority.utf8.first == UInt8(ascii: "[")
        let hostEnd =
            isIPv6
            ? authority.utf8.firstIndex(of: UInt8(ascii: "]")).map { authority.utf8.index(after: $0) }
            : authority.utf8.firstIndex(of: UInt8(ascii: ":"))
        let rest = authority[(hostEnd ?? authority.endIndex)...]
        let port = port(rest)
        guard let host = isIPv6 ? ipv6(authority[..<rest.startIndex]) : host(authority[..<rest.startIndex]),
            rest.isEmpty || port != nil
        else { return nil }
        return (host, port)
    }

    /// Of `:8420`.
    private static func port(_ text: Substring) -> Int? {
        let digits = text.dropFirst()
        guard text.utf8.first == UInt8(ascii: ":"), (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let number = Int(digits),
            (1...65_535).contains(number)
        else { return nil }
        return number
    }

    private static func ipv6(_ text: Substring) -> String? {
        let digits = text.utf8.dropFirst().dropLast()
        guard text.utf8.last == UInt8(ascii: "]"), (2...45).contains(digits.count),
            digits.allSatisfy({ "0123456789abcdefABCDEF:.".utf8.contains($0) }), digits.contains(UInt8(ascii: ":"))
        else { return nil }
        return text.lowercased()
    }

    private static func host(_ text: Substring) -> String? {
        let lower = text.lowercased()
        let name = lower.utf8.last == UInt8(ascii: ".") ? String(lower.unicodeScalars.dropLast()) : lower
        guard (1...255).contains(name.utf8.count) else { return nil }
        let labels = name.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy(isLabel) ? name : nil
    }

    private static func isLabel(_ label: Substring.UnicodeScalarView) -> Bool {
        let hasLatin = label.contains { $0.isASCII && $0.properties.isAlphabetic }
        guard let first = label.first, !first.isMark else { return false }
        return label.allSatisfy { scalar in
            if scalar.isASCII { return scalar.isASCIIWord || scalar == "-" }
            return scalar.isHostLetter && !(hasLatin && scalar.looksLatin)
        }
    }

    /// Printable ASCII that a URI may hold, also where it is malformed; the rest as escapes.
    private static func encoded(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte > 0x20, byte < 0x7F, !"\"<>\\^`{|}".utf8.contains(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// `[A-Za-z0-9_]`
    var isASCIIWord: Bool {
        isASCII && (UInt8(truncatingIfNeeded: value).isASCIIAlphanumeric || self == "_")
    }

    /// A character of an internationalised name that browsers do not turn into another one (UTS #46).
    fileprivate var isHostLetter: Bool {
        switch properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber:
            // ß and the final sigma are letters of their own since IDNA2008.
            !properties.changesWhenNFKCCaseFolded || self == "ß" || self == "ς"
        default: false
        }
    }

    /// Of the alphabets that share shapes with Latin: Greek, Cyrillic, Armenian, Georgian, Cherokee, Coptic, Lisu.
    fileprivate var looksLatin: Bool {
        switch value {
        case 0x0370...0x058F, 0x10A0...0x10FF, 0x13A0...0x13FF, 0x1C80...0x1CBF, 0x1D26...0x1D2B, 0x1F00...0x1FFF,
            0x2C80...0x2D2F, 0x2DE0...0x2DFF, 0xA4D0...0xA4FF, 0xA640...0xA69F, 0xAB70...0xABBF:
            true
        default: false
        }
    }
}
