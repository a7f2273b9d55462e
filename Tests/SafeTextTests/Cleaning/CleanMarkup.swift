/// Reads the result of cleaning by a narrow grammar, which shares nothing with the tokenizer, and says what breaks it.
struct CleanMarkup {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var text = ""
    /// What each link says and where it leads.
    private(set) var links: [(text: String, href: String)] = []
    private(set) var deepest = 0

    private var rest: Substring
    private var open: [String] = []

    private static let inlines: Set = [
        "a", "span", "b", "code", "del", "em", "i", "s", "strong", "sub", "sup", "u",
    ]
    private static let references = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]

    init(_ html: String) throws(Broken) {
        rest = Substring(html)
        while let next = rest.unicodeScalars.first {
            switch next {
            case "<": try takeTag()
            case "&": say(try takeReference())
            case ">", "\"", "'": throw fail("bare \(next)")
            default:
                let hidden: [Unicode.Scalar] = ["\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{7F}"]
                if hidden.contains(next) || next.value < 0x20 && next != "\n" { throw fail("control \(next.value)") }
                rest.unicodeScalars.removeFirst()
                say(String(next))
            }
        }
        if !open.isEmpty { throw fail("left open: \(open)") }
    }

    private mutating func say(_ piece: String) {
        text += piece
        if open.contains("a") { links[links.count - 1].text += piece }
    }

    private func fail(_ reason: String) -> Broken {
        Broken(description: "\(reason) before: \(rest.prefix(60))")
    }

    private mutating func take(_ literal: String) -> Bool {
        guard rest.utf8.starts(with: literal.utf8) else { return false }
        rest = rest[rest.utf8.index(rest.startIndex, offsetBy: literal.utf8.count)...]
        return true
    }

    private mutating func takeReference() throws(Broken) -> String {
        for (reference, meaning) in Self.references where take(reference) { return meaning }
        throw fail("bare &")
    }

    private mutating func takeTag() throws(Broken) {
        _ = take("<")
        let isEnd = take("/")
        let name = String(rest.prefix { "abcdefghijklmnopqrstuvwxyz".contains($0) })
        _ = take(name)
        if isEnd {
            guard take(">"), open.popLast() == name else { throw fail("unbalanced </\(name)>") }
            return
        }
        var attributes: [String: String] = [:]
        while take(" ") {
            let key = String(rest.prefix { "abcdefghijklmnopqrstuvwxyz".contains($0) })
            guard take(key), take("=\"") else { throw fail("attribute") }
            var value = ""
            while !take("\"") {
                guard let next = rest.unicodeScalars.first, !"<>'".unicodeScalars.contains(next) else {
                    throw fail("value")
                }
                if next == "&" {
                    value += try takeReference()
                } else {
                    rest.unicodeScalars.removeFirst()
                    value.unicodeScalars.append(next)
                }
            }
            if attributes.updateValue(value, forKey: key) != nil { throw fail("attribute twice") }
        }
        guard take(">") else { throw fail("tag \(name)") }
        try check(name, attributes)
        if name == "br" {
            say("\n")
            return
        }
        try checkPlace(of: name)
        open.append(name)
        deepest = max(deepest, open.count)
        if name == "a" { links.append(("", attributes["href"] ?? "")) }
        if take("</\(name)>") { throw fail("empty \(name)") }
    }

    private func check(_ name: String, _ attributes: [String: String]) throws(Broken) {
        var attributes = attributes
        let classes = (attributes.removeValue(forKey: "class") ?? "").split(separator: " ")
        switch name {
        case "a":
            guard let href = attributes.removeValue(forKey: "href"), isHarmless(href),
                attributes.removeValue(forKey: "rel") == "nofollow noopener noreferrer",
                classes.allSatisfy({ ["mention", "hashtag", "u-url", "h-card"].contains($0) })
            else { throw fail("link") }
        case "span":
            guard !classes.isEmpty, classes.allSatisfy({ ["mention", "h-card"].contains($0) }) else {
                throw fail("span")
            }
        case "ol", "li":
            let number = attributes.removeValue(forKey: name == "ol" ? "start" : "value")
            guard number == nil || number.flatMap({ Int($0) }) != nil else { throw fail("number") }
        case "p", "br", "pre", "blockquote", "ul": break
        case _ where Self.inlines.contains(name): break
        default: throw fail("element \(name)")
        }
        let mayHaveClass = name == "a" || name == "span"
        if !attributes.isEmpty || !mayHaveClass && !classes.isEmpty { throw fail("attributes of \(name)") }
    }

    private func isHarmless(_ href: String) -> Bool {
        guard href.hasPrefix("https://") || href.hasPrefix("http://"), href.utf8.count <= 2_048 else { return false }
        let authority = href.drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }
        return !authority.isEmpty && !authority.contains("@")
            && href.unicodeScalars.allSatisfy { $0.value > 0x20 && !"\\<>\"`{}|^".unicodeScalars.contains($0) }
    }

    private func checkPlace(of name: String) throws(Broken) {
        let isInLines = open.contains { Self.inlines.contains($0) || $0 == "p" || $0 == "pre" }
        let isRight =
            switch name {
            case "a": !open.contains("a")
            case "li": open.last == "ul" || open.last == "ol"
            case _ where Self.inlines.contains(name): open.last != "ul" && open.last != "ol"
            default: !isInLines && open.last != "ul" && open.last != "ol"
            }
        if !isRight { throw fail("\(name) in \(open)") }
    }
}
