package import Foundation
package import Wire

/// What somebody publishes: a note, an article, a poll, an event, a film, as it travels between servers.
package struct PostDocument: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case note = "Note", article = "Article", page = "Page", question = "Question", event = "Event", video = "Video",
            audio = "Audio", image = "Image"
    }

    package var id: URI
    package var kind: Kind
    /// The one actor in `attributedTo`.
    package var author: URI
    /// Title, or the option that a vote names. Plain text of one line.
    package var name: String?
    /// HTML, as it came and not cleaned; at most 100 KiB.
    package var content: String?
    /// BCP 47 tag of the content, where `contentMap` tells one.
    package var language: String?
    /// Content warning, or the one sentence about an event. Plain text.
    package var summary: String?
    package var isSensitive: Bool
    /// The page for people. Not checked: show it only where its host is the id's.
    package var url: URI?
    package var inReplyTo: URI?
    /// `conversation` or else `context`: names a thread, often no URI at all.
    package var conversation: String?
    package var published: Date?
    package var updated: Date?
    package var addressing: Addressing
    package var tags: Tags
    package var attachments: [AttachmentDocument]
    package var poll: PollDocument?
    package var event: EventDocument?
    /// The address of the collection of replies.
    package var replies: URI?
    /// The post that this one quotes.
    package var quote: URI?
    /// Where the author of what it answers vouches that it is welcome (GoToSocial's interaction policies).
    package var approval: URI?
    /// `litepub:directMessage`: never to be shown to others than its addressees.
    package var isDirectMessage: Bool

    package init(
        id: URI, kind: Kind = .note, author: URI, name: String? = nil, content: String? = nil, language: String? = nil,
        summary: String? = nil, isSensitive: Bool = false, url: URI? = nil, inReplyTo: URI? = nil,
        conversation: String? = nil, published: Date? = nil, updated: Date? = nil, addressing: Addressing,
        tags: Tags = Tags(), attachments: [AttachmentDocument] = [], poll: PollDocument? = nil,
        event: EventDocument? = nil, replies: URI? = nil, quote: URI? = nil, approval: URI? = nil,
        isDirectMessage: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.author = author
        self.name = name
        self.content = content
        self.language = language
        self.summary = summary
        self.isSensitive = isSensitive
        self.url = url
        self.inReplyTo = inReplyTo
        self.conversation = conversation
        self.published = published
        self.updated = updated
        self.addressing = addressing
        self.tags = tags
        self.attachments = attachments
        self.poll = poll
        self.event = event
        self.replies = replies
        self.quote = quote
        self.approval = approval
        self.isDirectMessage = isDirectMessage
    }

    /// A vote in the poll that it replies to: a Note that has the name of an option and says nothing else (Mastodon).
    package var isVote: Bool {
        kind == .note && name != nil && inReplyTo != nil && content == nil && attachments.isEmpty
    }

    /// Who may see the post. A direct message stays one, whatever its addressees say.
    ///
    /// - Parameter followers: the author's collection; nil where it publishes none.
    package func visibility(followers: URI?) -> Reach {
        isDirectMessage ? .direct : addressing.visibility(followers: followers)
    }
}
