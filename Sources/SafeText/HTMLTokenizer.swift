/// A start tag, with what was asked for of its attributes.
struct HTMLTag {
    /// In lower case, cut where no name that matters is longer.
    let name: String
    /// By lower-case name, with character references decoded. The first of a name counts.
    fileprivate(set) var attributes: [String: String] = [:]
    fileprivate(set) var isSelfClosing = false
}

enum HTMLToken {
    /// UTF-8 with character references decoded, never empty.
    case text([UInt8])
    case start(HTMLTag)
    /// The lower-case name of an end tag.
    case end(String)
}

/// Reads HTML as a sequence of tokens. Follows HTML section 13.2.5 as far as telling text from markup needs it.
///
/// It moves forward only: what it has gone over it does not read again, and it looks ahead no further than a name is
/// long. Comments, and elements whose content is never shown, are left out.
struct HTMLTokenizer {
    private let html: [UInt8]
    private let kept: Set<String>
    private let hidden: Set<String>
    private var position = 0
    /// The hidden element in which the tokenizer is, and how many of its name are open.
    private var hiding: (name: String, depth: Int)?

    private static let mostBytes = 1 << 20
    private static let mostNameBytes = 16
    private static let mostValueBytes = 8_192

    /// Reads at most the first mebibyte of `html`.
    /// - Parameters:
    ///   - kept: the names of attributes that matter; of each at most 8 KiB, a longer one counts as empty.
    ///   - hidden: elements to leave out with their content, beside scripts and others whose content is no markup.
    init(_ html: String, keeping kept: Set<String> = [], hiding hidden: Set<String>) {
        let end = html.utf8.index(html.startIndex, offsetBy: Self.mostBytes, limitedBy: html.endIndex) ?? html.endIndex
        self.html = Array(html[..<end].utf8)
        self.kept = kept
        self.hidden = hidden
    }

    mutating func next() -> HTMLToken? {
        while position < html.count {
            if let token = html[position] == UInt8(ascii: "<") ? takeMarkup() : takeText() { return token }
        }
        return nil
    }

    // MARK: Text

    /// From the byte at `position`, whatever it is, up to the next `<`.
    private mutating func takeText() -> HTMLToken? {
        let start = position
        position = html[(start + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? html.count
        return hiding == nil ? .text(decoded(start..<position, in: .text)) : nil
    }

    private func decoded(_ range: Range<Int>, in place: CharacterReference.Place) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var position = range.lowerBound
        while let ampersand = html[position..<range.upperBound].firstIndex(of: UInt8(ascii: "&")) {
            text += html[position..<ampersand]
            let reference = CharacterReference.decode(html, at: ampersand, in: place)
            if let (scalar, next) = reference, next <= range.upperBound {
                text.append(contentsOf: scalar.utf8)
                position = next
            } else {
                text.append(html[ampersand])
                position = ampersand + 1
            }
        }
        return text + html[position..<range.upperBound]
    }

    // MARK: Markup

    /// Nil for what gives no token.
    private mutating func takeMarkup() -> HTMLToken? {
        let next = position + 1 < html.count ? html[position + 1] : 0
        switch next {
        case UInt8(ascii: "!"), UInt8(ascii: "?"):
            takeComment()
            return nil
        case UInt8(ascii: "/") where position + 2 < html.count:
            guard html[position + 2].isASCIILetter else {
                takeThrough(">")
                return nil
            }
            position += 2
            return takeTag().flatMap { end($0.name) }
        case _ where next.isASCIILetter:
            position += 1
            return takeTag().flatMap { start($0) }
        default:
            return takeText()
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

    // MARK: Tags

    /// From the first letter of a name through `>`; nil when the input ends before.
    private mutating func takeTag() -> HTMLTag? {
        let start = position
        position = html[start...].firstIndex { $0.endsTagName } ?? html.count
        var tag = HTMLTag(name: name(in: start..<position))
        while position < html.count {
            switch html[position] {
            case UInt8(ascii: ">"):
                position += 1
                return tag
            case UInt8(ascii: "/"):
                position += 1
                tag.isSelfClosing = position < html.count && html[position] == UInt8(ascii: ">")
            case let byte where byte.isHTMLSpace:
                position += 1
            default:
                takeAttribute(of: &tag)
            }
        }
        return nil
    }

    private mutating func takeAttribute(of tag: inout HTMLTag) {
        let start = position
        // A `=` at the start is part of the name.
        position = html[(start + 1)...].firstIndex { $0.endsTagName || $0 == UInt8(ascii: "=") } ?? html.count
        let name = name(in: start..<position)
        skipSpaces()
        var value = position..<position
        if position < html.count, html[position] == UInt8(ascii: "=") {
            position += 1
            value = takeAttributeValue()
        }
        guard kept.contains(name), tag.attributes[name] == nil else { return }
        let isReadable = value.count <= Self.mostValueBytes
        tag.attributes[name] = isReadable ? String(decoding: decoded(value, in: .attribute), as: UTF8.self) : ""
    }

    /// After `=`; quotation marks count only here, and a `>` between them ends nothing.
    private mutating func takeAttributeValue() -> Range<Int> {
        skipSpaces()
        guard position < html.count else { return position..<position }
        let quote = html[position]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let start = position + 1
            let end = html[start...].firstIndex(of: quote) ?? html.count
            position = min(end + 1, html.count)
            return start..<end
        }
        let start = position
        position = html[start...].firstIndex { $0.isHTMLSpace || $0 == UInt8(ascii: ">") } ?? html.count
        return start..<position
    }

    private mutating func skipSpaces() {
        position = html[position...].firstIndex { !$0.isHTMLSpace } ?? html.count
    }

    private func name(in range: Range<Int>) -> String {
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let bytes = html[range].prefix(Self.mostNameBytes).map { capitals.contains($0) ? $0 | 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Elements

    private mutating func start(_ tag: HTMLTag) -> HTMLToken? {
        switch tag.name {
        case "plaintext":
            position = html.count
        case let name where Self.rawText.contains(name):
            takeRawText(upToEndOf: name)
        case let name where tag.isSelfClosing && Self.foreign.contains(name):
            break
        case let name where hiding?.name == name:
            hiding?.depth += 1
        case let name where hiding == nil && hidden.contains(name):
            hiding = (name, 1)
        default:
            return hiding == nil ? .start(tag) : nil
        }
        return nil
    }

    private mutating func end(_ name: String) -> HTMLToken? {
        guard let hiding else { return .end(name) }
        if hiding.name == name { self.hiding = hiding.depth > 1 ? (name, hiding.depth - 1) : nil }
        return nil
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
        guard candidate.count == name.count + 2, candidate.first == UInt8(ascii: "/"),
            candidate.last?.endsTagName == true
        else { return false }
        return candidate.dropFirst().dropLast().elementsEqual(name) { $0 | 0x20 == $1 }
    }

    /// Their content is neither markup nor shown, up to their end tag.
    private static let rawText: Set = [
        "iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp",
    ]
    /// Those that `/>` closes, as they are not of HTML itself.
    private static let foreign: Set = ["annotation", "annotation-xml", "math", "svg"]
}

extension UInt8 {
    var isHTMLSpace: Bool {
        self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C
    }

    fileprivate var endsTagName: Bool {
        isHTMLSpace || self == UInt8(ascii: "/") || self == UInt8(ascii: ">")
    }
}
