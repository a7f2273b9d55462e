package import Foundation
package import JSONTree
import SafeText
package import Wire

/// What `tag` names: people, hashtags and custom emoji.
package struct Tags: Equatable, Sendable {
    package struct Mention: Equatable, Sendable {
        package var actor: URI
        /// `@noor@b.example`, as it came.
        package var name: String?

        package init(actor: URI, name: String?) {
            self.actor = actor
            self.name = name
        }
    }

    package struct Hashtag: Equatable, Sendable {
        /// Without `#`, in the case in which it was written.
        package var name: String
        package var address: URI?

        package init(name: String, address: URI?) {
            self.name = name
            self.address = address
        }
    }

    package struct Emoji: Equatable, Sendable {
        /// Without colons.
        package var name: String
        package var icon: URI
        package var id: URI?
        package var updated: Date?

        package init(name: String, icon: URI, id: URI? = nil, updated: Date? = nil) {
            self.name = name
            self.icon = icon
            self.id = id
            self.updated = updated
        }
    }

    package var mentions: [Mention]
    package var hashtags: [Hashtag]
    package var emojis: [Emoji]

    package init(mentions: [Mention] = [], hashtags: [Hashtag] = [], emojis: [Emoji] = []) {
        self.mentions = mentions
        self.hashtags = hashtags
        self.emojis = emojis
    }
}

// MARK: - Reading

extension Tags {
    package static let mostMentions = 20
    package static let mostHashtags = 50
    package static let mostEmojis = 50
    /// Entries that are looked at at all.
    private static let mostTags = 300

    /// Reads `tag` of a post or an actor; what is malformed and what is too many is left out.
    package init(_ document: JSON) {
        let tags = document["tag"].list.prefix(Self.mostTags)
        func tagged<Tag>(_ type: String, _ most: Int, _ read: (JSON) -> Tag?) -> [Tag] {
            Array(tags.lazy.filter { $0.type == type }.compactMap(read).prefix(most))
        }
        self.init(
            mentions: tagged("Mention", Self.mostMentions, Mention.init),
            hashtags: tagged("Hashtag", Self.mostHashtags, Hashtag.init),
            emojis: tagged("Emoji", Self.mostEmojis, Emoji.init))
    }
}

extension Tags.Mention {
    fileprivate init?(_ tag: JSON) {
        guard let actor = tag["href"]?.string.flatMap({ URI($0) }) else { return nil }
        self.init(actor: actor, name: tag.line("name", limit: 200))
    }
}

extension Tags.Hashtag {
    fileprivate init?(_ tag: JSON) {
        guard let text = tag.line("name", limit: 102) else { return nil }
        let name = text.hasPrefix("#") ? String(text.dropFirst()) : text
        guard !name.isEmpty, name.unicodeScalars.count <= 100, !name.contains(where: { $0.isWhitespace || $0 == "#" })
        else { return nil }
        self.init(name: name, address: tag.link("href"))
    }
}

extension Tags.Emoji {
    fileprivate init?(_ tag: JSON) {
        guard let text = tag["name"]?.string, text.utf8.count <= 102, let icon = ImageDocument(tag["icon"]) else {
            return nil
        }
        let name = text.hasPrefix(":") && text.hasSuffix(":") ? String(text.dropFirst().dropLast()) : text
        guard Self.isName(name) else { return nil }
        self.init(name: name, icon: icon.url, id: tag.id, updated: tag.date("updated"))
    }

    /// Letters and digits of ASCII and `_ - + .`: what stands between two colons in anybody's text.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "_-+.".utf8.contains(byte)
                }
            }
    }
}

// MARK: - Writing

extension Tags {
    package var json: JSON {
        .array(mentions.map(\.json) + hashtags.map(\.json) + emojis.map(\.json))
    }
}

extension Tags.Mention {
    fileprivate var json: JSON { ["type": "Mention", "href": .string(actor.string), "name": name.map { .string($0) }] }
}

extension Tags.Hashtag {
    fileprivate var json: JSON {
        ["type": "Hashtag", "href": address.map { .string($0.string) }, "name": .string("#" + name)]
    }
}

extension Tags.Emoji {
    fileprivate var json: JSON {
        [
            "id": id.map { .string($0.string) }, "type": "Emoji", "name": .string(":\(name):"),
            "updated": updated.map { .string(DateTime.format($0)) },
            "icon": ["type": "Image", "url": .string(icon.string)],
        ]
    }
}
