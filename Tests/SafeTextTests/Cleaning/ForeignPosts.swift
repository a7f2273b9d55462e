/// HTML as servers send it, with what a reader sees of it, and its links.
struct ForeignPost: CustomStringConvertible, Sendable {
    let description: String
    let html: String
    let text: String
    let links: [String]

    static let all = [
        ForeignPost(
            description: "Mastodon",
            html: """
                <p><span class="h-card" translate="no"><a href="https://ateneo.example/@mika" class="u-url mention" rel="nofollow noopener">@<span>mika</span></a></span> Here is my portfolio:<br /><a href="https://portfolio.example/works/2026/spring-collection" target="_blank" rel="nofollow noopener noreferrer" translate="no"><span class="invisible">https://</span><span class="ellipsis">portfolio.example/works/2026/s</span><span class="invisible">pring-collection</span></a></p><p>Thanks &amp; see you! <a href="https://barrio.example/tags/mentoring" class="mention hashtag" rel="tag">#<span>mentoring</span></a> :blobcat:</p>
                """,
            text: "@mika Here is my portfolio:\nhttps://portfolio.example/works/2026/spring-collection\n\nThanks & see you! #mentoring :blobcat:",
            links: ["https://ateneo.example/@mika", "https://portfolio.example/works/2026/spring-collection", "https://barrio.example/tags/mentoring"]),
        ForeignPost(
            description: "Mastodon, quote and list",
            html: """
                <p class="quote-inline">RE: <a href="https://barrio.example/@noor/1">https://barrio.example/@noor/1</a></p><blockquote><p>Quoted</p></blockquote><ol start="3" reversed><li value="4"><p>four</p></li></ol><pre><code>let a = 1
                  if a &lt; 2 { }</code></pre>
                """,
            text: "RE: https://barrio.example/@noor/1\n\nQuoted\n\nfour\n\nlet a = 1 if a < 2 { }", links: ["https://barrio.example/@noor/1"]),
        ForeignPost(
            description: "Misskey",
            html: """
                <p><a href="https://ateneo.example/@mika" class="u-url mention">@mika@ateneo.example</a> <b>bold</b> <i>tilt</i> <small>small</small><br><span>first line</span><br><span>second</span> <ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby> <a href="https://misskey.example/tags/絵" rel="tag">#絵</a><span><br><br>RE: </span><a href="https://misskey.example/notes/9abc"><span>https://misskey.example/notes/9abc</span></a></p>
                """,
            text: "@mika@ateneo.example bold tilt small\nfirst line\nsecond 漢字(かんじ) #絵\n\nRE: https://misskey.example/notes/9abc",
            links: ["https://ateneo.example/@mika", "https://misskey.example/tags/%E7%B5%B5", "https://misskey.example/notes/9abc"]),
        ForeignPost(
            description: "Pleroma",
            html: """
                <span class="h-card"><a class="u-url mention" data-user="AbC" href="https://ateneo.example/users/mika" rel="ugc">@<span>mika</span></a></span> hello<br/><br/>two &quot;quoted&quot; words, <code>code</code> and <a href="https://example.com/a?b=1&amp;c=2" rel="ugc">https://example.com/a?b=1&amp;c=2</a> <a class="hashtag" data-tag="art" href="https://pleroma.example/tag/art" rel="tag ugc">#art</a>
                """,
            text: "@mika hello\n\ntwo \"quoted\" words, code and https://example.com/a?b=1&c=2 #art",
            links: ["https://ateneo.example/users/mika", "https://example.com/a?b=1&c=2", "https://pleroma.example/tag/art"]),
        ForeignPost(
            description: "Friendica",
            html: """
                <p>Hello <span class="h-card"><a href="https://ateneo.example/users/mika" class="u-url mention">@<span>mika</span></a></span>,</p><h4>A title</h4><ul class="listbullet" style="list-style-type:circle"><li>one</li><li>two</li></ul><p><img src="https://friendica.example/photo/1.jpg" alt="A red mug" width="300"></p><blockquote class="shared_content"><div>shared</div></blockquote>♲ <bdi>Noor</bdi>
                """,
            text: "Hello @mika,\n\nA title\n\none\ntwo\n\nA red mug\n\nshared\n\n♲ Noor", links: ["https://ateneo.example/users/mika"]),
        ForeignPost(
            description: "GoToSocial",
            html: """
                <p>hey <span class="h-card"><a href="https://ateneo.example/@mika" class="u-url mention" rel="nofollow noreferrer noopener" target="_blank">@<span>mika</span></a></span> look: <a href="https://docs.example/" rel="nofollow noreferrer noopener" target="_blank">docs.example</a></p><p><em>emphasis</em>, <strong>strength</strong>, <del>gone</del></p><hr><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>
                """,
            text: "hey @mika look: docs.example\n\nemphasis, strength, gone\n\na b\n\n1 2", links: ["https://ateneo.example/@mika", "https://docs.example/"]),
        ForeignPost(
            description: "Lemmy",
            html: """
                <p>Ask <a href="https://lemmy.example/c/mentors">!mentors@lemmy.example</a> first.</p>
                <blockquote>
                <p>quoted <strong>markdown</strong></p>
                </blockquote>
                <ul>
                <li>one</li>
                <li>two
                <ul>
                <li>nested</li>
                </ul>
                </li>
                </ul>
                <details><summary>spoiler</summary><p>hidden text</p></details>

                """,
            text: "Ask !mentors@lemmy.example first.\n\nquoted markdown\n\none\ntwo\n\nnested\n\nspoiler\n\nhidden text",
            links: ["https://lemmy.example/c/mentors"]),
        ForeignPost(
            description: "WordPress",
            html: """
                <!-- wp:heading --><h2 class="wp-block-heading">New <em>season</em></h2><!-- /wp:heading -->
                <p class="has-text-align-left">We&#8217;re back&#8230; <img src="https://s.w.org/1f600.png" alt="😀" class="wp-smiley" style="height:1em" /></p>
                <figure class="wp-block-image"><a href="https://blog.example/full.jpg"><img src="https://blog.example/x.jpg" alt="The team"/></a><figcaption>Us, 2026</figcaption></figure>
                <div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" href="https://blog.example/join">Join us</a></div></div>
                <iframe src="https://video.example/embed/1"></iframe><script>track()</script><p><a rel="tag" class="hashtag u-tag u-category" href="https://blog.example/tag/news">#news</a></p>
                """,
            text: "New season\n\nWe’re back… 😀\n\nThe team\n\nUs, 2026\n\nJoin us\n\n#news",
            links: ["https://blog.example/full.jpg", "https://blog.example/join", "https://blog.example/tag/news"]),
        ForeignPost(
            description: "Mobilizon",
            html: """
                <p>Meeting <strong>every Tuesday</strong></p><p></p><p><a href="https://ateneo.example/map" target="_blank" rel="noopener noreferrer ugc">Where</a><br/></p>
                """,
            text: "Meeting every Tuesday\n\nWhere", links: ["https://ateneo.example/map"]),
        ForeignPost(
            description: "a profile field",
            html: "<a href=\"https://noor.example/\" target=\"_blank\" rel=\"me nofollow\"><span class=\"invisible\">https://</span><span class=\"\">noor.example/</span></a>",
            text: "https://noor.example/", links: ["https://noor.example/"]),
    ]
}
