extension WrittenText {
    /// The text as HTML for sending, in the form that other servers write: a `<p>` for each paragraph, `<br>` between
    /// its lines. ``cleanHTML(_:limit:)`` leaves its text and its links as they are.
    /// - Parameters:
    ///   - mentionAddress: the page of who is mentioned; without one, the mention stays text.
    ///   - hashtagAddress: the page of a hashtag; without one, it stays text.
    package func html(mentionAddress: (Mention) -> String?, hashtagAddress: (Hashtag) -> String?) -> String {
        paragraphs.map { lines in
            let html = lines.map { line in
                line.map { segment in
                    switch segment {
                    case .text(let text): HTML.escaped(text)
                    case .link(let written): Self.link(written)
                    case .mention(let mention): Self.mention(mention, at: mentionAddress(mention))
                    case .hashtag(let hashtag): Self.hashtag(hashtag, at: hashtagAddress(hashtag))
                    }
                }.joined()
            }
            return "<p>" + html.joined(separator: "<br>") + "</p>"
        }.joined()
    }

    private static func link(_ written: String) -> String {
        let text = HTML.escaped(written)
        return LinkAddress(written).map { "<a \($0.attributes)>\(text)</a>" } ?? text
    }

    private static func mention(_ mention: Mention, at address: String?) -> String {
        guard let address = address.flatMap(LinkAddress.init) else { return HTML.escaped(mention.written) }
        let href = HTML.escaped(address.string)
        let link = "<a href=\"\(href)\" class=\"u-url mention\">@<span>\(mention.name)</span></a>"
        return "<span class=\"h-card\">\(link)</span>"
    }

    private static func hashtag(_ hashtag: Hashtag, at address: String?) -> String {
        let text = HTML.escaped(hashtag.written)
        guard let address = address.flatMap(LinkAddress.init) else { return "#" + text }
        let href = HTML.escaped(address.string)
        return "<a href=\"\(href)\" class=\"mention hashtag\" rel=\"tag\">#<span>\(text)</span></a>"
    }
}
