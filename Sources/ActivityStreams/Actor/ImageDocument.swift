package import JSONTree
package import Wire

/// A picture of an actor or an emoji (`Image`).
package struct ImageDocument: Equatable, Sendable {
    package var url: URI
    package var mediaType: String?
    /// What it shows, for people who do not see it. Plain text.
    package var description: String?

    package init(url: URI, mediaType: String? = nil, description: String? = nil) {
        self.url = url
        self.mediaType = mediaType
        self.description = description
    }

    /// Reads the first picture of a property that may hold one or several, each an `Image`, a `Link` or an address.
    package init?(_ value: JSON?) {
        for image in value.list.prefix(20) {
            guard let link = MediaLink(image) else { continue }
            self.init(url: link.url, mediaType: link.mediaType, description: image.alternativeText)
            return
        }
        return nil
    }

    /// The alternative text stands in `summary`, as Mastodon reads it, and in `name`, as others do.
    package var json: JSON {
        [
            "type": "Image", "mediaType": mediaType.map { .string($0) }, "url": .string(url.string),
            "name": description.map { .string($0) }, "summary": description.map { .string($0) },
        ]
    }
}

/// Where a file lies, of an object whose `url` or `href` is an address, a `Link` or a list of them.
struct MediaLink {
    let url: URI
    let mediaType: String?
    let width: Int?
    let height: Int?

    init?(_ object: JSON) {
        let address = object["url"] ?? object["href"]
        let inner = address.list.prefix(20).first { Self.address($0) != nil } ?? object
        guard let url = Self.address(inner) else { return nil }
        self.url = url
        mediaType = inner.mediaType ?? object.mediaType
        width = object.pixels("width") ?? inner.pixels("width")
        height = object.pixels("height") ?? inner.pixels("height")
    }

    private static func address(_ value: JSON) -> URI? {
        (value.string ?? value["href"]?.string).flatMap { URI($0) }
    }
}

extension JSON {
    /// `type/subtype` in lower case; nil when absent or malformed.
    var mediaType: String? {
        self["mediaType"]?.string.flatMap { $0.utf8.count <= 200 ? MediaType($0)?.essence : nil }
    }

    fileprivate func pixels(_ key: String) -> Int? {
        self[key]?.int.flatMap { (1...65_535).contains($0) ? $0 : nil }
    }

    /// What an image shows: `name` is plain text; `summary`, which GoToSocial prefers, is HTML where it has elements.
    var alternativeText: String? {
        if let name = block("name", limit: 5000) { return name }
        return hasElements("summary") ? text("summary", limit: 5000) : block("summary", limit: 5000)
    }

    /// Whether a text has what begins as elements do, and not just a less-than.
    private func hasElements(_ key: String) -> Bool {
        guard let bytes = self[key]?.string?.utf8 else { return false }
        return zip(bytes, bytes.dropFirst()).contains { byte, next in
            byte == UInt8(ascii: "<")
                && (next == UInt8(ascii: "/") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next | 0x20))
        }
    }
}
