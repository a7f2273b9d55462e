package import JSONTree
package import Wire

/// A file or link that belongs to a post.
package struct AttachmentDocument: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case document = "Document", image = "Image", video = "Video", audio = "Audio", link = "Link"
    }

    /// The part of a picture that stays visible when it is cut, each from -1 to 1.
    package struct FocalPoint: Equatable, Sendable {
        package var x: Double
        package var y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    package var kind: Kind
    package var url: URI
    package var mediaType: String?
    /// Plain text for people who do not see it.
    package var description: String?
    package var blurhash: String?
    package var width: Int?
    package var height: Int?
    package var focalPoint: FocalPoint?

    package init(
        kind: Kind, url: URI, mediaType: String? = nil, description: String? = nil, blurhash: String? = nil,
        width: Int? = nil, height: Int? = nil, focalPoint: FocalPoint? = nil
    ) {
        self.kind = kind
        self.url = url
        self.mediaType = mediaType
        self.description = description
        self.blurhash = blurhash
        self.width = width
        self.height = height
        self.focalPoint = focalPoint
    }
}

// MARK: - Reading

extension AttachmentDocument {
    package static let most = 16

    /// The attachments of a post, and the picture that an article has in `image`; each address once, at most 16.
    static func attachments(of document: JSON) -> [AttachmentDocument] {
        var known: Set<URI> = []
        let values = document["attachment"].list.prefix(100) + document["image"].list.prefix(1)
        let attachments = values.compactMap(AttachmentDocument.init).filter { known.insert($0.url).inserted }
        return Array(attachments.prefix(most))
    }

    private init?(_ value: JSON) {
        guard let type = value.knownType(Kind.self), let link = MediaLink(value) else { return nil }
        self.init(
            kind: type == .document ? Self.kind(of: link.mediaType) : type, url: link.url, mediaType: link.mediaType,
            description: value.alternativeText,
            blurhash: value["blurhash"]?.string.flatMap { Self.isBlurhash($0) ? $0 : nil },
            width: link.width, height: link.height, focalPoint: FocalPoint(value["focalPoint"]))
    }

    private static func kind(of mediaType: String?) -> Kind {
        switch mediaType?.prefix(while: { $0 != "/" }) {
        case "image": .image
        case "video": .video
        case "audio": .audio
        default: .document
        }
    }

    /// Base 83, of 1×1 to 9×9 components (https://github.com/woltapp/blurhash/blob/master/Algorithm.md).
    private static func isBlurhash(_ text: String) -> Bool {
        (6...166).contains(text.utf8.count) && text.utf8.allSatisfy(base83.contains)
    }

    private static let base83 = Set(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~".utf8)
}

extension AttachmentDocument.FocalPoint {
    fileprivate init?(_ value: JSON?) {
        guard let numbers = value?.array, numbers.count == 2, let x = numbers[0].double, let y = numbers[1].double,
            (-1...1).contains(x), (-1...1).contains(y)
        else { return nil }
        self.init(x: x, y: y)
    }
}

// MARK: - Writing

extension AttachmentDocument {
    /// A `Document` with its media type, as Mastodon writes; a `Link` has `href`.
    package var json: JSON {
        if kind == .link {
            return [
                "type": "Link", "href": .string(url.string), "mediaType": mediaType.map { .string($0) },
                "name": description.map { .string($0) },
            ]
        }
        return [
            "type": .string(mediaType == nil ? kind.rawValue : "Document"), "mediaType": mediaType.map { .string($0) },
            "url": .string(url.string), "name": description.map { .string($0) },
            "blurhash": blurhash.map { .string($0) },
            "width": width.map { .int($0) }, "height": height.map { .int($0) },
            "focalPoint": focalPoint.map { [.double($0.x), .double($0.y)] },
        ]
    }
}
