/// Decides which elements are open around each piece of text, whatever the input's tags do; ``HTMLCleanerOutput``
/// writes the tags that follow from it.
///
/// There are two stacks: blocks, nested as HTML allows, the last of them perhaps a leaf that holds only lines; and
/// elements in lines, which are always inside of the last block. When a block ends, what was opened in it ends too.
struct HTMLCleaner {
    private var tokens: HTMLTokenizer
    private var output: HTMLCleanerOutput
    private var blocks: [OpenElement] = []
    private var inlines: [OpenElement] = []
    private var lastID = 0
    /// A block began or ended: text that comes now is a paragraph of its own.
    private var startsParagraph = false

    /// With one leaf, one item that nobody opened and one of each element in lines: less than 64.
    private static let mostContainers = 46
    /// Also counts those that are not written.
    private static let mostInlines = 64

    init(_ html: String, limit: Int) {
        tokens = HTMLTokenizer(html, keeping: CleanElements.attributes, hiding: CleanElements.hidden)
        output = HTMLCleanerOutput(limit: limit)
    }

    mutating func clean() -> String {
        while !output.isFull, let token = tokens.next() {
            switch token {
            case .text(let text): write(String(decoding: text, as: UTF8.self))
            case .start(let tag): open(tag)
            case .end(let name): close(name)
            }
        }
        return output.finished()
    }

    // MARK: Text

    private mutating func write(_ text: String) {
        let scalars = text.visibleScalars
        let isPreformatted = blocks.last?.role == .preformatted
        let chunk = scalars.laidOut(isPreformatted ? .lines : .oneLine)
        for scalar in scalars.prefix(while: \.isUniformSpace) { output.gap.add(scalar, isPreformatted: isPreformatted) }
        if chunk.isEmpty { return }
        if blocks.last?.role == .list { push("li", .item) }
        if startsParagraph, blocks.last?.role.isLeaf != true { push("p", .paragraph) }
        startsParagraph = false
        output.write(chunk, inside: blocks + inlines.filter { !$0.start.isEmpty }, isPreformatted: isPreformatted)
        for scalar in scalars.reversed().prefix(while: \.isUniformSpace).reversed() {
            output.gap.add(scalar, isPreformatted: isPreformatted)
        }
    }

    // MARK: Tags

