import ActivityStreams
import PostgreSQL
import SafeText
import Social
import Store
import Wire

/// Turns a post as another server wrote it into what is kept here: cleaned, bounded, and with those of its addressees
/// whom we know. Nobody is looked up elsewhere for it.
struct PostReader {
    let community: Community

    /// - Parameters:
    ///   - author: proven to be the author.
    ///   - before: what the post said until now, where it is known.
    /// - Returns: nil when it says nothing at all.
    func content(
        of document: PostDocument, by author: Actor, before: Post.Content? = nil, in transaction: some Queryable
    ) async throws -> Post.Content? {
        let html = document.content.map { cleanHTML($0) } ?? ""
        let poll = document.poll.map { Poll($0, before: before?.poll) }
        guard !html.isEmpty || document.name != nil || poll != nil || !document.attachments.isEmpty else { return nil }
        let warning = document.summary.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(500))) } ?? ""
        return Post.Content(
            kind: Post.Kind(rawValue: document.kind.rawValue) ?? .note,
            visibility: Visibility(document.visibility(followers: author.followers)), title: document.name ?? "",
            html: html, warning: document.kind == .event ? "" : warning,
            isSensitive: document.isSensitive || (!warning.isEmpty && document.kind != .event),
            language: document.language,
            // Where the page is elsewhere than the post, nobody vouches for it.
            url: document.url.flatMap { $0.host == document.id.host ? $0 : nil }, replyTo: document.inReplyTo,
            context: document.conversation.flatMap { URI($0) },
            addressees: try await addressees(of: document, in: transaction),
            tags: Set(document.tags.hashtags.compactMap { hashtagName($0.name) }).sorted(),
            attachments: document.attachments.map { Attachment($0) },
            emojis: document.tags.emojis.map { CustomEmoji(name: $0.name, url: $0.icon) }, poll: poll,
            event: document.event.map { EventDetails($0) })
    }

    private func addressees(of document: PostDocument, in transaction: some Queryable) async throws -> [Post.Addressee]
    {
        let mentioned = Set(document.tags.mentions.map(\.actor))
        let named = document.addressing.recipients + mentioned.sorted { $0.string < $1.string }
        let known = try await transaction.actors(uris: Array(named.prefix(120)))
        // Whom a post only tags is not thereby addressed (F05): the mention counts for those whom it is for, and for
        // open posts, which are for everybody.
        let addressed = Set(document.addressing.recipients)
        let isOpen = Visibility(document.visibility(followers: nil)).isOpen
        return known.filter { addressed.contains($0.uri) || isOpen }.map {
            Post.Addressee($0.id, isMentioned: mentioned.contains($0.uri))
        }
    }
}
