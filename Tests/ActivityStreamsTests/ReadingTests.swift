import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct ReadingTests {
    @Test(
        "a property names one URI as text or by an object's id",
        arguments: [
            ("https://b.example/x", "https://b.example/x"), (["https://b.example/x"], "https://b.example/x"),
            (["id": "https://b.example/x", "type": "Note"], "https://b.example/x"),
            ([["id": "https://b.example/x"]], "https://b.example/x"),
        ] as [(JSON, String)])
    func uris(value: JSON, text: String) {
        let document: JSON = ["p": value]
        #expect(document.uri("p")?.string == text)
    }

    @Test("several, none or odd values are no URI", arguments: [
        ["https://b.example/x", "https://b.example/y"], ["https://b.example/x", .null], [], .null, 5, "x", "", "acct:a@b.example",
        ["href": "https://b.example/x"], [["https://b.example/x"]], ["id": ["https://b.example/x"]], true,
    ] as [JSON])
    func noURIs(value: JSON) {
        let document: JSON = ["p": value]
        #expect(document.uri("p") == nil)
        #expect(document.uri("q") == nil)
        #expect(value.uri("p") == nil)
    }

    @Test(
        "links may be texts, Link objects or objects with an id, of which the first counts",
        arguments: [
            ("https://b.example/@b", "https://b.example/@b"),
            (["type": "Link", "href": "https://b.example/@b"], "https://b.example/@b"),
            ([["type": "Link", "mediaType": "text/html", "href": "https://b.example/@b"], "https://b.example/c"],
                "https://b.example/@b"),
            ([5, "mailto:x", "https://b.example/@b"], "https://b.example/@b"),
            (["id": "https://b.example/i", "href": "https://b.example/@b"], "https://b.example/@b"),
            (["href": 5, "id": "https://b.example/i"], "https://b.example/i"),
        ] as [(JSON, String)])
    func links(value: JSON, text: String) {
        let document: JSON = ["url": value]
        #expect(document.link("url")?.string == text)
    }

    @Test(
        "types may be one or several",
        arguments: [("Note", "Note"), (["Note", "x:Other"], "Note"), ([5, "Note"], "Note"), ([], nil), (5, nil), (.null, nil)]
            as [(JSON, String?)])
    func types(value: JSON, type: String?) {
        let document: JSON = ["type": value]
        #expect(document.type == type)
    }

    @Test func addresseesAreOfAllThreePropertiesInAnySpelling() {
        let document: JSON = [
            "to": "https://a.example/1", "cc": ["https://a.example/2", ["id": "https://a.example/3"], 5, .null],
            "audience": ["id": "https://a.example/4"], "bcc": "https://a.example/5",
        ]
        #expect(document.addressees == (1...4).map { "https://a.example/\($0)" })
        let many: JSON = ["to": .strings((0..<5_000).map { "https://a.example/\($0)" }), "cc": "https://a.example/x"]
        #expect(many.addressees.count == 100)
    }

    @Test("everybody is everybody in three spellings", arguments: [
        ("https://www.w3.org/ns/activitystreams#Public", true), ("as:Public", true), ("Public", true), ("public", false),
        ("https://www.w3.org/ns/activitystreams#public", false), ("https://a.example/Public", false), ("", false),
    ])
    func everybody(text: String, isEverybody: Bool) {
        #expect(Vocabulary.isEverybody(text) == isEverybody)
    }

    @Test(
        "texts come plain, in lists or by language, and lose their mark-up",
        arguments: [
            (["name": "Ana"], "Ana"), (["name": ["Ana", "Anna"]], "Ana"), (["name": "<b>A</b>&amp;B<script>x</script>"], "A&B"),
            (["nameMap": ["de": "Anna"]], "Anna"), (["name": 5, "nameMap": ["de": "Anna"]], "Anna"),
            (["name": "  "], nil), (["name": "<p></p>"], nil), (["name": [:]], nil), (["nameMap": "Anna"], nil), ([:], nil),
        ] as [(JSON, String?)])
    func texts(document: JSON, text: String?) {
        #expect(document.text("name", limit: 100) == text)
    }

    @Test func textsAreCutByScalars() throws {
        let marks: JSON = ["name": .string("a" + String(repeating: "\u{301}", count: 20_000))]
        #expect(try #require(marks.text("name", limit: 50)).unicodeScalars.count <= 50)
        let long: JSON = ["name": .string(String(repeating: "ab ", count: 5_000))]
        #expect(try #require(long.text("name", limit: 50)).unicodeScalars.count <= 50)
    }

    @Test func oddValuesAreReadAsAbsent() {
        for value in oddValues {
            let document: JSON = ["p": value, "pMap": value, "to": value, "type": value]
            #expect(document.date("p") == nil)
            #expect(document.addressees.count <= 100)
            #expect(document.text("p", limit: 10)?.unicodeScalars.count ?? 0 <= 10)
            #expect(value.type == nil || value.object != nil)
            #expect(document.uri("p")?.host ?? "e.example" == "e.example")
            #expect(document.link("p")?.host ?? "e.example" == "e.example")
        }
    }
}
