/// A tokenizer that follows HTML section 13.2.5 as far as telling text from markup needs it, and writes the text.
///
/// It moves forward only: what it has gone over it does not read again, and it looks ahead no further than a name is long.
struct HTMLReducer {
    private let html: [UInt8]
    private var position = 0
    private var output: [UInt8] = []
    /// The element whose content is being dropped, and how many of its name are open.
    private var dropped: (name: String, depth: Int)?

    private static let mostBytes = 1 << 20

    init(_ html: String) {
        let end = html.utf8.index(html.startIndex, offsetBy: Self.mostBytes, limitedBy: html.endIndex) ?? html.endIndex
        self.html = Array(html[..<end].utf8)
    }

    /// Paragraphs, lines and text in UTF-8; white space in text is spaces, `\n` is a break.
    mutating func text() -> [UInt8] {
        while position < html.count {
            switch html[position] {
            case UInt8(ascii: "<"): takeMarkup()
            case UInt8(ascii: "&"): takeReference()
            default:
                write(html[position])
                position += 1
            }
        }
        return output
    }

    // MARK: Writing

    private mutating func write(_ byte: UInt8) {
        if dropped != nil { return }
        if !byte.isHTMLSpace {
            output.append(byte)
        } else if let last = output.last, last != UInt8(ascii: " "), last != UInt8(ascii: "\n") {
            output.append(UInt8(ascii: " "))
        }
    }

