import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct TagsTests {
    private func tags(_ values: JSON) -> Tags { Tags(["tag": values]) }

    /// D10
    @Test func tagsAreCounted() {
        func many(_ tag: JSON) -> Tags { tags(.array(Array(repeating: tag, count: 9_000))) }
        #expect(many(["type": "Mention", "href": "https://a.example/b"]).mentions.count == 20)
        #expect(many(["type": "Hashtag", "name": "#a"]).hashtags.count == 50)
        #expect(many(["type": "Emoji", "name": ":a:", "icon": ["url": "https://a.example/a.png"]]).emojis.count == 50)
    }

    @Test func aFloodOfOneKindLeavesTheOthers() {
        let flood = Array(repeating: ["type": "Mention", "href": "https://a.example/b"] as JSON, count: 200)
        #expect(tags(.array(flood + [["type": "Hashtag", "name": "#a"]])).hashtags.count == 1)
    }

    @Test(
        "hashtags are one word without their sign",
        arguments: [
            ("#sql", "sql"), ("sql", "sql"), ("#Größe", "Größe"), ("#a b", nil), ("##a", nil), ("#", nil), ("", nil),
            (" #a ", "a"), ("#a\u{202E}b", "ab"),
            ("#" + String(repeating: "a", count: 100), String(repeating: "a", count: 100)),
            ("#" + String(repeating: "a", count: 101), nil),
        ] as [(String, String?)])
    func hashtags(text: String, name: String?) {
        #expect(
            tags(["type": "Hashtag", "name": .string(text), "href": 5]).hashtags
                == (name.map { [.init(name: $0, address: nil)] } ?? []))
    }

    @Test(
        "mentions name an actor by its address", arguments: ["", "@a@b.example", "mailto:a@b.example", "//b.example/a"])
    func mentions(href: String) {
        #expect(tags([["type": "Mention", "href": .string(href)]]).mentions.isEmpty)
        #expect(tags([["type": "Mention", "name": "@a@b.example"]]).mentions.isEmpty)
    }

    @Test(
        "emoji have plain names and a picture",
        arguments: [
            (":blob:", "blob"), ("blob", "blob"), (":a_b-1+:", "a_b-1+"), (":a b:", nil), (":<b>:", nil), ("::", nil),
            (":", nil), ("", nil),
            (":\u{1F600}:", nil), (":" + String(repeating: "a", count: 101) + ":", nil),
        ] as [(String, String?)])
    func emojis(text: String, name: String?) throws {
        let icon: JSON = ["type": "Image", "url": "https://a.example/a.png"]
        #expect(
            tags(["type": "Emoji", "name": .string(text), "icon": icon]).emojis.map(\.name) == (name.map { [$0] } ?? [])
        )
        #expect(tags(["type": "Emoji", "name": .string(text)]).emojis.isEmpty)
        #expect(tags(["type": "Emoji", "name": .string(text), "icon": ["url": "data:image/png,x"]]).emojis.isEmpty)
    }

    @Test func survivesTheWire() throws {
        let tags = try #require(PostDocument(try JSON.parse(PeerPosts.mastodon))).tags
        #expect(Tags(["tag": tags.json]) == tags)
    }

    @Test func oddValuesAreLeftOut() {
        for value in oddValues {
            for key in ["href", "name", "icon", "id", "updated", "type"] {
                for type in ["Mention", "Hashtag", "Emoji"] {
                    let tag: JSON = [
                        "type": .string(type), "href": "https://a.example/b", "name": "a",
                        "icon": ["url": "https://a.example/a"],
                    ]
                    let read = tags([tag.with(key, value)])
                    #expect(read.mentions.count + read.hashtags.count + read.emojis.count <= 1)
                }
            }
        }
    }
}
