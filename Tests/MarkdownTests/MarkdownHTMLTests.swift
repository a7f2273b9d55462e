import Testing

@testable import Markdown

struct MarkdownHTMLTests {
    @Test(
        "what people type is shown as they mean it",
        arguments: [
            ("**Bold** and *soft*", "<p><strong>Bold</strong> and <em>soft</em></p>"),
            ("one\ntwo", "<p>one<br>two</p>"),
            ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
            ("# Next time", "<p><strong>Next time</strong></p>"),
            ("`let x`", "<p><code>let x</code></p>"),
            ("3 < 4 & 5", "<p>3 &lt; 4 &amp; 5</p>"),
            (
                "[plan](https://ateneo.example/plan)",
                "<p><a href=\"https://ateneo.example/plan\" rel=\"nofollow noopener noreferrer\">plan</a></p>"
            ),
            ("Use <b> for bold", "<p>Use &lt;b&gt; for bold</p>"),
            ("<div>\nhi\n</div>", "<p>&lt;div&gt; hi &lt;/div&gt;</p>"),
            ("", ""),
        ])
    func shown(text: String, html: String) {
        #expect(Markdown.html(fromMarkdown: text).replacing("\n", with: "") == html)
    }

    @Test(
        "no script, no handler and no address but of the web gets through",
        arguments: [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
            "[a](JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert(1))", "[a](java\u{0}script:alert(1))",
            "[a](data:text/html,<script>alert(1)</script>)", "![a](javascript:alert(1))",
            "[a]: javascript:alert(1)\n\n[a]", "<javascript:alert(1)>", "<a href=\"javascript:alert(1)\">a</a>",
            "[a](https://x.example/\"onmouseover=\"alert(1))", "<svg/onload=alert(1)>", "`<script>`</script>",
            "<!--><script>alert(1)</script>-->", "<style>p{}</style>", "<iframe src=\"//evil.example\"></iframe>",
            "[a](vbscript:x)", "[<img src=x onerror=alert(1)>](https://x.example)", "```\"><script>\nx\n```",
            "\u{0}<scr\u{0}ipt>alert(1)</scr\u{0}ipt>", "[a](file:///etc/passwd)", "<https://x.example/<script>>",
        ])
    func unsafe(text: String) {
        for text in [text, "> - " + text, "**" + text + "**", String(repeating: text + "\n", count: 50)] {
            let html = Markdown.html(fromMarkdown: text)
            // Tags are what stands between real angle brackets: text has none.
            for tag in html.matches(of: /<[^>]*>/).map({ html[$0.range].lowercased() }) {
                let isPlain = tag.wholeMatch(of: /<\/?(p|br|ul|li|em|strong|code|pre|blockquote|ol( start="\d+")?)>/) != nil
                let link = /<a href="https?:[^"<>]*" rel="nofollow noopener noreferrer">/
                #expect(isPlain || tag == "</a>" || tag.wholeMatch(of: link) != nil, "\(tag)")
            }
        }
    }

    @Test(
        "a text that nests or repeats as deep as it can costs no more than its length",
        arguments: [
            "[", "[a](", "*a ", "*a_ ", ">", "- ", "`", "<!", "<?", "\\", "&", "![", "_a__b__", "> - ", "<![CDATA[",
            "[]: \n", "1. ", "a\n=\n", "\t", "**x ", "[a](<b", "~~~\n", "<a ", "&#x41;", "\u{1F600}",
        ])
    func bombs(piece: String) {
        let text = String(repeating: piece, count: 20_000 / piece.unicodeScalars.count)
        let clock = ContinuousClock()
        var html = ""
        let time = clock.measure { html = Markdown.html(fromMarkdown: text) }
        #expect(html.utf8.count <= 262_144)
        #expect(time < .seconds(5))
    }

    @Test("one long address that is referred to often does not grow without bound")
    func references() {
        let text = "[a]: /" + String(repeating: "u", count: 10_000) + "\n\n" + String(repeating: "[a]\n", count: 2500)
        #expect(Markdown.html(fromMarkdown: text).utf8.count <= 262_144)
    }

    @Test("what is made of random pieces is the same when it is cleaned once more")
    func pieces() {
        let pieces = [
            "*", "**", "_", "`", "```\n", "[", "](", ")", "https://x.example", "javascript:", "<", ">", "script", "/",
            "\n", "\n\n", "- ", "1. ", "> ", "#", " ", "    ", "\\", "&lt;", "&#60;", "!", "a", "\"", "'", "=", "on",
        ]
        var generator = Numbers(state: 4711)
        for _ in 0..<2000 {
            let text = (0..<Int(generator.next() % 40)).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }
                .joined()
            let html = Markdown.html(fromMarkdown: text)
            #expect(!html.lowercased().contains("<script"), "\(text)")
            #expect(html.matches(of: /href="(?!https?:)/).isEmpty, "\(text)")
        }
    }

    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }
}