    private mutating func open(_ tag: HTMLTag) {
        switch tag.name {
        case "br": output.gap.addBreak()
        case "td", "th": output.gap.add(" ", isPreformatted: blocks.last?.role == .preformatted)
        case "img": write(tag.attributes["alt"] ?? "")
        case "p":
            separate()
            if blocks.last?.role.isLeaf != true { pushFlow("p", .paragraph) }
        case "pre":
            closeLeaf()
            pushFlow("pre", .preformatted)
        case "h1", "h2", "h3", "h4", "h5", "h6":
            closeLeaf()
            pushFlow("p", .heading)
            pushInline("strong", start: "<strong>")
        case "blockquote": pushContainer("blockquote", .quote)
        case "ul": pushContainer("ul", .list)
        case "ol": pushContainer("ol", .list, attributes: number(tag.attributes["start"], as: "start"))
        case "li": openItem(tag)
        case "a": openLink(tag)
        case "span":
            let classes = classAttribute(tag, CleanElements.spanClasses)
            pushInline("span", start: classes.isEmpty ? "" : "<span\(classes)>")
        case let name where CleanElements.inlines.contains(name): pushInline(name, start: "<\(name)>")
        case let name where CleanElements.breaks.contains(name): separate()
        default: break
        }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "br": output.gap.addBreak()
        case "h1", "h2", "h3", "h4", "h5", "h6":
            if blocks.last?.role == .heading { closeLeaf() } else { separate() }
        case "pre":
            if blocks.last?.role == .preformatted { closeLeaf() }
        case "blockquote", "ul", "ol":
            if let index = blocks.lastIndex(where: { $0.name == name }) { closeBlocks(from: index) } else { separate() }
        case "li":
            if let index = openItemIndex { closeBlocks(from: index) } else { separate() }
        case let name where CleanElements.breaks.contains(name) || name == "p": separate()
        default:
            if let index = inlines.lastIndex(where: { $0.name == name }) { inlines.remove(at: index) }
        }
    }

    private mutating func openItem(_ tag: HTMLTag) {
        if let index = openItemIndex { closeBlocks(from: index) } else { closeLeaf() }
        guard let list = blocks.last, list.role == .list else { return separate() }
        push("li", .item, attributes: list.name == "ol" ? number(tag.attributes["value"], as: "value") : "")
    }

    /// Of the innermost list, if one of its items is open.
    private var openItemIndex: Int? {
        guard let index = blocks.lastIndex(where: { $0.role != .quote && !$0.role.isLeaf }) else { return nil }
        return blocks[index].role == .item ? index : nil
    }

    /// A link in a link ends the first (HTML section 13.2.6.4.7). One without a usable address is not written.
    private mutating func openLink(_ tag: HTMLTag) {
        inlines.removeAll { $0.name == "a" }
        let address = LinkAddress(tag.attributes["href"] ?? "")
        let start = address.map { "<a \($0.attributes)\(classAttribute(tag, CleanElements.linkClasses))>" }
        pushInline("a", start: start ?? "", link: address)
    }

    // MARK: Stacks

    /// The end of a paragraph, or of a line where there are only lines.
    private mutating func separate() {
        switch blocks.last?.role {
        case .heading, .preformatted: output.gap.endLine()
        default:
            closeLeaf()
            output.gap.clear()
            startsParagraph = true
        }
    }

    private mutating func closeLeaf() {
        if blocks.last?.role.isLeaf == true { closeBlocks(from: blocks.count - 1) }
    }

    private mutating func closeBlocks(from index: Int) {
        blocks.removeSubrange(index...)
        inlines.removeAll { $0.depth > index }
        output.gap.clear()
        startsParagraph = true
    }

    private mutating func pushContainer(_ name: String, _ role: OpenElement.Role, attributes: String = "") {
        closeLeaf()
        if blocks.last?.role == .list { push("li", .item) }
        guard blocks.count < Self.mostContainers else { return separate() }
        push(name, role, attributes: attributes)
    }

    /// A list holds only items: what else stands in it gets one.
    private mutating func pushFlow(_ name: String, _ role: OpenElement.Role, attributes: String = "") {
        if blocks.last?.role == .list { push("li", .item) }
        push(name, role, attributes: attributes)
    }

    private mutating func push(_ name: String, _ role: OpenElement.Role, attributes: String = "") {
        lastID += 1
        let start = "<\(name)\(attributes)>"
        blocks.append(
            OpenElement(id: lastID, name: name, role: role, start: start, end: "</\(name)>", depth: blocks.count))
        output.gap.clear()
        startsParagraph = false
    }

    /// Keeps also what is not written, so that its end tag is known for what it is.
    private mutating func pushInline(_ name: String, start: String, link: LinkAddress? = nil) {
        guard inlines.count < Self.mostInlines else { return }
        let group = CleanElements.group(of: name)
        let isRepeated = inlines.contains { CleanElements.group(of: $0.name) == group && !$0.start.isEmpty }
        lastID += 1
        inlines.append(
            OpenElement(
                id: lastID, name: name, role: .inline, start: isRepeated ? "" : start, end: "</\(name)>",
                depth: blocks.count, link: link))
    }

    // MARK: Attributes

    private func number(_ value: String?, as name: String) -> String {
        value.flatMap { Int32($0) }.map { " \(name)=\"\($0)\"" } ?? ""
    }

    private func classAttribute(_ tag: HTMLTag, _ allowed: [String]) -> String {
        let given = tag.attributes["class", default: ""].utf8.split(whereSeparator: \.isHTMLSpace).prefix(64)
        let classes = allowed.filter { name in given.contains { $0.elementsEqual(name.utf8) } }
        return classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    }
}

private enum CleanElements {
    static let attributes: Set = ["alt", "class", "href", "start", "value"]
    static let linkClasses = ["u-url", "mention", "hashtag", "h-card"]
    static let spanClasses = ["h-card", "mention"]
    static let inlines: Set = ["b", "code", "del", "em", "i", "s", "strong", "sub", "sup", "u"]

    /// Their content goes with them, beside that of scripts and the like.
    static let hidden: Set = [
        "annotation", "annotation-xml", "applet", "audio", "canvas", "datalist", "frameset", "math", "object", "select",
        "svg", "template", "video",
    ]
    /// Blocks that leave only the end of a paragraph.
    static let breaks: Set = [
        "address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main",
        "menu", "nav", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
    ]

    /// What is not written inside its own kind. Raised or lowered again and again, text would shrink out of sight.
    static func group(of name: String) -> String {
        name == "sub" ? "sup" : name
    }
}
