import ActivityStreams
import JSONTree
import Testing
import Wire

/// What an actor shows of itself beside what deliveries need.
@Suite struct ActorProfileTests {
    private let mastodon: JSON

    init() throws {
        mastodon = try JSON.parse(PeerActors.mastodon)
    }

    private func read(_ key: String, _ value: JSON?) throws -> ActorDocument {
        try #require(ActorDocument(mastodon.with(key, value)))
    }

    @Test func readsThoseOfPeers() throws {
        let actor = try #require(ActorDocument(mastodon))
        #expect(
            actor.icon
                == ImageDocument(url: try Samples.uri("https://files.m.example/avatar.png"), mediaType: "image/png"))
        #expect(actor.fields == [.init(name: "Site", value: "<a href=\"https://t.example\">t</a>")])
        #expect(actor.featured?.string == "https://m.example/users/Tomas/collections/featured")
        #expect(!actor.manuallyApprovesFollowers && actor.isDiscoverable && !actor.isIndexable)
        #expect(
            !actor.isSuspended && !actor.isMemorial && actor.aliases.isEmpty && actor.movedTo == nil
                && actor.image == nil)
        let pleroma = try #require(ActorDocument(try JSON.parse(PeerActors.pleroma)))
        #expect(pleroma.emojis.map(\.name) == ["blob"] && pleroma.hashtags.isEmpty && !pleroma.isDiscoverable)
        let misskey = try #require(ActorDocument(try JSON.parse(PeerActors.misskey)))
        #expect(misskey.icon == nil && misskey.image == nil && misskey.isDiscoverable)
        let friendica = try #require(ActorDocument(try JSON.parse(PeerActors.friendica)))
        #expect(friendica.icon?.mediaType == nil && friendica.manuallyApprovesFollowers && friendica.featured == nil)
    }

    @Test(
        "what was read is written so that it reads the same",
        arguments: [
            PeerActors.mastodon, PeerActors.goToSocial, PeerActors.misskey, PeerActors.pleroma, PeerActors.friendica,
            PeerActors.mobilizonGroup,
            ProfileExamples.mentor,
        ])
    func survivesTheWire(text: String) throws {
        let actor = try #require(ActorDocument(try JSON.parse(text)))
        let again = try #require(ActorDocument(try JSON.parse(actor.json.serialized())))
        #expect(ActorDocument(again.json) == again)
        #expect(actor.mentor != nil || again == actor)
    }

    @Test func everyFieldSurvivesTheWire() throws {
        let actor = try SocialSamples.actor()
        #expect(ActorDocument(try JSON.parse(actor.json.serialized())) == actor)
        var moved = actor
        moved.movedTo = try Samples.uri("https://new.example/users/noor")
        moved.isSuspended = true
        moved.isMemorial = true
        moved.isDiscoverable = false
        moved.emojis = [.init(name: "blob", icon: try Samples.uri("https://b.example/emoji/blob.png"))]
        moved.hashtags.append(.init(name: "tables", address: try Samples.uri("https://b.example/tags/tables")))
        #expect(ActorDocument(moved.json) == moved)
        #expect(moved.embedded["@context"] == nil && moved.json["@context"] == Vocabulary.actorContext)
    }

    /// Those who construct an actor without saying more write what they always wrote.
    @Test func defaultsAreThoseOfAPersonWhoPublishesNothing() throws {
        var actor = try Samples.actor()
        #expect(
            actor.json["manuallyApprovesFollowers"] == true && actor.json["indexable"] == false && actor.isDiscoverable)
        let id = actor.id
        actor = ActorDocument(
            id: id, kind: .person, username: "noor", webfinger: nil, name: "", summary: "", url: nil, inbox: id,
            sharedInbox: nil,
            outbox: nil, followers: nil, following: nil, published: nil, keys: [], capabilities: [], mentor: nil)
        #expect(actor.json["discoverable"] == false && actor.json["tag"] == [] && actor.json["attachment"] == [])
        #expect(actor.json["icon"] == nil && actor.json["alsoKnownAs"] == nil && actor.json["movedTo"] == nil)
    }

    @Test func ownFieldsAndTagsGoBeforeThoseOfTheMentoringProfile() throws {
        var actor = try Samples.actor()
        actor.fields = [.init(name: "Sessions", value: "ask me")]
        actor.hashtags = [.init(name: "sql", address: try Samples.uri("https://b.example/tags/sql"))]
        #expect(actor.json["attachment"].list.map { $0["name"]?.string } == ["Sessions", "Mentor for"])
        #expect(actor.json["attachment"].list.first?["value"] == "ask me")
        #expect(actor.json["tag"].list.map { $0["name"]?.string } == ["#sql", "#DataCareers"])
    }

    // MARK: Quirks

    @Test(
        "pictures come as objects, links, addresses and lists",
        arguments: [
            ["type": "Image", "url": "https://a.example/i.png"],
            ["type": "Image", "url": ["type": "Link", "href": "https://a.example/i.png"]],
            ["type": "Image", "url": [["href": "https://a.example/i.png"]]],
            [["type": "Image", "url": "https://a.example/i.png", "width": 48]],
            [["type": "Image", "url": "data:x"], ["type": "Image", "url": "https://a.example/i.png"]],
            ["type": "Link", "href": "https://a.example/i.png"],
        ] as [JSON])
    func pictures(value: JSON) throws {
        #expect(try read("icon", value).icon?.url.string == "https://a.example/i.png")
        #expect(try read("image", value).image?.url.string == "https://a.example/i.png")
    }

    @Test(
        "alternative texts stand in name or summary",
        arguments: [("name", "a <b>", "a <b>"), ("summary", "a<br>&lt;b&gt;", "a\n<b>")])
    func alternativeTexts(key: String, text: String, read: String) throws {
        let icon: JSON = ["type": "Image", "url": "https://a.example/i.png"]
        #expect(try self.read("icon", icon.with(key, .string(text))).icon?.description == read)
    }

    @Test func namesAndSummariesMayComeByLanguage() throws {
        let mapped = mastodon.with("name", nil).with("nameMap", ["de": "Tomás"]).with("summary", nil).with(
            "summaryMap", ["de": "<p>x</p>"])
        let actor = try #require(ActorDocument(mapped))
        #expect(actor.name == "Tomás" && actor.summary == "<p>x</p>")
        #expect(try read("summary", .string(String(repeating: "x", count: 102_401))).summary.isEmpty)
        #expect(try read("name", .string(String(repeating: "x", count: 10_000))).name.unicodeScalars.count <= 100)
    }

    @Test func theKnownOneOfSeveralTypesCounts() throws {
        #expect(try read("type", ["x:Gardener", "Service", "Person"]).kind == .service)
        #expect(ActorDocument(mastodon.with("type", ["x:Gardener", "Note"])) == nil)
    }

    @Test func addressesMayBeLinks() throws {
        let links: JSON = [
            ["type": "Link", "mediaType": "text/html", "href": "https://m.example/@t"],
            ["type": "Link", "href": "at://did:x"],
        ]
        #expect(try read("url", links).url?.string == "https://m.example/@t")
    }

    @Test(
        "fields have a name and a value that can be kept whole",
        arguments: [
            ["type": "PropertyValue", "name": "a"], ["type": "PropertyValue", "value": "b"],
            ["type": "PropertyValue", "name": "", "value": "b"],
            ["type": "PropertyValue", "name": "a", "value": 5], ["type": "Image", "name": "a", "value": "b"],
            ["name": "a", "value": "b"], "x", 5, .null,
            ["type": "PropertyValue", "name": "a", "value": .string(String(repeating: "x", count: 5_001))],
        ] as [JSON])
    func noFields(value: JSON) throws {
        let field: JSON = ["type": "schema:PropertyValue", "name": "ok", "value": ""]
        #expect(try read("attachment", [value, field]).fields == [.init(name: "ok", value: "")])
    }

    /// D10
    @Test func listsAreCounted() throws {
        let field: JSON = ["type": "PropertyValue", "name": .string(String(repeating: "n", count: 500)), "value": "v"]
        let fields = try read("attachment", .array(Array(repeating: field, count: 5_000))).fields
        #expect(fields.count == 16 && fields.allSatisfy { $0.name.unicodeScalars.count == 255 })
        #expect(try read("alsoKnownAs", .strings((0..<5_000).map { "https://a.example/\($0)" })).aliases.count == 16)
        #expect(
            try read("tag", .array(Array(repeating: ["type": "Hashtag", "name": "#a"], count: 5_000))).hashtags.count
                == 50)
        #expect(try read("icon", .array(Array(repeating: ["url": "data:x"], count: 5_000))).icon == nil)
    }

    @Test func aliasesAndSuccessorsAreAddresses() throws {
        #expect(try read("alsoKnownAs", "https://a.example/1").aliases.map(\.string) == ["https://a.example/1"])
        #expect(
            try read("alsoKnownAs", [5, "x", ["id": "https://a.example/1"], "at://did:x"]).aliases.map(\.string) == [
                "https://a.example/1"
            ])
        #expect(try read("movedTo", ["id": "https://a.example/1"]).movedTo?.string == "https://a.example/1")
        #expect(
            try read("movedTo", ["https://a.example/1", "https://a.example/2"]).movedTo == nil
                && read("movedTo", .null).movedTo == nil)
    }

    @Test("flags are flags only as such", arguments: [nil, .null, 1, "true", [true], [:]] as [JSON?])
    func flags(value: JSON?) throws {
        #expect(
            try !read("suspended", value).isSuspended && !read("memorial", value).isMemorial
                && !read("indexable", value).isIndexable)
        #expect(
            try !read("discoverable", value).isDiscoverable
                && !read("manuallyApprovesFollowers", value).manuallyApprovesFollowers)
        #expect(try read("suspended", true).isSuspended && read("memorial", true).isMemorial)
    }

    // MARK: Keys

    @Test func readsKeysWhereverTheyLie() throws {
        let stub = try JSON.parse(PeerActors.goToSocialStub)
        #expect(KeyDocument.keys(of: stub).map(\.id.string) == ["https://gts.example/users/ines/main-key"])
        let bare = try #require(stub["publicKey"])
        #expect(KeyDocument.keys(of: bare) == KeyDocument.keys(of: stub))
        #expect(KeyDocument.keys(of: bare).map(\.owner.string) == ["https://gts.example/users/ines"])
        let multikey: JSON = [
            "@context": "https://w3id.org/security/v1", "id": "https://m.example/keys/1", "type": "Multikey",
            "controller": "https://m.example/users/Tomas", "publicKeyMultibase": "z6Mk",
        ]
        #expect(KeyDocument.keys(of: multikey).map(\.material) == [.multibase("z6Mk")])
        #expect(KeyDocument.keys(of: try Samples.actor().json).count == 2)
        let list = mastodon.with(
            "publicKey", .array(Array(repeating: try #require(mastodon["publicKey"]), count: 5_000)))
        #expect(KeyDocument.keys(of: list).count == 10)
    }

    @Test func keysOfOtherOriginsAreNone() throws {
        let bare = try #require(mastodon["publicKey"])
        #expect(KeyDocument.keys(of: bare.with("owner", "https://victim.example/users/b")).isEmpty)
        #expect(KeyDocument.keys(of: mastodon.with("id", "https://victim.example/users/b")).isEmpty)
        for value in oddValues {
            #expect(KeyDocument.keys(of: value).isEmpty && KeyDocument.keys(of: bare.with("owner", value)).isEmpty)
        }
    }
}
