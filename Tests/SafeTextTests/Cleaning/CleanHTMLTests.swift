import Testing

@testable import SafeText

private let rel = "rel=\"nofollow noopener noreferrer\""

@Suite struct CleanHTMLTests {
    @Test("Structure", arguments: [
        ("", ""), ("text", "text"), ("  a \n b ", "a b"), ("a<br>b", "a<br>b"), ("a<br/><br><br><br>b", "a<br><br>b"),
        ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>"), ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p> a <b> b </b> c</p>", "<p>a <b>b</b> c</p>"),
        ("<p></p><p> </p><p><br></p><p>a<br></p>", "<p>a</p>"), ("a</p>b", "a<p>b</p>"),
        ("<p>a</br>b", "<p>a<br>b</p>"),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"), ("a<div>b</div>c", "a<p>b</p><p>c</p>"),
        ("<section><article><h1>T</h1>x</article></section>", "<p><strong>T</strong></p><p>x</p>"),
        ("<h2><div>T</div><b>u</b></h2>", "<p><strong>T<br><b>u</b></strong></p>"),
        ("<h3><strong>x</strong></h3>", "<p><strong>x</strong></p>"),
        ("<b>a<i>b</b>c</i>d", "<b>a<i>b</i></b><i>c</i>d"), ("<p><b>a<p>b", "<p><b>a</b></p><p>b</p>"),
        ("<b><p>a</p><p>b</p></b>c", "<p><b>a</b></p><p><b>b</b></p><p>c</p>"),
        ("<b>a <b>b</b> c</b> d", "<b>a b c</b> d"),
        ("<b>a </b>b", "<b>a</b> b"), ("a<i> b</i>", "a <i>b</i>"),
        ("<em><u><s><del>x</del></s></u></em>", "<em><u><s><del>x</del></s></u></em>"),
        ("x<sup>2<sup>3<sub>4</sub></sup>5</sup>6", "x<sup>2345</sup>6"),
        ("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        ("<ul>a<p>b</p></ul>", "<ul><li>a<p>b</p></li></ul>"),
        ("<ul><ul><li>a</ul><li>b</ul>", "<ul><li><ul><li>a</li></ul></li><li>b</li></ul>"),
        ("<ul><li>a<ul><li>b</li></ul>c</li></ul>", "<ul><li>a<ul><li>b</li></ul><p>c</p></li></ul>"),
        ("<li>a<li>b", "<p>a</p><p>b</p>"),
        ("<ol start=\"7\" type=a><li value=' 9'>a<li value=-9>b</ol>", "<ol start=\"7\"><li>a</li><li value=\"-9\">b</li></ol>"),
        ("<ol start=99999999999999999999><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<ul start=3><li value=3>a</ul>", "<ul><li>a</li></ul>"),
        ("<blockquote>a<p>b</blockquote>c", "<blockquote>a<p>b</p></blockquote><p>c</p>"),
        ("<p>a<blockquote>b</blockquote></p>", "<p>a</p><blockquote>b</blockquote>"),
        ("<pre>\n  a\n    b  \n\n\n\nc<br>d </pre>", "<pre>  a\n    b\n\nc\nd</pre>"),
        ("<pre><code class=x><div>a</div><div>  b</div></code></pre>", "<pre><code>a\n  b</code></pre>"),
        ("<pre> <code>  a</code></pre>", "<pre><code>   a</code></pre>"),
        ("<pre>a <b> b</b></pre>", "<pre>a  <b>b</b></pre>"),
        ("a <pre>b</pre>", "a<pre>b</pre>"), ("<ul><li><pre>a<li>b</ul>", "<ul><li><pre>a</pre></li><li>b</li></ul>"),
        ("<table><tr><th>a<td>b<tr><td>c</table>", "<p>a b</p><p>c</p>"), ("<dl><dt>a<dd>b</dl>", "<p>a</p><p>b</p>"),
        ("a<hr>b", "a<p>b</p>"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"), ("a<unknown x=y>b</unknown>c", "abc"),
        ("a<wbr>b", "ab"),
        ("<span>a</span> <span class='x h-card'>b</span>", "a <span class=\"h-card\">b</span>"),
        ("<img src=x alt='a &quot;b&quot; <c>'>", "a &quot;b&quot; &lt;c&gt;"), ("<img src=x>", ""),
        ("<label>Name</label><input value=x><button>Go</button>", "NameGo"),
        ("1 < 2 &amp;&amp; \"3\" > '2' &lt;b&gt; &unknown;", "1 &lt; 2 &amp;&amp; &quot;3&quot; &gt; &#39;2&#39; &lt;b&gt; &amp;unknown;"),
        ("a&nbsp;&nbsp;b", "a b"), ("a\0&#0;\u{202E}b&#x200B;&#x2066;c\u{1B}", "a\u{FFFD}bc"),
        ("👩&zwj;🚀 e&#x301;", "👩\u{200D}🚀 e\u{301}"),
    ])
    func structure(html: String, clean: String) throws {
        #expect(cleanHTML(html).utf8.elementsEqual(clean.utf8), "\(cleanHTML(html))")
        #expect(cleanHTML(clean).utf8.elementsEqual(clean.utf8))
        _ = try CleanMarkup(cleanHTML(html))
    }

    @Test("Links keep their address, a few classes and nothing else", arguments: [
        ("<a href='https://e.test/x?a=1&amp;b=2&copy=3' onclick=x target=_blank title=t>x</a>", "<a href=\"https://e.test/x?a=1&amp;b=2&amp;copy=3\" \(rel)>x</a>"),
        ("<a class='mention x u-url invisible' href=HTTP://E.Test rel=me>@x</a>", "<a href=\"http://e.test\" \(rel) class=\"u-url mention\">@x</a>"),
        ("<a href=https://e.test>x<a href=https://f.test>y</a></a>", "<a href=\"https://e.test\" \(rel)>x</a> <a href=\"https://f.test\" \(rel)>y</a>"),
        ("<a href=https://e.test>x<p>y</p></a>", "<a href=\"https://e.test\" \(rel)>x</a><p><a href=\"https://e.test\" \(rel)>y</a></p>"),
        ("<a href=https://e.test></a><a href=https://e.test><img></a>", ""), ("<a name=x>y</a>", "y"),
        ("<a href=\"https://e.test\" href=\"javascript:x\">y</a>", "<a href=\"https://e.test\" \(rel)>y</a>"),
        ("<a href=\" ht&#9;tps://e.test/a b\u{e9}&quot;'<\">y</a>", "<a href=\"https://e.test/a%20b%C3%A9%22&#39;%3C\" \(rel)>y</a>"),
        ("<a href=https://münchen.test:8443/>y</a>", "<a href=\"https://münchen.test:8443/\" \(rel)>y</a>"),
        ("<a href='https://[::1]:80/x'>y</a>", "<a href=\"https://[::1]:80/x\" \(rel)>y</a>"),
    ])
    func links(html: String, clean: String) throws {
        #expect(cleanHTML(html) == clean)
        #expect(cleanHTML(clean) == clean)
        _ = try CleanMarkup(clean)
    }

    @Test("Other addresses lose their link, the text stays", arguments: [
        "javascript:alert(1)", "jav&#x09;ascript:alert(1)", "&#1;javascript:alert(1)", "javascript&colon;alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x", "vbscript:x", "//e.test", "/x", "x", "", "#x", "?x", "mailto:a@b.test", "tel:1",
        "ftp://e.test", "file:///etc/passwd",
        "https:e.test", "https:/e.test", "https:\\\\e.test", "https://", "https:///x", "https://?x", "https://a@e.test",
        "https://b.test\\@e.test",
        "https://b.test%2F@e.test", "https://e.test:0", "https://e.test:99999", "https://e.test:x", "https://e.test:",
        "https://e..test", "https://.e.test",
        "https://e test/", "https://e%2Etest", "https://[::1", "https://[x]", "https://[::1]x", "https://аpple.test",
        "https://ｅ.test", "https://e\u{200B}.test",
        "https://e。test", "https://\u{AD}e.test", "blob:https://e.test", "view-source:https://e.test",
        "feed:https://e.test", "https://e.test" + String(repeating: "/x", count: 1_100),
    ])
    func refusedAddresses(href: String) {
        #expect(cleanHTML("a <a href=\"\(href)\">text</a>") == "a text")
    }

    @Test("A link that names another host is taken apart", arguments: [
        "b.test", "https://b.test/login", "http://b.test", "www.b.test", "B.TEST", "Go to https://b.test now",
        "see (www.b.test)", "b。test", "b\u{2024}test",
        "https:∕∕b.test∕x", "https://e.test@b.test/", "https://b.test@e.test/", "<span class=invisible>x</span>b.test",
        "<b>b</b>.te<i>st</i>", "ftp://b.test", "b.test.", "«b.test»", "b.test:443/e.test",
        "e.test.b.test", "be.test", "192.0.2.1", "b&#46;test", "b.<wbr>test", "b.&shy;test", "b.test/?e.test",
        "sub.e.test",
    ])
    func deceivingLinks(text: String) throws {
        let clean = cleanHTML("<p><a href=\"https://e.test/x\">\(text)</a></p>")
        let markup = try CleanMarkup(clean)
        #expect(markup.links.map(\.text) == ["e.test"])
        #expect(markup.links.map(\.href) == ["https://e.test/x"])
        #expect(markup.text.hasSuffix(" (e.test)"))
        #expect(cleanHTML(clean) == clean)
    }

    @Test("A link that names its host, or none, stays whole", arguments: [
        "e.test", "https://e.test/x", "http://E.test/y", "www.e.test", "e.test/b.test", "click", "here.",
        "@noor@b.test", "!c@b.test", "@noor", "@www.noor", "by @www.noor@b.test", "#tag.x", "Mr. X", "1.5", "3.14159",
        "https://e.test/x?u=https://b.test", "https://www.e.test…", "read b.test now", "a/b", "e.test:443", "…",
        "v1.2.3", "(e.test)",
    ])
    func honestLinks(text: String) throws {
        let clean = cleanHTML("<a href=\"https://e.test/x\">\(text)</a>")
        #expect(try CleanMarkup(clean).links.map(\.text) == [text])
        #expect(cleanHTML(clean) == clean)
    }

    @Test("Two links in a row do not make one word")
    func adjacentLinks() {
        let link = "<a href=\"https://e.test\" \(rel)>"
        #expect(cleanHTML("\(link)b.</a>\(link)test</a>") == "\(link)b.</a> \(link)test</a>")
        #expect(cleanHTML("<b>\(link)b.</b>test</a>") == "<b>\(link)b.</a></b> \(link)test</a>")
    }

    @Test("Whatever the limit, the result fits, is whole and does not change again", arguments: [
        "<p>one <b>two</b> three</p><ul><li>four<li>five 👩\u{200D}🚀👩\u{200D}🚀</ul>", "abcdef", "&&&&&&&&",
        "<blockquote><pre>  a\n\nb  می\u{200C}خواهم</pre>x",
        "<p><a href=https://e.test/>b.test</a> and <a href=https://e.test/><b>b.test</b></a></p>", "<b><i><u>x<p>y<p>z",
    ])
    func limits(html: String) throws {
        let whole = cleanHTML(html)
        for limit in 0...(whole.utf8.count + 2) {
            let clean = cleanHTML(html, limit: limit)
            #expect(clean.utf8.count <= limit)
            #expect(cleanHTML(clean, limit: limit).utf8.elementsEqual(clean.utf8))
            #expect((clean == whole) == (limit >= whole.utf8.count) || html.contains("b.test"))
            _ = try CleanMarkup(clean)
        }
    }

    @Test func cutsWithAnEllipsis() {
        #expect(cleanHTML("<p>one two</p><p>three</p>", limit: 16) == "<p>one two</p>")
        #expect(cleanHTML("<p>one two three</p>", limit: 17) == "<p>one two…</p>")
        #expect(cleanHTML("<p>&lt;&lt;&lt;</p>", limit: 18) == "<p>&lt;&lt;…</p>")
    }

    @Test("Nesting is at most 64 deep", arguments: [
        "<blockquote>", "<ul><li>", "<ul>", "<b><i><p><blockquote>", "<ol><li><h1><a href=https://e.test>",
    ])
    func depth(unit: String) throws {
        let inner = "<p><b><i><u><s><del><em><strong><code><sub><span class=mention><a href=https://e.test>x"
        let clean = cleanHTML(String(repeating: unit, count: 1_000) + inner)
        let markup = try CleanMarkup(clean)
        #expect(markup.text == "x")
        #expect((12...64).contains(markup.deepest))
        #expect(cleanHTML(clean) == clean)
    }
}
