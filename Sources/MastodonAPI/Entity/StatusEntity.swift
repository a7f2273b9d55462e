import Foundation
import JSONTree
import SafeText
import Social
import Store
import Wire

/// A post, or that somebody passed it on (docs.joinmastodon.org/entities/Status).
struct StatusEntity {
    let entry: FeedEntry
    let accounts: [ActorID: JSON]
    /// Of all who are named.
    let actors: [ActorID: Actor]
    let figures: PostFigures
    /// Nil for a reader without an account.
    let marks: PostMarks?
    let reader: ActorID?
    /// Of the reader, those that have not ended.
    let filters: [Filter]
    let addresses: Addresses
    let now: Date

    /// Nil when the author is not known any more.
    var json: JSON? {
        guard let status else { return nil }
        guard let boost = entry.boost else { return .object(status) }
        guard let booster = accounts[boost.actor] else { return nil }
        var wrapper = status
        wrapper["id"] = .string(String(boost.id))
        wrapper["uri"] = .string(boost.uri.string)
        wrapper["url"] = .string(boost.uri.string)
        wrapper["created_at"] = .string(ClientTime.text(boost.createdAt))
        wrapper["account"] = booster
        wrapper["visibility"] = .string(boost.visibility.clientName)
        wrapper["edited_at"] = .null
        wrapper["reblog"] = .object(status)
        return .object(wrapper)
    }

    private var status: JSON.Object? {
        let post = entry.post
        let content = post.content
        guard let account = accounts[post.author], let author = actors[post.author] else { return nil }
        var object: JSON.Object = [
            "id": .string(String(post.id.rawValue)),
            "created_at": .string(ClientTime.text(post.publishedAt)),
            "edited_at": post.editedAt.map { .string(ClientTime.text($0)) } ?? .null,
            "in_reply_to_id": post.replyTo.map { .string(String($0.rawValue)) } ?? .null,
            "in_reply_to_account_id": figures.parentAuthor.map { .string(String($0.rawValue)) } ?? .null,
            "sensitive": .bool(content.isSensitive),
            "spoiler_text": .string(content.warning),
            "visibility": .string(content.visibility.clientName),
            "language": content.language.map(JSON.string) ?? .null,
            "uri": .string(post.uri.string),
            "url": .string(page(of: author)),
            "replies_count": .int(figures.replies),
            "reblogs_count": .int(figures.boosts),
            "favourites_count": .int(figures.likes),
            "content": .string(Self.html(of: content)),
            "reblog": .null,
            "application": .null,
            "account": account,
            "media_attachments": .array(
                content.attachments.enumerated().map { index, attachment in
                    MediaEntity(attachment, of: post.id, at: index).json
                }),
            "mentions": .array(content.mentions.compactMap { actors[$0].map(Self.mention) }),
            "tags": .array(
                content.tags.map { ["name": .string($0), "url": .string(addresses.tag($0).string)] }),
            "emojis": .array(
                content.emojis.map { emoji in
                    let url = JSON.string(emoji.url.string)
                    return [
                        "shortcode": .string(emoji.name), "url": url, "static_url": url, "visible_in_picker": false,
                        "category": .null,
                    ]
                }),
            "card": .null,
            "poll": content.poll.map {
                PollEntity(
                    post: post.id, poll: $0, choices: marks?.choices ?? [], isOwn: reader == post.author, now: now
                ).json
            } ?? .null,
        ]
        if let marks {
            object["favourited"] = .bool(marks.isLiked)
            object["reblogged"] = .bool(marks.isBoosted)
            object["bookmarked"] = .bool(marks.isBookmarked)
            object["muted"] = .bool(marks.isMuted)
            if reader == post.author { object["pinned"] = .bool(marks.isPinned) }
            object["filtered"] = .array(matches.map { FilterEntity.json($0, of: post.id) })
        }
        return object
    }

    /// What the reader's filters have against the post. Nobody is kept from what they wrote themselves.
    private var matches: [Filter.Match] {
        guard !filters.isEmpty, reader != entry.post.author else { return [] }
        let content = entry.post.content
        let words = FilteredWords(
            [plainText(fromHTML: Self.html(of: content), limit: 20_000), content.warning]
                + content.attachments.compactMap(\.description) + (content.poll?.options.map(\.title) ?? []))
        return filters.compactMap { $0.match(entry.post.id, saying: words) }
    }

    private func page(of author: Actor) -> String {
        let post = entry.post
        if let url = post.content.url { return url.string }
        if author.isLocal, let name = Username(author.handle.name) {
            return addresses.postPage(post.id, by: name).string
        }
        return post.uri.string
    }

    /// With the title of an article or event, for which clients have no field.
    static func html(of content: Post.Content) -> String {
        content.title.isEmpty
            ? content.html : "<p><strong>\(HTML.escaped(content.title))</strong></p>\(content.html)"
    }

    static func mention(_ actor: Actor) -> JSON {
        [
            "id": .string(String(actor.id.rawValue)), "username": .string(actor.handle.name),
            "url": .string((actor.url ?? actor.uri).string), "acct": .string(AccountEntity.handle(of: actor)),
        ]
    }
}

extension Visibility {
    /// Clients know exactly these four.
    var clientName: String { self == .followers ? "private" : rawValue }

    init?(clientName: String) {
        if clientName == "private" { self = .followers } else { self.init(rawValue: clientName) }
        if clientName == "followers" { return nil }
    }
}