    /// Starts a new line, after `emptyLines` empty ones.
    private mutating func separate(emptyLines: Int) {
        if dropped != nil || output.isEmpty { return }
        if output.last == UInt8(ascii: " ") { output.removeLast() }
        let breaks = output.suffix(emptyLines + 1).reversed().prefix { $0 == UInt8(ascii: "\n") }.count
        output.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: emptyLines + 1 - breaks))
    }

    private mutating func takeReference() {
        guard let (scalar, next) = CharacterReference.decode(html, at: position) else {
            write(html[position])
            position += 1
            return
        }
        position = next
        for byte in scalar.utf8 { write(byte) }
    }

    // MARK: Markup

    private mutating func takeMarkup() {
        let next = position + 1 < html.count ? html[position + 1] : 0
        switch next {
        case UInt8(ascii: "!"), UInt8(ascii: "?"):
            takeComment()
        case UInt8(ascii: "/") where position + 2 < html.count:
            if html[position + 2].isASCIILetter {
                position += 2
                if let tag = takeTag() { close(tag.name) }
            } else {
                takeThrough(">")
            }
        case _ where next.isASCIILetter:
            position += 1
            if let tag = takeTag() { open(tag) }
        default:
            write(html[position])
            position += 1
        }
    }

    /// From `<!` or `<?` on: a comment, or what is treated as one.
    private mutating func takeComment() {
        guard html[position...].starts(with: "<!--".utf8) else { return takeThrough(">") }
        position += 4
        for abruptEnd in [">", "->"] where html[position...].starts(with: abruptEnd.utf8) {
            position += abruptEnd.utf8.count
            return
        }
        var dashes = 0
        while position < html.count {
            let byte = html[position]
            position += 1
            switch byte {
            case UInt8(ascii: "-"): dashes += 1
            case UInt8(ascii: ">") where dashes >= 2: return
            case UInt8(ascii: "!") where dashes >= 2 && position < html.count && html[position] == UInt8(ascii: ">"):
                position += 1
                return
            default: dashes = 0
            }
        }
    }

    private mutating func takeThrough(_ end: Unicode.Scalar) {
        position = html[position...].firstIndex(of: UInt8(ascii: end)).map { $0 + 1 } ?? html.count
    }

    private struct Tag {
        /// In lower case.
        var name: String
        var isSelfClosing = false
    }

    /// From the first letter of a name through `>`; nil when the input ends before.
    private mutating func takeTag() -> Tag? {
        let nameEnd = html[position...].firstIndex { $0.endsTagName } ?? html.count
        // No name that matters is longer.
        var tag = Tag(name: String(decoding: html[position..<nameEnd].prefix(16), as: UTF8.self).lowercased())
        position = nameEnd
        var hasAttributeName = false
        while position < html.count {
            let byte = html[position]
            position += 1
            switch byte {
            case UInt8(ascii: ">"): return tag
            case UInt8(ascii: "=") where hasAttributeName:
                takeAttributeValue()
                hasAttributeName = false
            case _ where byte.isHTMLSpace:
                break
            default:
                hasAttributeName = byte != UInt8(ascii: "/")
            }
            tag.isSelfClosing = byte == UInt8(ascii: "/")
        }
        return nil
    }

    /// After `=`; quotation marks count only here, and a `>` between them ends nothing.
    private mutating func takeAttributeValue() {
        while position < html.count, html[position].isHTMLSpace { position += 1 }
        guard position < html.count else { return }
        switch html[position] {
        case UInt8(ascii: "\""):
            position += 1
            takeThrough("\"")
        case UInt8(ascii: "'"):
            position += 1
            takeThrough("'")
        default:
            position = html[position...].firstIndex { $0.isHTMLSpace || $0 == UInt8(ascii: ">") } ?? html.count
        }
    }

    // MARK: Elements

    private mutating func open(_ tag: Tag) {
        switch tag.name {
        case "plaintext":
            position = html.count
        case let name where ElementNames.rawText.contains(name):
            takeRawText(upToEndOf: name)
        case let name where tag.isSelfClosing && ElementNames.foreign.contains(name):
            break
        case let name where dropped?.name == name:
            dropped?.depth += 1
        case let name where dropped == nil && ElementNames.dropped.contains(name):
            dropped = (name, 1)
        default:
            separate(at: tag.name)
        }
    }

    private mutating func close(_ name: String) {
        if let dropped, dropped.name == name {
            self.dropped = dropped.depth > 1 ? (name, dropped.depth - 1) : nil
        } else {
            separate(at: name)
        }
    }

    private mutating func separate(at name: String) {
        switch name {
        case "br": if dropped == nil { output.append(UInt8(ascii: "\n")) }
        case "td", "th": write(UInt8(ascii: " "))
        case _ where ElementNames.paragraphs.contains(name): separate(emptyLines: 1)
        case _ where ElementNames.lines.contains(name): separate(emptyLines: 0)
        default: break
        }
    }

    /// Leaves `position` at the end tag of `name`, the only markup there is in such an element.
    private mutating func takeRawText(upToEndOf name: String) {
        let name = Array(name.utf8)
        while position < html.count {
            if html[position] == UInt8(ascii: "<"), isEndTag(of: name) { return }
            position += 1
        }
    }

    private func isEndTag(of name: [UInt8]) -> Bool {
        let candidate = html[position...].dropFirst().prefix(name.count + 2)
        guard candidate.count == name.count + 2, candidate.first == UInt8(ascii: "/"), candidate.last?.endsTagName == true
        else { return false }
        return candidate.dropFirst().dropLast().elementsEqual(name) { $0 | 0x20 == $1 }
    }
}

private enum ElementNames {
    /// Their content is neither markup nor shown, up to their end tag.
    static let rawText: Set = ["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"]
    /// Their content is markup, but not shown as text.
    static let dropped: Set = [
        "annotation", "annotation-xml", "audio", "canvas", "datalist", "object", "select", "svg", "template", "video",
    ]
    /// Of those, the ones that `/>` closes, as they are not of HTML itself.
    static let foreign: Set = ["annotation", "annotation-xml", "svg"]
    static let paragraphs: Set = [
        "blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul",
    ]
    static let lines: Set = [
        "address", "article", "aside", "body", "caption", "dd", "details", "div", "dt", "fieldset", "figcaption", "footer",
        "form", "header", "hr", "html", "legend", "li", "main", "nav", "section", "summary", "tr",
    ]
}

extension UInt8 {
    fileprivate var isHTMLSpace: Bool {
        self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C
    }

    fileprivate var endsTagName: Bool {
        isHTMLSpace || self == UInt8(ascii: "/") || self == UInt8(ascii: ">")
    }
}
