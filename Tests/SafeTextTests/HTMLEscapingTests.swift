import Testing

@testable import SafeText

@Suite struct HTMLEscapingTests {
    @Test func escapesWhatEndsTextAndAttributes() {
        #expect(HTML.escaped("<a href=\"x\" title='y'>&amp;") == "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;")
        #expect(HTML.escaped("Résumé 😂 \u{2028}\n") == "Résumé 😂 \u{2028}\n")
        #expect(HTML.escaped("") == "")
    }

    @Test("A combining mark does not hide what it follows")
    func escapesBytesNotCharacters() {
        #expect(HTML.escaped("<\u{338}>\u{338}\"\u{301}").utf8.elementsEqual("&lt;\u{338}&gt;\u{338}&quot;\u{301}".utf8))
    }

    @Test("No attack keeps a character of markup", arguments: attacks.map(\.html))
    func attack(html: String) {
        let escaped = HTML.escaped(html)
        #expect(escaped.utf8.allSatisfy { !"<>\"'".utf8.contains($0) })
        #expect(plainText(fromHTML: "<pre>" + escaped + "</pre>") == plainTextOf(html))

        let sent = paragraphs(fromPlainText: html)
        let withoutOurs = sent.replacing("<p>", with: "").replacing("</p>", with: "").replacing("<br>", with: "")
        #expect(withoutOurs.utf8.allSatisfy { !"<>\"'".utf8.contains($0) })
    }

    private func plainTextOf(_ text: String) -> String {
        cleanBlock(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test(arguments: [
        ("", ""), ("\n\n", ""), ("one", "<p>one</p>"), ("one\ntwo", "<p>one<br>two</p>"),
        ("one\r\ntwo", "<p>one<br>two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"), ("\n\none\n\n\n\ntwo\nthree\n", "<p>one</p><p>two<br>three</p>"),
        ("1 < 2 & \"3\"", "<p>1 &lt; 2 &amp; &quot;3&quot;</p>"), ("\r\n\r\na\r\n\r\nb", "<p>a</p><p>b</p>"),
    ])
    func paragraphsOfLines(text: String, html: String) {
        #expect(paragraphs(fromPlainText: text) == html)
    }

    @Test("What is sent as HTML comes back as the same text", arguments: [
        "one", "one\ntwo\n\nthree & <four>", "\"é\"\n'😂'", "a < b\n\n&lt;",
    ])
    func roundTrip(text: String) {
        #expect(plainText(fromHTML: paragraphs(fromPlainText: text)) == text)
    }
}
