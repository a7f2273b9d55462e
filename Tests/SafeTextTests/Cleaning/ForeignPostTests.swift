import Testing

@testable import SafeText

@Suite struct ForeignPostTests {
    @Test("What others send stays readable", arguments: ForeignPost.all)
    func readable(post: ForeignPost) throws {
        let clean = cleanHTML(post.html)
        #expect(plainText(fromHTML: clean) == post.text)
        #expect(try CleanMarkup(clean).links.map(\.href) == post.links)
        #expect(cleanHTML(clean).utf8.elementsEqual(clean.utf8))
    }

    @Test func keepsWhatPeopleSee() {
        #expect(
            cleanHTML(ForeignPost.all[0].html) == """
                <p><span class="h-card"><a href="https://ateneo.example/@mika" rel="nofollow noopener noreferrer" class="u-url mention">@mika</a></span> \
                Here is my portfolio:<br><a href="https://portfolio.example/works/2026/spring-collection" rel="nofollow noopener noreferrer">\
                https://portfolio.example/works/2026/spring-collection</a></p><p>Thanks &amp; see you! \
                <a href="https://barrio.example/tags/mentoring" rel="nofollow noopener noreferrer" class="mention hashtag">#mentoring</a> :blobcat:</p>
                """)
    }
}
