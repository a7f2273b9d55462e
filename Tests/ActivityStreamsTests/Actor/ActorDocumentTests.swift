import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct ActorDocumentTests {
    private func read(_ text: String) throws -> ActorDocument? { ActorDocument(try JSON.parse(text)) }

    // MARK: Real servers

    @Test func readsMastodon() throws {
        let actor = try #require(try read(PeerActors.mastodon))
        let base = "https://m.example/users/Tomas"
        #expect(actor.id.string == base && actor.kind == .person && actor.username == "Tomas")
        #expect(actor.name == "Tomás & co" && actor.summary == "<p>Learning SQL.</p>" && actor.webfinger == nil)
        #expect(actor.url?.string == "https://m.example/@Tomas" && actor.inbox.string == base + "/inbox")
        #expect(actor.sharedInbox?.string == "https://m.example/inbox" && actor.outbox?.string == base + "/outbox")
        #expect(actor.followers?.string == base + "/followers" && actor.following?.string == base + "/following")
        #expect(try actor.published == Samples.date("2016-03-16T00:00:00Z"))
        #expect(actor.keys.map(\.id.string) == [base + "#main-key"] && actor.keys.map(\.owner) == [actor.id])
        #expect(!actor.speaksMentoring && actor.mentor == nil)
    }

    @Test func readsGoToSocial() throws {
        let actor = try #require(try read(PeerActors.goToSocial))
        #expect(actor.username == "ines" && actor.summary.isEmpty && actor.sharedInbox == nil)
        #expect(actor.keys.map(\.id.string) == ["https://gts.example/users/ines/main-key"])
        #expect(try actor.published == Samples.date("2022-05-20T11:09:18.345Z"))
    }

    /// The stub names the actor by its id, under which the whole document is to be fetched.
    @Test func stubOfAKeyIsNoActor() throws {
        let stub = try JSON.parse(PeerActors.goToSocialStub)
        #expect(ActorDocument(stub) == nil)
        #expect(stub.id?.string == "https://gts.example/users/ines")
    }

    @Test func readsMisskey() throws {
        let actor = try #require(try read(PeerActors.misskey))
        #expect(actor.username == "lua" && actor.name.isEmpty && actor.sharedInbox?.string == "https://mk.example/inbox")
        #expect(actor.url?.string == "https://mk.example/@lua" && actor.keys.count == 1)
        let older = try JSON.parse(PeerActors.misskey).with("endpoints", nil)
        #expect(ActorDocument(older)?.sharedInbox?.string == "https://mk.example/inbox")
    }

    @Test func readsPleroma() throws {
        let actor = try #require(try read(PeerActors.pleroma))
        #expect(actor.username == "kai" && actor.webfinger == "acct:kai@p.example" && actor.url == actor.id)
        #expect(actor.sharedInbox?.string == "https://p.example/inbox" && actor.keys.count == 1)
    }

    @Test func readsFriendica() throws {
        let actor = try #require(try read(PeerActors.friendica))
        #expect(actor.kind == .organization && actor.summary == "<b>Bold</b> &amp; kind" && actor.keys.count == 1)
        #expect(actor.inbox.string == "https://f.example/inbox/ana" && actor.capabilities.isEmpty)
    }

    @Test func readsMobilizon() throws {
        let actor = try #require(try read(PeerActors.mobilizonGroup))
        #expect(actor.kind == .group && actor.username == "circle" && actor.summary.isEmpty && actor.keys.count == 1)
    }

    @Test func readsTheProfilesExample() throws {
        let actor = try #require(try read(ProfileExamples.mentor))
        #expect(actor.webfinger == "noor@b.example" && actor.name == "Noor")
        #expect(
            actor.keys.map(\.material) == [
                .pem("-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----\n"),
                .multibase("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"),
            ])
        #expect(
            actor.capabilities
                == ["https://mentoring.example/ns#v1", "https://datatracker.ietf.org/doc/html/rfc9421"])
        #expect(actor.mentor?.expertise == ["sql", "data careers"] && actor.mentor?.languages == ["de", "en", "tr"])
        #expect(actor.mentor?.isOpen == true && actor.speaksMentoring)
    }

    // MARK: Writing

    @Test func survivesTheWire() throws {
        var actor = try Samples.actor()
        let read = try #require(ActorDocument(try JSON.parse(actor.json.serialized())))
        #expect(read.hashtags.map(\.name) == ["sql", "DataCareers"] && read.fields.map(\.name) == ["Mentor for", "Sessions"])
        #expect(read.json == actor.json)
        actor.hashtags = read.hashtags
        actor.fields = read.fields
        #expect(read == actor)
    }

    @Test func survivesTheWireWithoutWhatIsOptional() throws {
        let id = try Samples.uri("https://b.example/actor")
        let actor = ActorDocument(
            id: id, kind: .application, username: "b.example", webfinger: nil, name: "", summary: "", url: nil,
            inbox: try Samples.uri("https://b.example/actor/inbox"), sharedInbox: nil, outbox: nil, followers: nil,
            following: nil, published: nil, keys: [], capabilities: [], mentor: nil)
        #expect(ActorDocument(actor.json) == actor)
        #expect(actor.json["publicKey"] == nil && actor.json["url"] == nil && actor.json["mnt:mentorStatus"] == nil)
    }

    // MARK: Refusals

    @Test("what no exchange can do without must be there", arguments: ["id", "type", "inbox", "preferredUsername"])
    func refusesWithout(key: String) throws {
        let document = try JSON.parse(PeerActors.mastodon)
        #expect(ActorDocument(document.with(key, nil)) == nil)
        #expect(ActorDocument(document.with(key, .null)) == nil)
        #expect(ActorDocument(document.with(key, 5)) == nil)
    }

    @Test("only actors are actors", arguments: ["Note", "person", "Tombstone", "Collection", "", "sec:Key"])
    func refusesOtherTypes(type: String) throws {
        #expect(ActorDocument(try JSON.parse(PeerActors.mastodon).with("type", .string(type))) == nil)
    }

    @Test("usernames stand in handles", arguments: [
        "", "tom as", "tom@as", "tomas\r\n", "tom\u{E1}s", "\u{212A}ai", "../x", "a%2fb", String(repeating: "a", count: 65),
    ])
    func refusesUsernames(username: String) throws {
        #expect(ActorDocument(try JSON.parse(PeerActors.mastodon).with("preferredUsername", .string(username))) == nil)
    }

    /// B14: nobody points our deliveries at a third party.
    @Test("inboxes are at the actor's origin", arguments: [
        "https://victim.example/inbox", "http://m.example/inbox", "https://m.example:8443/inbox",
        "https://m.example@victim.example/", "https://m.example.victim.example/inbox", "javascript:x", "/inbox",
    ])
    func refusesForeignInboxes(inbox: String) throws {
        let document = try JSON.parse(PeerActors.mastodon)
        #expect(ActorDocument(document.with("inbox", .string(inbox))) == nil)
        let shared = document.with("endpoints", ["sharedInbox": .string(inbox)])
        #expect(try #require(ActorDocument(shared)).sharedInbox == nil)
        #expect(try #require(ActorDocument(document.with("url", .string(inbox)))).url?.host ?? "m.example" == "m.example")
    }

    @Test func severalInboxesAreNone() throws {
        let document = try JSON.parse(PeerActors.mastodon)
        let inboxes: JSON = ["https://m.example/users/Tomas/inbox", "https://m.example/users/eve/inbox"]
        #expect(ActorDocument(document.with("inbox", inboxes)) == nil)
    }

    @Test func foreignKeysAreLeftOut() throws {
        let document = try JSON.parse(PeerActors.mastodon)
        let own = try #require(document["publicKey"])
        let foreign: [JSON] = [
            own.with("owner", "https://m.example/users/eve"), own.with("owner", "https://victim.example/users/Tomas"),
            own.with("id", "https://victim.example/users/Tomas#main-key"), own.with("owner", nil), own.with("id", nil),
            own.with("publicKeyPem", nil), own.with("publicKeyPem", 5), own.with("id", "#main-key"),
            own.with("owner", ["https://m.example/users/Tomas", "https://m.example/users/eve"]), "https://m.example/key", 5,
        ]
        for key in foreign {
            #expect(try #require(ActorDocument(document.with("publicKey", key))).keys.isEmpty)
            #expect(try #require(ActorDocument(document.with("publicKey", [key, own]))).keys.count == 1)
        }
        let multikey: JSON = [
            "id": "https://m.example/users/Tomas#ed25519-key", "type": "Multikey",
            "controller": "https://m.example/users/Tomas", "publicKeyMultibase": "z6Mk",
        ]
        let both = document.with("assertionMethod", [multikey])
        #expect(try #require(ActorDocument(both)).keys.map(\.material).last == .multibase("z6Mk"))
        for change in [("controller", "https://m.example/users/eve"), ("id", "https://e.example/#k"), ("type", "Key")] {
            let changed = document.with("assertionMethod", multikey.with(change.0, .string(change.1)))
            #expect(try #require(ActorDocument(changed)).keys.count == 1)
        }
    }

    @Test func keysAndCapabilitiesAreCounted() throws {
        let document = try JSON.parse(PeerActors.mastodon)
        let key = try #require(document["publicKey"])
        let many = document.with("publicKey", .array(Array(repeating: key, count: 5_000)))
            .with("generator", ["implements": .array(Array(repeating: ["href": "https://x.example/"], count: 5_000))])
        let actor = try #require(ActorDocument(many))
        #expect(actor.keys.count == 10 && actor.capabilities.count == 50)
    }

    @Test("capabilities come as links, texts and of several generators", arguments: [
        ["implements": [["href": "https://w3id.org/mentoring/ns#v1"]]],
        ["implements": ["href": "https://w3id.org/mentoring/ns#v1"]], ["implements": "https://w3id.org/mentoring/ns#v1"],
        ["https://x.example/", ["implements": [["name": "x"], ["href": "https://w3id.org/mentoring/ns#v1"]]]],
    ] as [JSON])
    func capabilities(generator: JSON) throws {
        let document = try JSON.parse(PeerActors.mastodon).with("generator", generator)
        #expect(try #require(ActorDocument(document)).speaksMentoring)
    }

    @Test func namesAreOneLine() throws {
        let document = try Samples.actor().json.with("name", "<p>Noor</p><p>Haddad<br>&amp; co</p>")
        #expect(try #require(ActorDocument(document)).name == "Noor Haddad & co")
    }

    @Test func oddValuesInAnyPropertyGiveAnActorOrNone() throws {
        let document = try Samples.actor().json
        for (key, _) in try #require(document.object) {
            for value in oddValues {
                guard let actor = ActorDocument(document.with(key, value)) else { continue }
                #expect(actor.inbox.isSameOrigin(as: actor.id))
                #expect(actor.keys.allSatisfy { $0.owner == actor.id })
                #expect(actor.name.unicodeScalars.count <= 100)
                _ = actor.json
            }
        }
    }
}
