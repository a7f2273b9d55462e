import CorpusTesting

@testable import SafeText

/// What reading and rendering promise for what one of our people wrote, whatever it is.
enum WritingPromises {
    static func check(_ text: String) throws {
        let written = WrittenText(text)
        let joined = written.paragraphs.map { lines in
            lines.map { $0.map(\.written).joined() }.joined(separator: "\n")
        }.joined(separator: "\n\n")
        try expect(joined.utf8.elementsEqual(cleanBlock(text).utf8), "another text: \(joined.debugDescription)")
        try expect(
            written.mentions.count <= WrittenText.mostMentions && written.hashtags.count <= WrittenText.mostHashtags,
            "too many of something")
        for name in (written.hashtags.map(\.name) + text.split(separator: " ").compactMap { hashtagName($0) }) {
            let again = hashtagName(name)
            try expect(again?.utf8.elementsEqual(name.utf8) == true, "\(name.debugDescription) is not its own name")
        }

        let sent = html(written)
        let clean = cleanHTML(sent, limit: .max)
        let seen = plainText(fromHTML: clean, limit: .max)
        try expect(
            seen.utf8.elementsEqual(plainText(fromHTML: sent, limit: .max).utf8),
            "cleaning changed \(sent.debugDescription)")
        let links = written.paragraphs.joined().joined().count { $0.address.map { LinkAddress($0) != nil } ?? false }
        let kept = try CleanMarkup(clean).links.count
        try expect(kept == links, "\(kept) of \(links) links are left of \(sent.debugDescription)")
    }

    static func render(_ text: String) { _ = html(WrittenText(text)) }

    private static func html(_ written: WrittenText) -> String {
        written.html(
            mentionAddress: { WrittenText.Segment.mention($0).address },
            hashtagAddress: { WrittenText.Segment.hashtag($0).address })
    }
}

extension WrittenText.Segment {
    fileprivate var written: String {
        switch self {
        case .text(let text), .link(let text): text
        case .mention(let mention): mention.written
        case .hashtag(let hashtag): "#" + hashtag.written
        }
    }

    fileprivate var address: String? {
        switch self {
        case .text: nil
        case .link(let address): address
        case .mention(let mention): "https://\(mention.domain ?? "ateneo.example")/@\(mention.name)"
        case .hashtag(let hashtag): "https://ateneo.example/tags/\(hashtag.name)"
        }
    }
}
