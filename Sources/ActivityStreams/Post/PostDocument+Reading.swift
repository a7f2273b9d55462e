import Foundation
package import JSONTree
import SafeText
import Wire

extension PostDocument {
    /// Reads a post of any server; nil where nothing can be done with it: no id, no known type, not exactly one author.
    /// What else is malformed counts as absent, and what is too much is left out.
    ///
    /// - Parameter activity: what carries the post; it tells the addressees of a post that names none itself.
    package init?(_ document: JSON, within activity: JSON? = nil) {
        guard document.object != nil, let id = document.id, let kind = document.knownType(Kind.self),
            let author = Self.author(of: document)
        else { return nil }
        let addressing = Addressing(document)
        let content = Content(document)
        self.init(
            id: id, kind: kind, author: author, name: document.line("name", limit: 500), content: content.html,
            language: content.language, summary: document.text("summary", limit: 1000),
            isSensitive: document["sensitive"]?.bool ?? false, url: Self.page(of: document),
            inReplyTo: document.firstURI("inReplyTo"), conversation: Self.conversation(of: document),
            published: document.date("published"), updated: document.date("updated"),
            addressing: addressing.isEmpty ? activity.map { Addressing($0) } ?? addressing : addressing,
            tags: Tags(document), attachments: AttachmentDocument.attachments(of: document),
            poll: kind == .question ? PollDocument(document) : nil,
            event: kind == .event ? EventDocument(document) : nil,
            replies: document.uri("replies"), quote: Self.quote(of: document),
            approval: document.uri("approvedBy"),
            isDirectMessage: document["directMessage"]?.bool ?? false)
    }

    /// Exactly one (FEP-fe34), but for the pair that PeerTube writes: the Person, and the Group that is the channel.
    /// Mobilizon's `actor` counts only where `attributedTo` is absent.
    private static func author(of document: JSON) -> URI? {
        let authors = document["attributedTo"].list
        guard authors.count > 1 else { return document.uri(authors.isEmpty ? "actor" : "attributedTo") }
        guard authors.count <= 10, authors.allSatisfy({ $0.type == "Person" || $0.type == "Group" }) else { return nil }
        let people = authors.filter { $0.type == "Person" }
        return people.count == 1 ? people[0].id : nil
    }

    /// The link to a web page where there are several, as PeerTube lists it among the files; else the first.
    private static func page(of document: JSON) -> URI? {
        let page = document["url"].list.prefix(50).lazy.filter { $0.mediaType == "text/html" }
        return page.compactMap { $0["href"]?.string.flatMap { URI($0) } }.first ?? document.link("url")
    }

    private static func conversation(of document: JSON) -> String? {
        ["conversation", "context"].lazy.compactMap { document[$0]?.string ?? document[$0]?.id?.string }
            .map(cleanLine).first { (1...URI.maximumLength).contains($0.utf8.count) }
    }

    /// FEP-044f, then its forerunners.
    private static func quote(of document: JSON) -> URI? {
        ["quote", "quoteUrl", "quoteUri", "_misskey_quote"].lazy.compactMap { document.uri($0) }.first
    }
}

/// `content` with what tells its language and form.
private struct Content {
    var html: String?
    var language: String?

    /// Half of a document of HTML would be none: a longer one is left out.
    private static let longest = 102_400

    init(_ document: JSON) {
        let map = document["contentMap"]?.object
        let plain = document["content"].list.lazy.compactMap(\.string).first
        let translation = map?.lazy.compactMap { key, value in value.string.map { (language: key, text: $0) } }.first
        guard let text = plain ?? translation?.text, text.utf8.count <= Self.longest else { return }
        html = Self.html(text, mediaType: document.mediaType)
        language =
            Self.language(of: text, in: map)
            ?? (map?.count == 1 || plain == nil ? Self.language(translation?.language) : nil)
    }

    /// Text and Markdown (PeerTube) are shown as they were typed.
    private static func html(_ text: String, mediaType: String?) -> String? {
        let html =
            switch mediaType {
            case "text/plain", "text/markdown": paragraphs(fromPlainText: cleanBlock(text))
            default: text
            }
        return html.isEmpty || html.utf8.count > longest ? nil : html
    }

    private static func language(of text: String, in map: JSON.Object?) -> String? {
        language(map?.first { $0.value.string == text }?.key)
    }

    /// The form of RFC 5646 section 2.1, not its registry; `und` says nothing.
    private static func language(_ tag: String?) -> String? {
        guard let tag, tag.utf8.count <= 35, tag != "und" else { return nil }
        let parts = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = parts.first, (2...8).contains(first.count), first.allSatisfy(isLetter),
            parts.dropFirst().allSatisfy({ (1...8).contains($0.count) && $0.allSatisfy(isLetterOrDigit) })
        else { return nil }
        return tag
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
