import SeededRandom
import Testing

@testable import SafeText

@Suite struct WrittenTextTests {
    private func html(_ text: String) -> String {
        WrittenText(text).html(
            mentionAddress: { mention in
                if mention.name == "nobody" { return nil }
                return "https://\(mention.domain ?? "ateneo.example")/@\(mention.name)"
            },
            hashtagAddress: { $0.name == "nothing" ? nil : "https://ateneo.example/tags/\($0.name)" })
    }

    @Test("Mentions", arguments: [
        ("@noor", ["@noor"]), ("Hi @Noor, and (@mika)!", ["@Noor", "@mika"]),
        ("@noor@barrio.example.", ["@noor@barrio.example"]),
        ("@noor@Barrio.Example:8443: hi", ["@noor@Barrio.Example:8443"]),
        ("@noor@barrio.example: hi", ["@noor@barrio.example"]),
        ("@noor@localhost:8420", ["@noor@localhost:8420"]), ("@a.b-c_d", ["@a.b-c_d"]), ("@noor.", ["@noor"]),
        ("@noor-", ["@noor"]), (".@noor", ["@noor"]),
        ("@noor's", ["@noor"]), ("@noor @noor @NOOR", ["@noor"]),
        ("@noor @noor@barrio.example", ["@noor", "@noor@barrio.example"]), ("「@noor」", ["@noor"]),
        ("a@b.example", []), ("é@noor", []), ("@", []), ("@ noor", []), ("@@noor", []), ("@noor@", []),
        ("@noor@@b.example", []), ("@noorä", []), ("@noor@b.exämple", []), ("@noor@b..example", []),
        ("@noor@.example", []),
        ("@-noor", []), ("@.noor", []), ("/@noor", []), ("https://b.example/@noor", []),
        ("@noor@b.example@c.example", []), ("@noor@b.example:99999", ["@noor@b.example"]),
        ("@noor@b.example:0", ["@noor@b.example"]),
        ("@" + String(repeating: "a", count: 64), ["@" + String(repeating: "a", count: 64)]),
        ("@" + String(repeating: "a", count: 65), []), ("@a@" + String(repeating: "b", count: 256), []),
    ])
    func mentions(text: String, written: [String]) {
        #expect(WrittenText(text).mentions.map(\.written) == written)
    }

    @Test func mentionsAreNamedInLowerCase() {
        let mention = WrittenText("@Noor.A@Barrio.Example:8443").mentions.first
        #expect(mention?.name == "noor.a")
        #expect(mention?.domain == "barrio.example:8443")
        #expect(mention?.handle == "noor.a@barrio.example:8443")
        #expect(mention?.written == "@Noor.A@Barrio.Example:8443")
        #expect(WrittenText("@Noor").mentions.first?.handle == "noor")
        #expect(WrittenText("@Noor").mentions.first?.domain == nil)
    }

    @Test("Hashtags", arguments: [
        ("#art", ["art"]), ("#Art #ART #art", ["art"]), ("(#art), #art_2!", ["art", "art_2"]),
        ("#2026x #x2026", ["2026x", "x2026"]), ("#Mädchen #絵 #мир", ["mädchen", "絵", "мир"]),
        ("#हिन्दी", ["हिन्दी"]), ("#می\u{200C}خواهم", ["می\u{200C}خواهم"]), ("#art-deco", ["art"]), ("#art.", ["art"]),
        ("#a#b", ["a"]), ("「#絵」", ["絵"]),
        ("#2026", []), ("#_", []), ("#", []), ("##art", []), ("c#art", []), ("é#art", []), ("&#39;", []), ("/#art", []),
        ("https://e.example/#art", []), ("# art", []), ("#️⃣", []), ("#👩", []),
        ("#" + String(repeating: "a", count: 100), [String(repeating: "a", count: 100)]),
        ("#" + String(repeating: "a", count: 101), []),
    ])
    func hashtags(text: String, names: [String]) {
        #expect(WrittenText(text).hashtags.map(\.name) == names)
    }

