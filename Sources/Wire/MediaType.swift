/// A media type with its parameters, as `Content-Type` and `Accept` carry it (RFC 9110 sections 8.3 and 12.5.1).
package struct MediaType: Hashable, Sendable {
    /// Lower-case `type/subtype`.
    package let essence: String
    /// Parameters with lower-case names, values unquoted. Of two with one name the first counts.
    package let parameters: [String: String]

    package static let activityJSON = "application/activity+json"
    /// The profile that makes `application/ld+json` mean ActivityStreams (ActivityPub section 3.2).
    package static let activityStreamsProfile = "https://www.w3.org/ns/activitystreams"

    /// nil when the text is not a media type. Parameters that are malformed are left out.
    package init?(_ text: some StringProtocol) {
        self.init(Array(text.utf8)[...])
    }

    private init?(_ bytes: ArraySlice<UInt8>) {
        let parts = Self.split(bytes, at: UInt8(ascii: ";"))
        let essence = Self.trim(parts[0])
        let names = essence.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard names.count == 2, names.allSatisfy(Self.isToken) else { return nil }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let name = Self.trim(part.prefix { $0 != UInt8(ascii: "=") })
            guard Self.isToken(name), let equals = part.firstIndex(of: UInt8(ascii: "=")),
                let value = Self.unquoted(Self.trim(part[(equals + 1)...])), parameters[Self.lowercased(name)] == nil
            else { continue }
            parameters[Self.lowercased(name)] = value
        }
        self.essence = Self.lowercased(essence)
        self.parameters = parameters
    }

    /// Whether a document of this type may be read as ActivityStreams: `application/activity+json`, or
    /// `application/ld+json` whose profile lists ActivityStreams. Nothing else: a server that serves uploads as
    /// plain JSON must not be able to speak for its users (type confusion).
    package var isActivityStreams: Bool {
        switch essence {
        case Self.activityJSON: true
        case "application/ld+json":
            (parameters["profile"] ?? "").utf8.split(separator: UInt8(ascii: " ")).contains {
                $0.elementsEqual(Self.activityStreamsProfile.utf8)
            }
        default: false
        }
    }

    /// Whether a person reads this in a browser.
    package var isPage: Bool { essence == "text/html" || essence == "application/xhtml+xml" }

    /// The media types of an `Accept` value, most wanted first, of equals the first; those with `q=0` are left out,
    /// and so is what follows the 32nd.
    package static func accepted(_ header: String) -> [MediaType] {
        let entries = split(Array(header.utf8)[...], at: UInt8(ascii: ",")).prefix(32)
        let ranked = entries.compactMap { entry -> (MediaType, Double)? in
            guard let type = MediaType(entry) else { return nil }
            let quality = type.parameters["q"].flatMap(Double.init) ?? 1
            return quality > 0 ? (type, quality) : nil
        }
        return ranked.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element.0)
    }

    /// Splits outside double quotes; there is always a first part.
    private static func split(_ bytes: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in bytes.indices {
            switch bytes[index] {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\""): isQuoted.toggle()
            case separator where !isQuoted:
                parts.append(bytes[start..<index])
                start = index + 1
            default: break
            }
        }
        parts.append(bytes[start...])
        return parts
    }

    /// The value of a token or a quoted string (RFC 9110 section 5.6.4); nil when it is neither.
    private static func unquoted(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.first == UInt8(ascii: "\"") else {
            return isToken(bytes) ? String(decoding: bytes, as: UTF8.self) : nil
        }
        var value: [UInt8] = []
        var rest = bytes.dropFirst()
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            guard byte == UInt8(ascii: "\\") else { value.append(byte); continue }
            guard let escaped = rest.popFirst() else { return nil }
            value.append(escaped)
        }
        guard rest.isEmpty, bytes.count >= 2, bytes.last == UInt8(ascii: "\"") else { return nil }
        return String(decoding: value, as: UTF8.self)
    }

    private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        guard let last = bytes.lastIndex(where: { !isSpace($0) }) else { return [] }
        return bytes[...last].drop(while: isSpace)
    }

    /// RFC 9110 section 5.6.2.
    private static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    private static func lowercased(_ token: ArraySlice<UInt8>) -> String {
        String(decoding: token, as: UTF8.self).lowercased()
    }
}
