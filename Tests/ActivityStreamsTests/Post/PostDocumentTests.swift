import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct PostDocumentTests {
    private let note: JSON

    init() throws {
        note = try JSON.parse(PeerPosts.mastodon)
    }

    private func read(_ key: String, _ value: JSON?) throws -> PostDocument {
        try #require(PostDocument(note.with(key, value)))
    }

    // MARK: Refusals

    @Test("without these nothing can be done", arguments: ["id", "type", "attributedTo"])
    func refusesWithout(key: String) {
        for value in [nil, .null, 5, "", [], [:], true, "javascript:x", [[]]] as [JSON?] {
            #expect(PostDocument(note.with(key, value)) == nil)
        }
    }

    @Test(
        "only posts are posts", arguments: ["Person", "note", "Tombstone", "Create", "Collection", "as:Note", "Place"])
    func refusesOtherTypes(type: String) {
        #expect(PostDocument(note.with("type", .string(type))) == nil)
        #expect(PostDocument(note.with("type", [.string(type), "x:y", "Note"]))?.kind == .note)
    }

    @Test("values that are no objects are no posts", arguments: oddValues)
    func refusesValues(value: JSON) {
        #expect(PostDocument(value) == nil)
    }

    /// B18, FEP-fe34: several owners are none.
    @Test func exactlyOneAuthor() {
        let eve: JSON = ["type": "Person", "id": "https://e.example/users/eve"]
        let tomas: JSON = ["type": "Person", "id": "https://m.example/users/Tomas"]
        let group: JSON = ["type": "Group", "id": "https://m.example/groups/g"]
        let refused: [JSON] = [
            ["https://e.example/users/eve", "https://m.example/users/Tomas"], [eve, tomas], [tomas, tomas],
            [group, group],
            [tomas, "https://e.example/users/eve"], [tomas, ["id": "https://e.example/users/eve"]], [tomas, .null],
            [tomas, eve, group], [tomas, ["type": "Service", "id": "https://e.example/bot"]],
            .array(Array(repeating: group, count: 5_000)),
        ]
        for authors in refused { #expect(PostDocument(note.with("attributedTo", authors)) == nil) }
        for authors in [[tomas], [group, tomas], [tomas, group, group], tomas, ["https://m.example/users/Tomas"]]
            as [JSON]
        {
            #expect(PostDocument(note.with("attributedTo", authors))?.author.string == "https://m.example/users/Tomas")
        }
        let byActor = note.with("attributedTo", nil).with("actor", "https://mz.example/@ana")
        #expect(PostDocument(byActor)?.author.string == "https://mz.example/@ana")
        #expect(
            PostDocument(note.with("actor", "https://e.example/users/eve"))?.author.string
                == "https://m.example/users/Tomas")
    }

    /// B16: contexts change nothing, and expanded keys are not looked for.
    @Test func contextsAreNotObeyed() throws {
        let remapped = note.with(
            "@context",
            ["https://e.example/c", ["attributedTo": "https://e.example/ns#x", "owner": "as:attributedTo"]]
        )
        .with("owner", "https://e.example/users/eve").with(
            "https://www.w3.org/ns/activitystreams#attributedTo", "https://e.example/users/eve"
        )
        .with("@id", "https://e.example/x").with("@type", "Person")
        #expect(PostDocument(remapped) == PostDocument(note))
    }

    /// B17: keys are compared as bytes.
    @Test(
        "keys that only look alike are other keys",
        arguments: ["attributedto", "attributedTo ", "attributed\u{200B}To", "attributedTо"])
    func lookAlikeKeys(key: String) throws {
        #expect(PostDocument(note.with("attributedTo", nil).with(key, "https://m.example/users/Tomas")) == nil)
        let duplicate =
            #"{"type":"Note","id":"https://a.example/1","attributedTo":"https://a.example/b","attributedTo":"https://e.example/e"}"#
        #expect(throws: JSONError.self) { try JSON.parse(duplicate) }
    }

    // MARK: Content

    @Test(
        "content and language",
        arguments: [
            (["content": "<p>a</p>"], "<p>a</p>", nil),
            (["contentMap": ["de": "<p>b</p>", "en": "c"]], "<p>b</p>", "de"),
            (["content": "c", "contentMap": ["de": "b", "en": "c"]], "c", "en"),
            (["content": "x", "contentMap": ["de": "b", "en": "c"]], "x", nil),
            (["content": "x", "contentMap": ["pt-BR": "b"]], "x", "pt-BR"),
            (["content": "x", "contentMap": ["und": "x"]], "x", nil),
            (["content": .null, "contentMap": ["de": .null, "fr": "b"]], "b", "fr"),
            (["content": ["a", "b"]], "a", nil),
            (["content": ""], nil, nil), (["content": 5, "contentMap": "x"], nil, nil), ([:], nil, nil),
            (["content": "x", "contentMap": ["de<script>": "x"]], "x", nil),
            (["content": "x", "contentMap": ["d": "x"]], "x", nil),
            (["content": "x", "contentMap": [JSON.Object.Key.long: "x"]], "x", nil),
            (["content": "x", "contentMap": ["de-": "x"]], "x", nil),
            (["content": "a <b>\n\nc", "mediaType": "text/plain"], "<p>a &lt;b&gt;</p><p>c</p>", nil),
            (["content": "a <b>", "mediaType": "Text/Markdown; variant=GFM"], "<p>a &lt;b&gt;</p>", nil),
            (["content": "a <b>", "mediaType": "text/html"], "a <b>", nil),
            (["content": "a <b>", "mediaType": 5], "a <b>", nil),
        ] as [(JSON, String?, String?)])
    func content(members: JSON, html: String?, language: String?) throws {
        var document = note.with("content", nil).with("contentMap", nil)
        for (key, value) in try #require(members.object) { document = document.with(key, value) }
        let post = try #require(PostDocument(document))
        #expect(post.content == html && post.language == language)
    }

    /// Half of a document of HTML would be none.
    @Test func longContentIsLeftOut() throws {
        let longest = String(repeating: "x", count: 102_400)
        #expect(try read("content", .string(longest)).content == longest)
        #expect(try read("content", .string(longest + "x")).content == nil)
        let escaped = note.with("mediaType", "text/plain").with(
            "content", .string(String(repeating: "<", count: 60_000)))
        #expect(PostDocument(escaped)?.content == nil)
    }

    @Test("texts are plain, of one line and bounded")
    func texts() throws {
        let long = JSON.string(String(repeating: "ab ", count: 30_000))
        #expect(try read("name", " a\u{202E} <b>\r\n c ").name == "a <b> c")
        #expect(try #require(try read("name", long).name).unicodeScalars.count <= 500)
        #expect(try read("summary", "<p>a &amp; b</p>").summary == "a & b")
        #expect(try #require(try read("summary", long).summary).unicodeScalars.count <= 1000)
        #expect(try read("summary", .null).summary == nil && read("summary", "").summary == nil)
        #expect(try read("conversation", long).conversation == nil)
        #expect(try read("conversation", ["id": "https://a.example/c"]).conversation == "https://a.example/c")
    }

    @Test("flags are flags only as such", arguments: [nil, .null, 1, "true", [true], [:]] as [JSON?])
    func flags(value: JSON?) throws {
        #expect(try !read("sensitive", value).isSensitive && !read("directMessage", value).isDirectMessage)
    }

    @Test(
        "dates are dates or absent",
        arguments: [
            "2026-03-19", "yesterday", "2026-02-30T00:00:00Z", "1969-12-31T23:59:59Z", "10000-01-01T00:00:00Z",
            "2026-03-19T19:09:01",
            "2026-03-19T19:09:01+24:00", "",
        ])
    func dates(text: String) throws {
        #expect(try read("published", .string(text)).published == nil && read("updated", .string(text)).updated == nil)
    }

    // MARK: Votes and addressing

    @Test(
        "a vote says nothing but a name",
        arguments: [
            ("content", "x"), ("name", nil), ("inReplyTo", nil), ("type", "Page"),
            ("attachment", [["type": "Image", "url": "https://a.example/x.png"]]),
        ] as [(String, JSON?)])
    func votes(key: String, value: JSON?) throws {
        let vote = try JSON.parse(PeerPosts.mastodonVote)
        #expect(PostDocument(vote)?.isVote == true)
        #expect(PostDocument(vote.with("content", ""))?.isVote == true)
        #expect(PostDocument(vote.with(key, value))?.isVote == false)
    }

    @Test func addresseesComeFromTheActivityOnlyWhereThePostNamesNone() throws {
        let activity: JSON = ["to": "as:Public", "cc": ["https://m.example/users/Tomas/followers"]]
        let silent = note.with("to", nil).with("cc", [])
        #expect(PostDocument(silent)?.visibility(followers: nil) == .direct)
        #expect(PostDocument(silent, within: activity)?.visibility(followers: nil) == .everyone)
        #expect(PostDocument(note.with("cc", []), within: activity)?.visibility(followers: nil) == .direct)
    }

    @Test func aDirectMessageStaysOne() throws {
        #expect(PostDocument(note.with("directMessage", true))?.visibility(followers: nil) == .direct)
    }

    // MARK: Writing

    @Test func writesSingleTypesListsAndWholeContext() throws {
        let post = try #require(PostDocument(note))
        let written = post.document
        #expect(written["@context"] == Vocabulary.postContext && post.json["@context"] == nil)
        #expect(written["type"] == "Note" && written["to"] == ["https://m.example/users/Tomas/followers"])
        #expect(written["contentMap"]?["en"] == written["content"] && written["contentMap"]?.object?.count == 1)
        #expect(written["context"] == nil && written["sensitive"] == true && written["directMessage"] == nil)
        let bare = PostDocument(id: post.id, author: post.author, addressing: Addressing(to: []))
        #expect(
            bare.json["to"] == [] && bare.json["cc"] == [] && bare.json["tag"] == [] && bare.json["attachment"] == [])
        #expect(PostDocument(bare.json) == bare)
    }

    @Test func everyPropertyMayHoldAnything() throws {
        let documents = try PeerPosts.all.map { try JSON.parse($0.text) }
        for document in documents {
            for (key, _) in try #require(document.object) {
                for value in oddValues {
                    guard let post = PostDocument(document.with(key, value)) else { continue }
                    #expect(post.isWithinBounds)
                }
            }
        }
    }
}

extension JSON.Object {
    enum Key { static let long = "de" + String(repeating: "-abcdefgh", count: 10) }
}

extension PostDocument {
    /// What the type promises of every post that was read, and that it can be written.
    var isWithinBounds: Bool {
        (content?.utf8.count ?? 0) <= 102_400 && (name?.unicodeScalars.count ?? 0) <= 500
            && (summary?.unicodeScalars.count ?? 0) <= 1000 && (conversation?.utf8.count ?? 0) <= 2048
            && addressing.to.count <= 100 && addressing.cc.count <= 100 && tags.mentions.count <= 20
            && tags.hashtags.count <= 50 && tags.emojis.count <= 50 && attachments.count <= 16
            && (poll?.options.count ?? 1) > 0 && (poll?.options.count ?? 0) <= 20
            && attachments.allSatisfy { ($0.description?.unicodeScalars.count ?? 0) <= 5000 }
            && (event?.place?.name?.unicodeScalars.count ?? 0) <= 1000 && !json.serialized().isEmpty
    }
}
