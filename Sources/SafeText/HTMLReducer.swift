/// Writes the text of HTML as lines and paragraphs.
struct HTMLReducer {
    private var tokens: HTMLTokenizer
    private var output: [UInt8] = []

    init(_ html: String) {
        tokens = HTMLTokenizer(html, hiding: ElementNames.hidden)
    }

    /// Paragraphs, lines and text in UTF-8; white space in text is spaces, `\n` is a break.
    mutating func text() -> [UInt8] {
        while let token = tokens.next() {
            switch token {
            case .text(let text): for byte in text { write(byte) }
            case .start(let tag): separate(at: tag.name)
            case .end(let name): separate(at: name)
            }
        }
        return output
    }

    private mutating func write(_ byte: UInt8) {
        if !byte.isHTMLSpace {
            output.append(byte)
        } else if let last = output.last, last != UInt8(ascii: " "), last != UInt8(ascii: "\n") {
            output.append(UInt8(ascii: " "))
        }
    }

    private mutating func separate(at name: String) {
        switch name {
        case "br": output.append(UInt8(ascii: "\n"))
        case "td", "th": write(UInt8(ascii: " "))
        case _ where ElementNames.paragraphs.contains(name): separate(emptyLines: 1)
        case _ where ElementNames.lines.contains(name): separate(emptyLines: 0)
        default: break
        }
    }

    /// Starts a new line, after `emptyLines` empty ones.
    private mutating func separate(emptyLines: Int) {
        if output.isEmpty { return }
        if output.last == UInt8(ascii: " ") { output.removeLast() }
        let breaks = output.suffix(emptyLines + 1).reversed().prefix { $0 == UInt8(ascii: "\n") }.count
        output.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: emptyLines + 1 - breaks))
    }
}

private enum ElementNames {
    /// Their content is markup, but not shown as text.
    static let hidden: Set = [
        "annotation", "annotation-xml", "audio", "canvas", "datalist", "object", "select", "svg", "template", "video",
    ]
    static let paragraphs: Set = [
        "blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul",
    ]
    static let lines: Set = [
        "address", "article", "aside", "body", "caption", "dd", "details", "div", "dt", "fieldset", "figcaption",
        "footer", "form", "header", "hr", "html", "legend", "li", "main", "nav", "section", "summary", "tr",
    ]
}
