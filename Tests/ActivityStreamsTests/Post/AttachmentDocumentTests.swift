import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct AttachmentDocumentTests {
    private func read(_ attachment: JSON?, image: JSON? = nil) throws -> [AttachmentDocument] {
        let note = try JSON.parse(PeerPosts.mastodonVote).with("attachment", attachment).with("image", image)
        return try #require(PostDocument(note)).attachments
    }

    private func picture(_ key: String, _ value: JSON) throws -> AttachmentDocument {
        let image: JSON = ["type": "Image", "url": "https://a.example/x.png"]
        return try #require(try read([image.with(key, value)]).first)
    }

    @Test(
        "the type, or the media type of a Document, tells what it is",
        arguments: [
            ("Document", "image/png", .image), ("Document", "video/webm", .video), ("Document", "audio/ogg", .audio),
            ("Document", "application/pdf", .document), ("Document", nil, .document), ("Image", nil, .image),
            ("Video", "image/gif", .video),
        ] as [(String, String?, AttachmentDocument.Kind)])
    func kinds(type: String, mediaType: String?, kind: AttachmentDocument.Kind) throws {
        let read = try read([
            "type": .string(type), "mediaType": mediaType.map { .string($0) }, "url": "https://a.example/x",
        ])
        #expect(read.map(\.kind) == [kind])
    }

    @Test(
        "what a picture shows is told line by line, in plain text or in HTML",
        arguments: [
            ("name", "one\n\ntwo", "one\n\ntwo"), ("summary", "one\ntwo\n\nthree", "one\ntwo\n\nthree"),
            ("summary", "one<br>two &amp; three", "one\ntwo & three"), ("summary", "fish & chips", "fish & chips"),
            ("summary", "one\nx < y\n\ny <= z <3", "one\nx < y\n\ny <= z <3"),
        ])
    func alternativeTexts(key: String, text: String, read: String) throws {
        #expect(try picture(key, .string(text)).description == read)
    }

    @Test(
        "what has no type or address is none",
        arguments: [
            ["type": "Image"], ["url": "https://a.example/x"], ["type": "Note", "url": "https://a.example/x"],
            ["type": "Image", "url": "javascript:x"],
            ["type": "Image", "url": [["href": "magnet:x"], 5]], ["type": "Link", "href": ""], "https://a.example/x", 5,
            .null,
            ["type": "PropertyValue", "name": "a", "value": "b"],
        ] as [JSON])
    func none(attachment: JSON) throws {
        #expect(try read([attachment]).isEmpty)
    }

    @Test func addressesComeOnceAndAtMostSixteen() throws {
        let many = JSON.array((0..<5_000).map { ["type": "Image", "url": .string("https://a.example/\($0 / 2)")] })
        let read = try read(many)
        #expect(read.count == 16 && Set(read.map(\.url)).count == 16)
    }

    @Test func thePictureOfAnArticleComesLast() throws {
        let image: JSON = ["type": "Image", "url": "https://a.example/cover.png", "name": "Cover"]
        #expect(
            try read([["type": "Link", "href": "https://a.example/"]], image: image).map(\.description) == [
                nil, "Cover",
            ])
        #expect(try read(image, image: image).count == 1)
    }

    /// D01
    @Test(
        "sizes are whole, positive and no larger than pictures are",
        arguments: [
            ("640", 640), ("640.0", 640), ("65535", 65_535), ("65536", nil), ("0", nil), ("-1", nil), ("1.5", nil),
            ("1e400", nil), ("\"640\"", nil), ("-0", nil),
        ] as [(String, Int?)])
    func sizes(literal: String, size: Int?) throws {
        let value = try JSON.parse(literal)
        #expect(try picture("width", value).width == size && picture("height", value).height == size)
    }

    @Test(
        "focal points are two numbers from -1 to 1",
        arguments: [
            ("[0,0]", 0), ("[1,-1]", 1), ("[-1.0,0.5]", -1), ("[1.01,0]", nil), ("[0]", nil), ("[0,0,0]", nil),
            ("[0,\"0\"]", nil), ("\"0,0\"", nil),
            ("[0,1e400]", nil), ("{}", nil), ("[null,0]", nil),
        ] as [(String, Double?)])
    func focalPoints(literal: String, x: Double?) throws {
        #expect(try picture("focalPoint", try JSON.parse(literal)).focalPoint?.x == x)
    }

    @Test(
        "blurhashes are short and of their alphabet",
        arguments: [
            ("LEHV6nWB2yk8pyo0adR*.7kCMdnj", true), ("", false), ("short", false), ("LEHV6n\" onload", false),
            (String(repeating: "a", count: 167), false),
            ("LEHV6nWB2yk8pyo0adR*.7kCMdn\u{E9}", false),
        ])
    func blurhashes(text: String, isOne: Bool) throws {
        #expect(try (picture("blurhash", .string(text)).blurhash == text) == isOne)
    }

    @Test func mediaTypesAreChecked() throws {
        #expect(try picture("mediaType", "Image/PNG; a=b").mediaType == "image/png")
        for value in [
            "png", "image/", "image/p ng", "image/png\r\nx: y", 5, .string(String(repeating: "a", count: 300) + "/b"),
        ] as [JSON] {
            #expect(try picture("mediaType", value).mediaType == nil)
        }
    }

    @Test func descriptionsKeepTheirLinesAndEnd() throws {
        #expect(try picture("name", "a\r\n<b> & c").description == "a\n<b> & c")
        #expect(try picture("summary", "a<br>&lt;b&gt;").description == "a\n<b>")
        let long = try #require(try picture("name", .string(String(repeating: "ab ", count: 30_000))).description)
        #expect(long.unicodeScalars.count <= 5000)
    }

    @Test func linksAreWrittenAsLinksAndFilesAsDocuments() throws {
        let url = try Samples.uri("https://a.example/x")
        #expect(
            AttachmentDocument(kind: .link, url: url, description: "x").json == [
                "type": "Link", "href": "https://a.example/x", "name": "x",
            ])
        let image = AttachmentDocument(kind: .image, url: url, mediaType: "image/png", focalPoint: .init(x: 0.5, y: 0))
        #expect(
            image.json["type"] == "Document" && image.json["url"] == "https://a.example/x"
                && image.json["focalPoint"]?.array?.count == 2)
        #expect(AttachmentDocument(kind: .image, url: url).json["type"] == "Image")
    }
}
