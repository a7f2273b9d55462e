/// A media type with its parameters, as `Content-Type` and `Accept` carry it (RFC 9110 sections 8.3 and 12.5.1).
package struct MediaType: Hashable, Sendable {
    /// Lower-case `type/subtype`.
    package let essence: String
    /// Parameters with lower-case names, values unquoted.
    package let parameters: [String: String]

    package static let activityJSON = "application/activity+json"
    /// The profile that makes `application/ld+json` mean ActivityStreams (ActivityPub section 3.2).
    package static let activityStreamsProfile = "https://www.w3.org/ns/activitystreams"

    /// nil when the text is not a media type.
    package init?(_ text: some StringProtocol) {
        var parts = Self.split(text, at: UInt8(ascii: ";")).makeIterator()
        guard let essence = parts.next().map({ Self.trim($0).lowercased() }), essence.utf8.contains(UInt8(ascii: "/")),
            !essence.utf8.contains(where: { $0 <= 0x20 })
        else { return nil }
        var parameters: [String: String] = [:]
        while let part = parts.next() {
            guard let equals = part.firstIndex(of: "=") else { continue }
            var value = Self.trim(part[part.index(after: equals)...])
            if value.utf8.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") { value = value.dropFirst().dropLast() }
            parameters[Self.trim(part[..<equals]).lowercased()] = String(value)
        }
        self.essence = essence
        self.parameters = parameters
    }

    /// Whether a document of this type may be read as ActivityStreams: `application/activity+json`, or
    /// `application/ld+json` whose profile lists ActivityStreams. Nothing else: a server that serves uploads as
    /// plain JSON must not be able to speak for its users (type confusion).
    package var isActivityStreams: Bool {
        switch essence {
        case Self.activityJSON: true
        case "application/ld+json":
            (parameters["profile"] ?? "").split(separator: " ").contains(Substring(Self.activityStreamsProfile))
        default: false
        }
    }

    /// The media types of an `Accept` value, most wanted first; entries with `q=0` are left out.
    package static func accepted(_ header: String) -> [MediaType] {
        let ranked = split(header, at: UInt8(ascii: ",")).prefix(32).compactMap { entry -> (MediaType, Double)? in
            guard let type = MediaType(entry) else { return nil }
            let quality = type.parameters["q"].flatMap(Double.init) ?? 1
            return quality > 0 ? (type, quality) : nil
        }
        return ranked.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element.0)
    }

    /// Splits outside double quotes.
    private static func split(_ text: some StringProtocol, at separator: UInt8) -> [Substring] {
        let text = Substring(text)
        var parts: [Substring] = []
        var start = text.startIndex
        var isQuoted = false
        for index in text.utf8.indices {
            switch text.utf8[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case separator where !isQuoted:
                parts.append(text[start..<index])
                start = text.utf8.index(after: index)
            default: break
            }
        }
        parts.append(text[start...])
        return parts
    }

    private static func trim(_ text: Substring) -> Substring {
        text.drop(while: { $0 == " " || $0 == "\t" }).reversedTrim()
    }
}

extension Substring {
    fileprivate func reversedTrim() -> Substring {
        var end = self
        while let last = end.last, last == " " || last == "\t" { end.removeLast() }
        return end
    }
}
