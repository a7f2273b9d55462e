import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct CollectionDocumentTests {
    private let id = "https://m.example/users/Tomas/x"

    private func read(_ members: JSON) -> CollectionDocument? {
        let document: JSON = ["id": .string(id), "type": "OrderedCollection"]
        return CollectionDocument((members.object ?? [:]).reduce(document) { $0.with($1.key, $1.value) })
    }

    @Test("only collections are collections", arguments: ["Note", "Person", "Link", "collection", ""])
    func otherTypes(type: String) {
        #expect(read(["type": .string(type)]) == nil && CollectionDocument("https://m.example/x") == nil)
    }

    @Test(
        "items are where they are",
        arguments: [
            ["orderedItems": ["https://a.example/1"]], ["items": ["https://a.example/1"]],
            ["items": "https://a.example/1"],
            ["orderedItems": [["id": "https://a.example/1", "type": "Note"]]],
            ["first": ["type": "CollectionPage", "items": ["https://a.example/1"]]],
            ["orderedItems": [], "first": ["type": "OrderedCollectionPage", "orderedItems": ["https://a.example/1"]]],
        ] as [JSON])
    func items(members: JSON) {
        #expect(read(members)?.uris.map(\.string) == ["https://a.example/1"] && read(members)?.next == nil)
    }

    @Test(
        "it goes on where it says",
        arguments: [
            (["first": "https://m.example/p1"], "https://m.example/p1"),
            (["first": ["id": "https://m.example/p1"]], "https://m.example/p1"),
            (
                ["first": ["type": "CollectionPage", "items": [], "next": "https://m.example/p2"]],
                "https://m.example/p2"
            ),
            (
                [
                    "first": [
                        "type": "CollectionPage", "items": ["https://m.example/1"], "next": "https://m.example/p2",
                    ]
                ], "https://m.example/p2"
            ),
            (["first": ["type": "CollectionPage", "id": "https://m.example/p1"]], "https://m.example/p1"),
            (
                ["type": "OrderedCollectionPage", "orderedItems": ["x"], "next": "https://m.example/p2"],
                "https://m.example/p2"
            ),
            (
                ["type": "OrderedCollectionPage", "orderedItems": [], "next": "https://m.example/p2"],
                "https://m.example/p2"
            ),
            (["orderedItems": ["x"], "first": "https://m.example/p1"], nil), ([:], nil),
        ] as [(JSON, String?)])
    func next(members: JSON, next: String?) {
        #expect(read(members)?.next?.string == next)
    }

    /// Nobody sends us round a third party or in a circle of one.
    @Test(
        "pages are at the collection's origin",
        arguments: [
            "https://victim.example/p", "http://m.example/p", "https://m.example:444/p",
            "https://m.example/users/Tomas/x", "javascript:x",
        ])
    func foreignPages(page: String) {
        #expect(read(["first": .string(page)])?.next == nil)
        #expect(read(["first": ["type": "CollectionPage", "next": .string(page)]])?.next == nil)
        #expect(read(["id": nil, "first": .string(page)])?.next == nil)
    }

    /// D01, D10
    @Test func itemsAndNumbersAreBounded() throws {
        let many = JSON.array(Array(repeating: "https://a.example/1", count: 9_000))
        #expect(
            read(["orderedItems": many])?.items.count == 200
                && read(["first": ["type": "CollectionPage", "items": many]])?.items.count == 200)
        #expect(read(["totalItems": 7])?.totalItems == 7)
        for literal in ["-1", "1.5", "1e400", "9223372036854775808", "\"7\"", "null", "[7]"] {
            #expect(read(["totalItems": try JSON.parse(literal)])?.totalItems == nil)
        }
    }

    @Test func readsThoseOfPeers() throws {
        func member(_ key: String, of text: String) throws -> CollectionDocument? {
            try JSON.parse(text)[key].flatMap(CollectionDocument.init)
        }
        let replies = try #require(try member("replies", of: PeerPosts.mastodon))
        #expect(replies.items.isEmpty && replies.next?.query == "only_other_accounts=true&page=true")
        let goToSocial = try #require(try member("replies", of: PeerPosts.goToSocial))
        #expect(goToSocial.next?.query == "page=true&only_other_accounts=false")
        let likes = try #require(try member("likes", of: PeerPosts.mastodon))
        #expect(likes.totalItems == 3 && likes.next == nil)
    }

    @Test func readsOurOwn() throws {
        let id = try Samples.uri(id)
        #expect(
            CollectionDocument(Collection.summary(id: id, totalItems: 3))
                == CollectionDocument(id: id, totalItems: 3, items: [], next: nil))
        #expect(
            CollectionDocument(Collection.paged(id: id, totalItems: 3, first: "\(id)?page=1"))?.next?.query == "page=1")
        let page = CollectionDocument(Collection.page(id: "\(id)?page=1", of: id, items: ["x"], next: "\(id)?page=2"))
        #expect(page?.items == ["x"] && page?.next?.query == "page=2")
    }

    @Test func oddValuesGiveACollectionOrNone() throws {
        for value in oddValues {
            for key in ["id", "type", "items", "orderedItems", "first", "next", "totalItems"] {
                let read = read([key: value, "last": value])
                #expect((read?.items.count ?? 0) <= 200)
                #expect(read?.next?.host ?? "m.example" == "m.example")
            }
        }
    }
}