    @Test("Links", arguments: [
        ("https://e.example", ["https://e.example"]),
        ("See http://e.example/a?b=c&d#e.", ["http://e.example/a?b=c&d#e"]),
        ("HTTPS://E.example/X", ["HTTPS://E.example/X"]), ("(https://e.example/a)", ["https://e.example/a"]),
        ("(see https://e.example/a_(b))", ["https://e.example/a_(b)"]),
        ("https://e.example/a_(b)_c), [https://e.example/[x]]", ["https://e.example/a_(b)_c", "https://e.example/[x]"]),
        ("https://e.example/a))))", ["https://e.example/a"]), ("https://e.example/a.,;:!?'", ["https://e.example/a"]),
        ("“https://e.example”", ["https://e.example"]), ("<https://e.example>", ["https://e.example"]),
        ("https://e.example、次", ["https://e.example"]),
        ("https://de.example/wiki/Köln!", ["https://de.example/wiki/Köln"]),
        ("https://münchen.example/", ["https://münchen.example/"]),
        ("https://e.example:8443/x:", ["https://e.example:8443/x"]), ("https://e.example/x…", ["https://e.example/x"]),
        ("https://[::1]:8420/", ["https://[::1]:8420/"]),
        ("http://localhost:8420/x.html", ["http://localhost:8420/x.html"]),
        ("https://e.example/@noor#art", ["https://e.example/@noor#art"]),
        ("https://", []), ("https:// x", []), ("http://.", []), ("xhttps://e.example", []), ("ftp://e.example", []),
        ("javascript:alert(1)", []), ("e.example", []), ("https://a@e.example", []), ("https://e.example:99999/", []),
        ("https://аpple.example", []), ("https://" + String(repeating: "a", count: 3_000), []),
    ])
    func links(text: String, links: [String]) {
        let segments = WrittenText(text).paragraphs.joined().joined()
        let found = segments.compactMap { segment in
            if case .link(let address) = segment { address } else { nil }
        }
        #expect(found == links)
    }

    @Test("HTML as other servers write it", arguments: [
        ("", ""), ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("<b> & \"x\"", "<p>&lt;b&gt; &amp; &quot;x&quot;</p>"),
        ("@Noor hi", "<p><span class=\"h-card\"><a href=\"https://ateneo.example/@noor\" class=\"u-url mention\">@<span>noor</span></a></span> hi</p>"),
        ("@noor@b.example", "<p><span class=\"h-card\"><a href=\"https://b.example/@noor\" class=\"u-url mention\">@<span>noor</span></a></span></p>"),
        ("#Art!", "<p><a href=\"https://ateneo.example/tags/art\" class=\"mention hashtag\" rel=\"tag\">#<span>Art</span></a>!</p>"),
        ("https://e.example/?a&b", "<p><a href=\"https://e.example/?a&amp;b\" rel=\"nofollow noopener noreferrer\">https://e.example/?a&amp;b</a></p>"),
        ("@nobody@b.example #nothing", "<p>@nobody@b.example #nothing</p>"),
    ])
    func rendering(text: String, html: String) {
        #expect(self.html(text) == html)
    }

    @Test func unsafeAddressesGiveText() {
        let html = WrittenText("@noor #art").html(
            mentionAddress: { _ in "javascript:alert(1)" }, hashtagAddress: { _ in "\"><script>" })
        #expect(html == "<p>@noor #art</p>")
    }

    @Test func countsAreBounded() {
        let text = WrittenText((0..<60).map { "@a\($0) #b\($0)" }.joined(separator: " ") + " @a1 @a59 #b1 #b59")
        #expect(text.mentions.map(\.name) == (0..<20).map { "a\($0)" })
        #expect(text.hashtags.map(\.name) == (0..<50).map { "b\($0)" })
        #expect(text.paragraphs.joined().joined().count { if case .mention = $0 { true } else { false } } == 21)
        #expect(text.paragraphs.joined().joined().count { if case .hashtag = $0 { true } else { false } } == 51)
    }

    @Test("Segments make up the text", arguments: UInt64(0)..<20)
    func mixtures(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "@", "#", "noor", "www", "a", "1", "_", ".", "-", ":", "80", "/", "//", "https:", "http://", "e.example", "(", ")",
            "[", "]", " ", "\n", "\n\n", "é", "絵", "👩", "\u{200C}", "\u{301}", "<", "&", "\"", "'", "\u{202E}", "?", "…",
        ]
        for _ in 0..<200 {
            let text = (0..<30).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
            try WritingPromises.check(text)
        }
    }
}
