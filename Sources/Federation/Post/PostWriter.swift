import ActivityStreams
import Foundation
import Social
import Wire

/// Turns a post of ours into what other servers read. Pure.
struct PostWriter {
    let community: Community
    let post: Post
    let author: Actor
    /// Whom the post names or is for.
    let people: [ActorID: Actor]

    private var content: Post.Content { post.content }
    private var addressees: [Actor] { content.addressees.compactMap { people[$0.actor] } }

    var addressing: Addressing {
        Addressing(
            Reach(post.visibility), followers: community.addresses.followers(of: author.uri),
            people: addressees.map(\.uri))
    }

    var document: PostDocument {
        let mentioned = content.mentions.compactMap { people[$0] }
        return PostDocument(
            id: post.uri, kind: PostDocument.Kind(rawValue: content.kind.rawValue) ?? .note, author: author.uri,
            name: content.title.isEmpty ? nil : content.title, content: content.html, language: content.language,
            summary: summary, isSensitive: content.isSensitive, url: page, inReplyTo: content.replyTo,
            conversation: content.context?.string, published: post.publishedAt, updated: post.editedAt,
            addressing: addressing,
            tags: Tags(
                mentions: mentioned.map { Tags.Mention(actor: $0.uri, name: "@\($0.handle)") },
                hashtags: content.tags.map { Tags.Hashtag(name: $0, address: community.addresses.tag($0)) },
                emojis: content.emojis.map { Tags.Emoji(name: $0.name, icon: $0.url) }),
            attachments: content.attachments.map { AttachmentDocument($0) },
            poll: content.poll.map { PollDocument($0) },
            event: content.event.map { EventDocument($0) },
            replies: post.visibility.isOpen ? community.addresses.replies(to: post.uri) : nil,
            approval: post.approval, isDirectMessage: post.visibility == .direct)
    }

    /// Where people read it: the address that clients show, too.
    private var page: URI {
        Username(author.handle.name).map { community.addresses.postPage(post.id, by: $0) } ?? post.uri
    }

    /// The warning, or of an event the one sentence that Mastodon shows of it.
    private var summary: String? {
        content.warning.isEmpty ? content.event?.text : content.warning
    }
}

extension Reach {
    init(_ visibility: Visibility) {
        switch visibility {
        case .public: self = .everyone
        case .unlisted: self = .unlisted
        case .followers: self = .followers
        case .direct: self = .direct
        }
    }
}

extension PollDocument {
    init(_ poll: Poll) {
        self.init(
            options: poll.options.map { Option(name: $0.title, votes: $0.votes) }, allowsSeveral: poll.isMultiple,
            endTime: poll.endsAt, isClosed: poll.closedAt != nil, closedAt: poll.closedAt, votersCount: poll.voters)
    }
}

extension AttachmentDocument {
    init(_ attachment: Attachment) {
        let kind: Kind =
            switch attachment.mediaType?.prefix(while: { $0 != "/" }) {
            case "image": .image
            case "video": .video
            case "audio": .audio
            default: .document
            }
        self.init(
            kind: kind, url: attachment.url, mediaType: attachment.mediaType, description: attachment.description,
            blurhash: attachment.blurhash, width: attachment.width, height: attachment.height,
            focalPoint: attachment.focus.map { FocalPoint(x: $0.x, y: $0.y) })
    }
}

extension EventDocument {
    init(_ event: EventDetails) {
        let place: Place? =
            event.place == nil && event.link == nil
            ? nil : Place(name: event.place, link: event.link, isVirtual: event.place == nil)
        self.init(start: event.start, end: event.end, zone: event.zone, place: place, status: .confirmed)
    }
}
