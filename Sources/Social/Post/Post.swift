package import Foundation
package import Wire

/// Something that somebody wrote, here or elsewhere, as this community knows it.
package struct Post: Hashable, Sendable {
    /// The type on the wire.
    package enum Kind: String, CaseIterable, Sendable {
        case note = "Note", article = "Article", page = "Page", question = "Question", event = "Event",
            video = "Video", audio = "Audio", image = "Image"
    }

    package let id: PostID
    package let uri: URI
    package let author: ActorID
    /// The first post of the thread, as far as it is known here; the post itself where it begins one.
    package let thread: PostID
    package let replyTo: PostID?
    package var content: Content
    package let publishedAt: Date
    package let editedAt: Date?
    /// Where the author of what it answers vouches that it is welcome.
    package let approval: URI?
    /// Whether the author of what it answers said that it is not: then it is not shown below theirs.
    package let isRefused: Bool

    package init(
        id: PostID, uri: URI, author: ActorID, thread: PostID, replyTo: PostID?, content: Content, publishedAt: Date,
        editedAt: Date?, approval: URI? = nil, isRefused: Bool = false
    ) {
        self.id = id
        self.uri = uri
        self.author = author
        self.thread = thread
        self.replyTo = replyTo
        self.content = content
        self.publishedAt = publishedAt
        self.editedAt = editedAt
        self.approval = approval
        self.isRefused = isRefused
    }

    package var visibility: Visibility { content.visibility }

    /// What a post says and to whom: all that an edit can change.
    package struct Content: Hashable, Sendable {
        package var kind: Kind
        package var visibility: Visibility
        /// Plain text; empty for most notes.
        package var title: String
        /// HTML, clean.
        package var html: String
        /// What one of our people typed; nil for posts from elsewhere.
        package var source: String?
        /// A content warning, plain text.
        package var warning: String
        package var isSensitive: Bool
        /// A language tag (RFC 5646).
        package var language: String?
        /// The page for people, where it is another than the post's id.
        package var url: URI?
        /// What the post answers, known here or not.
        package var replyTo: URI?
        /// The session that it belongs to, between its author and its one reader (FEP-7888).
        package var context: URI?
        package var addressees: [Addressee]
        /// The names by which its hashtags are found, without `#`.
        package var tags: [String]
        package var attachments: [Attachment]
        package var emojis: [CustomEmoji]
        package var poll: Poll?
        package var event: EventDetails?

        package init(
            kind: Kind = .note, visibility: Visibility, title: String = "", html: String, source: String? = nil,
            warning: String = "", isSensitive: Bool = false, language: String? = nil, url: URI? = nil,
            replyTo: URI? = nil, context: URI? = nil, addressees: [Addressee] = [], tags: [String] = [],
            attachments: [Attachment] = [], emojis: [CustomEmoji] = [], poll: Poll? = nil, event: EventDetails? = nil
        ) {
            self.kind = kind
            self.visibility = visibility
            self.title = title
            self.html = html
            self.source = source
            self.warning = warning
            self.isSensitive = isSensitive
            self.language = language
            self.url = url
            self.replyTo = replyTo
            self.context = context
            self.addressees = addressees
            self.tags = tags
            self.attachments = attachments
            self.emojis = emojis
            self.poll = poll
            self.event = event
        }

        package var mentions: [ActorID] { addressees.filter(\.isMentioned).map(\.actor) }
    }

    /// Somebody whom a post names, or is for without naming them.
    package struct Addressee: Hashable, Sendable {
        package let actor: ActorID
        package let isMentioned: Bool

        package init(_ actor: ActorID, isMentioned: Bool) {
            self.actor = actor
            self.isMentioned = isMentioned
        }
    }
}
