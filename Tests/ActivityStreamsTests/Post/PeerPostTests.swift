import ActivityStreams
import JSONTree
import Testing
import Wire

/// Posts as other servers publish them.
@Suite struct PeerPostTests {
    private func read(_ text: String) throws -> PostDocument { try #require(PostDocument(try JSON.parse(text))) }

    private func followers(_ text: String) throws -> URI { try Samples.uri(text + "/followers") }

    @Test func readsMastodon() throws {
        let post = try read(PeerPosts.mastodon)
        let base = "https://m.example/users/Tomas/statuses/112123926412043539"
        #expect(post.id.string == base && post.kind == .note && post.author.string == "https://m.example/users/Tomas")
        #expect(
            post.content?.hasPrefix("<p><span class=\"h-card\"") == true && post.language == "en" && post.name == nil)
        #expect(post.summary == "SQL & \"joins\"" && post.isSensitive && !post.isDirectMessage && !post.isVote)
        #expect(post.url?.string == "https://m.example/@Tomas/112123926412043539")
        #expect(post.inReplyTo?.string == "https://b.example/posts/7" && post.replies?.string == base + "/replies")
        #expect(post.conversation == "tag:b.example,2026-03-19:objectId=29969291:objectType=Conversation")
        #expect(
            try post.published == Samples.date("2026-03-19T19:09:01Z")
                && post.updated == Samples.date("2026-03-19T20:00:00Z"))
        #expect(try post.visibility(followers: followers("https://m.example/users/Tomas")) == .unlisted)
        #expect(
            post.addressing.recipients.map(\.string) == [
                "https://m.example/users/Tomas/followers", "https://b.example/users/noor",
            ])
        let emoji = Tags.Emoji(
            name: "blob", icon: try Samples.uri("https://files.m.example/emoji/blob.png"),
            id: try Samples.uri("https://m.example/emojis/12"), updated: try Samples.date("2024-01-01T00:00:00Z"))
        #expect(
            try post.tags
                == Tags(
                    mentions: [.init(actor: Samples.uri("https://b.example/users/noor"), name: "@noor@b.example")],
                    hashtags: [.init(name: "sql", address: Samples.uri("https://m.example/tags/sql"))], emojis: [emoji])
        )
        #expect(
            try post.attachments == [
                AttachmentDocument(
                    kind: .image, url: Samples.uri("https://files.m.example/media/1.png"), mediaType: "image/png",
                    description: "Two tables,\njoined", blurhash: "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH", width: 1200,
                    height: 640, focalPoint: .init(x: 0, y: -0.52))
            ])
        #expect(post.poll == nil && post.event == nil && post.quote == nil)
    }

    @Test func readsPolls() throws {
        let post = try read(PeerPosts.mastodonPoll)
        let end = try Samples.date("2026-03-26T19:09:01Z")
        #expect(
            post.poll
                == PollDocument(
                    options: [.init(name: "Tue <3 & Wed", votes: 9), .init(name: "Never", votes: 2)],
                    allowsSeveral: true,
                    endTime: end, isClosed: true, closedAt: end, votersCount: 11))
        let akkoma = try read(PeerPosts.akkomaPoll)
        #expect(akkoma.poll?.allowsSeveral == false && akkoma.poll?.endTime == nil && akkoma.poll?.isClosed == true)
        #expect(
            akkoma.poll?.options.map(\.votes) == [1, 0] && akkoma.isDirectMessage
                && akkoma.visibility(followers: nil) == .direct)
    }

    /// The name of a vote must equal that of the option, so both are read alike.
    @Test func readsVotes() throws {
        let vote = try read(PeerPosts.mastodonVote)
        let poll = try read(PeerPosts.mastodonPoll).poll
        #expect(
            vote.isVote && vote.name == poll?.options.first?.name
                && vote.inReplyTo?.string == "https://b.example/posts/9")
        #expect(vote.addressing == Addressing(to: ["https://b.example/users/noor"]))
    }

    @Test func readsQuotes() throws {
        let post = try read(PeerPosts.mastodonQuote)
        #expect(
            post.quote?.string == "https://b.example/posts/8" && post.conversation == "https://m.example/contexts/1-6")
        #expect(try post.visibility(followers: followers("https://m.example/users/Tomas")) == .followers)
        #expect(try read(PeerPosts.misskey).quote?.string == "https://mk.example/notes/0ojy")
        for key in ["quote", "quoteUrl", "quoteUri", "_misskey_quote"] {
            let bare = try JSON.parse(PeerPosts.mastodonVote).with(key, "https://b.example/posts/8")
            #expect(PostDocument(bare)?.quote?.string == "https://b.example/posts/8")
        }
    }

    @Test func readsGoToSocial() throws {
        let post = try read(PeerPosts.goToSocial)
        #expect(
            post.attachments.map(\.description) == ["A cat\non a <mat>"] && post.attachments.map(\.kind) == [.image])
        #expect(post.tags.hashtags.map(\.name) == ["Gatos"] && post.language == "es" && post.summary == nil)
        #expect(try post.visibility(followers: followers("https://gts.example/users/ines")) == .everyone)
        #expect(post.replies?.string == "https://gts.example/users/ines/statuses/01J/replies")
    }

    @Test func readsMisskey() throws {
        let post = try read(PeerPosts.misskey)
        #expect(post.addressing.to == [Vocabulary.everybody] && post.visibility(followers: nil) == .everyone)
        #expect(
            post.attachments.map(\.kind) == [.video] && post.tags.emojis.map(\.name) == ["ai_chan"]
                && post.summary == nil)
    }

    @Test func readsPleroma() throws {
        let post = try read(PeerPosts.pleroma)
        #expect(post.attachments.first?.url.string == "https://p.example/media/a.webp")
        #expect(post.attachments.first?.width == 800 && post.attachments.first?.height == 600 && !post.isSensitive)
        #expect(post.conversation == "https://p.example/contexts/31f6" && post.visibility(followers: nil) == .unlisted)
        #expect(try post.published == Samples.date("2026-06-01T10:00:00.123Z"))
    }

    @Test func readsFriendica() throws {
        let post = try read(PeerPosts.friendica)
        #expect(
            post.kind == .page && post.name == "A spacewalk" && post.content == "They went out."
                && post.language == "de")
        #expect(post.url?.host == "news.example" && post.attachments.map(\.kind) == [.link] && post.summary == nil)
    }

    @Test func readsLemmy() throws {
        let post = try read(PeerPosts.lemmy)
        #expect(post.kind == .page && post.name == "Tea & biscuits" && post.visibility(followers: nil) == .everyone)
        #expect(post.attachments.map(\.url.string) == ["https://l.example/pictrs/image/e.png"])
        let comment = try read(PeerPosts.lemmyComment)
        #expect(
            comment.inReplyTo?.string == "https://l.example/post/55143" && comment.updated == nil && !comment.isVote)
    }

    @Test func readsPeerTube() throws {
        let post = try read(PeerPosts.peerTube)
        #expect(post.kind == .video && post.author.string == "https://pt.example/accounts/lin")
        #expect(post.url?.string == "https://pt.example/w/e7946124" && post.name == "Indexes, explained")
        #expect(post.content == "<p>What an index &lt;is&gt;</p><p>- a **tree**<br>- a price</p>")
        #expect(post.tags.hashtags.map(\.name) == ["sql"] && post.attachments.isEmpty)
    }

    @Test func readsMobilizon() throws {
        let post = try read(PeerPosts.mobilizon)
        #expect(
            post.kind == .event && post.author.string == "https://mz.example/@dancers" && post.name == "Dance class")
        #expect(
            try post.event
                == EventDocument(
                    start: Samples.date("2026-12-11T19:00:00Z"), end: Samples.date("2026-12-11T21:00:00Z"),
                    zone: TimeZoneName("Europe/London"),
                    place: .init(
                        name: "The Kenn Centre, Devon Expressway, EX6 7TW Teignbridge, England, United Kingdom",
                        link: nil,
                        isVirtual: false), status: .confirmed))
        #expect(
            post.attachments.map(\.kind) == [.image, .link]
                && post.attachments.last?.url.string == "https://dance.example/")
    }

    @Test func readsWordPress() throws {
        let post = try read(PeerPosts.wordPress)
        #expect(
            post.kind == .article && post.name == "On tables" && post.summary == "Because. […]" && post.language == "en"
        )
        #expect(
            post.attachments.map(\.description) == ["Tables"] && post.url?.string == "https://wp.example/on-tables/")
        let event = try read(PeerPosts.eventBridge)
        #expect(event.event?.end == nil && event.event?.zone == nil && event.event?.status == .cancelled)
        #expect(
            event.event?.place?.isVirtual == true && event.event?.place?.link?.string == "https://meet.example/open")
        #expect(event.visibility(followers: nil) == .everyone)
    }

    @Test func readsGancioAndHubzilla() throws {
        let gancio = try read(PeerPosts.gancio)
        #expect(gancio.event?.place == .init(name: "Circolo, Via Roma 1, Torino", link: nil, isVirtual: false))
        #expect(gancio.attachments.first?.focalPoint == .init(x: -0.1, y: 0) && gancio.event?.end == nil)
        let hubzilla = try read(PeerPosts.hubzilla)
        #expect(
            hubzilla.author.string == "https://h.example/channel/ola" && hubzilla.event?.place?.name == "The old hall")
    }

    @Test func readsFunkwhale() throws {
        let post = try read(PeerPosts.funkwhale)
        #expect(
            post.kind == .audio && post.url?.string == "https://fw.example/library/tracks/1"
                && post.addressing.cc.isEmpty)
    }

    @Test("what was read is written so that it reads the same", arguments: PeerPosts.all.map(\.name))
    func survivesTheWire(name: String) throws {
        let text = try #require(PeerPosts.all.first { $0.name == name }).text
        let post = try read(text)
        #expect(PostDocument(try JSON.parse(post.json.serialized())) == post)
        #expect(PostDocument(try JSON.parse(post.document.serialized())) == post)
    }
}
