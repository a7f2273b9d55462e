import SeededRandom
import Testing

@testable import SafeText

@Suite struct AttackTests {
    @Test func corpusIsLarge() {
        #expect(Set(XSSCorpus.all).count >= 200)
    }

    @Test("Nothing of an attack is left as markup", arguments: XSSCorpus.all)
    func attack(html: String) throws {
        let frames = [
            ("", ""), ("<p>a <b>", ""), ("<ul><li><a href=\"https://e.test\">", "</a>"), ("<pre>", "</pre>"),
            ("<a href='", ""), ("<p class=\"", "\">b</p>"), (html, ""),
        ]
        for (before, after) in frames {
            let framed = before + html + after
            let clean = cleanHTML(framed)
            let markup = try CleanMarkup(clean)
            #expect(markup.links.allSatisfy { $0.href.hasPrefix("http") })
            if framed == html { #expect(!markup.text.contains("hidden")) }
            #expect(cleanHTML(clean).utf8.elementsEqual(clean.utf8))
        }
    }

    @Test("As text it comes out as it went in", arguments: XSSCorpus.all)
    func attackAsText(text: String) throws {
        let clean = cleanHTML("<pre>\(HTML.escaped(text))</pre>")
        let seen = try CleanMarkup(clean).text
        #expect(seen.split(whereSeparator: \.isWhitespace) == cleanBlock(text).split(whereSeparator: \.isWhitespace))
    }

    @Test("Any mixture of markup gives the same result twice", arguments: UInt64(0)..<40)
    func mixtures(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "<", ">", "/", "!--", "-->", "\"", "'", "=", " ", "\n", "&", "&#", "60", ";", "a", "b.test", "e.test", "x",
            "@", "[", "]", "(", ")", ".", "<p>", "</p>", "<br>", "<b>", "</b>", "<i>", "</i>",
            "<a href=https://e.test>", "<a href='https://[::ffff:1.2.3.4]/'>", "<a href=javascript:x>",
            "<a class=mention href=\"http://b.test:80\">", "</a>", "<a ", "href=", "<ul>", "</ul>", "<ol start=3>",
            "</ol>", "<li>", "<li value=2>", "</li>", "<blockquote>",
            "</blockquote>", "<pre>", "</pre>", "<code>", "</code>", "<h1>", "</h1>", "<div>", "</div>",
            "<span class=h-card>", "<span>", "</span>", "<sub>", "</sub>", "<sup>", "<td>", "<svg>", "</svg>",
            "<script>", "</script>", "<img alt='c d'>", "https://b.test/",
            "&lt;", "&nbsp;", "&#x202E;", "\u{202E}", "\u{200D}", "\u{301}", "é", "👩", "👩\u{200D}🚀", "क्", "\0", "\r",
            "\u{2028}",
        ]
        for _ in 0..<150 {
            let count = Int.random(in: 1...60, using: &generator)
            let html = (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
            let limit = Bool.random(using: &generator) ? 102_400 : Int.random(in: 0...300, using: &generator)
            let clean = cleanHTML(html, limit: limit)
            do { _ = try CleanMarkup(clean) } catch { Issue.record("\(error) from \(html.debugDescription)") }
            #expect(clean.utf8.count <= limit)
            let again = cleanHTML(clean, limit: limit)
            #expect(again.utf8.elementsEqual(clean.utf8), "\(html.debugDescription) at \(limit)")
        }
    }

    @Test("Bytes of any kind", arguments: UInt64(0)..<10)
    func noise(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let bytes = (0..<80).map { _ in
                UInt8.random(in: Bool.random(using: &generator) ? 0x20...0x40 : 0...255, using: &generator)
            }
            let clean = cleanHTML(String(decoding: bytes, as: UTF8.self))
            _ = try CleanMarkup(clean)
            #expect(cleanHTML(clean).utf8.elementsEqual(clean.utf8))
        }
    }
}
