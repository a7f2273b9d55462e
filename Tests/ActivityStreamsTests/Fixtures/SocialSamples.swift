import ActivityStreams
import Foundation
import JSONTree
import Schemas
import Testing
import Wire

/// The documents and activities of which `schemas/json` shows an example, by the path of the example below it.
enum SocialSamples {
    static let origin = "https://b.example"

    static func all() throws -> [(path: String, document: JSON)] {
        try follows() + posts() + statements() + moderation() + actors()
    }

    // MARK: Parts

    private static let noor = "https://b.example/users/noor"
    private static let mika = "https://a.example/users/mika"

    private static func uri(_ text: String) throws -> URI { try Samples.uri(text) }

    private static func activity(_ number: Int) throws -> URI {
        try uri("\(origin)/activities/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c\(number)")
    }

    /// Noor to Mika alone.
    private static func envelope(_ number: Int) throws -> Envelope {
        Envelope(
            id: try activity(number), actor: try uri(noor), to: [try uri(mika)],
            published: try Samples.date("2026-09-01T12:00:00Z"))
    }

    private static func envelope(_ number: Int, _ visibility: Reach, people: [URI] = []) throws -> Envelope {
        var envelope = try envelope(number)
        envelope.addressing = Addressing(visibility, followers: try uri(noor + "/followers"), people: people)
        return envelope
    }

    private static func stub(_ type: String, _ number: Int, object: String) throws -> ActivityStub {
        ActivityStub(type: type, id: try activity(number), actor: try uri(noor), object: try uri(object))
    }

    // MARK: Follow

    private static func follows() throws -> [(path: String, document: JSON)] {
        let follow = ActivityStub(
            type: "Follow", id: try uri("https://a.example/activities/71f0c2aa-4d3e-4b7b-8d6e-1f5a9b2c3d15"),
            actor: try uri(mika), object: try uri(noor))
        let join = ActivityStub(
            type: "Join", id: try uri("https://a.example/activities/71f0c2aa-4d3e-4b7b-8d6e-1f5a9b2c3d16"),
            actor: try uri(mika), object: try uri("https://b.example/posts/5"))
        return [
            ("follow/examples/follow.json", try envelope(10).follow(try uri(mika))),
            ("follow/examples/accept.json", try envelope(11).accept(follow)),
            ("follow/examples/accept.join.json", try envelope(12).accept(join)),
            ("follow/examples/reject.json", try envelope(13).reject(follow)),
            ("follow/examples/undo.json", try envelope(14).undo(try stub("Follow", 10, object: mika))),
        ]
    }

    // MARK: Post

    static func note() throws -> PostDocument {
        let html =
            "<p><a href=\"https://a.example/@mika\" class=\"u-url mention\">@mika</a> like this: "
            + "<a href=\"https://b.example/tags/sql\" class=\"mention hashtag\" rel=\"tag\">#sql</a></p>"
        return PostDocument(
            id: try uri("https://b.example/posts/1"), author: try uri(noor), content: html, language: "en",
            summary: "Databases",
            isSensitive: true, url: try uri("https://b.example/@noor/1"),
            inReplyTo: try uri("https://a.example/posts/7"),
            conversation: "https://a.example/contexts/7", published: try Samples.date("2026-09-01T12:00:00Z"),
            updated: try Samples.date("2026-09-01T12:30:00Z"),
            addressing: Addressing(.everyone, followers: try uri(noor + "/followers"), people: [try uri(mika)]),
            tags: Tags(
                mentions: [.init(actor: try uri(mika), name: "@mika@a.example")],
                hashtags: [.init(name: "sql", address: try uri("https://b.example/tags/sql"))],
                emojis: [
                    .init(
                        name: "blob", icon: try uri("https://b.example/emoji/blob.png"),
                        id: try uri("https://b.example/emoji/blob"),
                        updated: try Samples.date("2026-01-05T00:00:00Z"))
                ]),
            attachments: [
                AttachmentDocument(
                    kind: .image, url: try uri("https://b.example/media/1.png"), mediaType: "image/png",
                    description: "Two tables, joined", blurhash: "LEHV6nWB2yk8pyo0adR*.7kCMdnj", width: 1200,
                    height: 640,
                    focalPoint: .init(x: 0, y: -0.5)),
                AttachmentDocument(
                    kind: .link, url: try uri("https://docs.example/sql"), mediaType: "text/html", description: "Manual"
                ),
            ],
            replies: try uri("https://b.example/posts/1/replies"), quote: try uri("https://a.example/posts/6"),
            approval: try uri("https://a.example/approvals/7"))
    }

    static func poll() throws -> PostDocument {
        PostDocument(
            id: try uri("https://b.example/posts/2"), kind: .question, author: try uri(noor), content: "<p>When?</p>",
            url: try uri("https://b.example/@noor/2"), published: try Samples.date("2026-09-01T12:00:00Z"),
            addressing: Addressing(.unlisted, followers: try uri(noor + "/followers")),
            poll: PollDocument(
                options: [.init(name: "Tuesday", votes: 9), .init(name: "Never", votes: 2)], allowsSeveral: false,
                endTime: try Samples.date("2026-09-05T09:00:00Z"), isClosed: true,
                closedAt: try Samples.date("2026-09-05T09:00:00Z"), votersCount: 11),
            replies: try uri("https://b.example/posts/2/replies"))
    }

    static func direct() throws -> PostDocument {
        PostDocument(
            id: try uri("https://b.example/posts/3"), author: try uri(noor), content: "<p>Only for you.</p>",
            published: try Samples.date("2026-09-01T12:00:00Z"), addressing: Addressing(to: [mika]),
            tags: Tags(mentions: [.init(actor: try uri(mika), name: "@mika@a.example")]), isDirectMessage: true)
    }

    /// In the context of a session.
    static func message() throws -> PostDocument {
        let html =
            "<p><a href=\"https://a.example/@mika\" class=\"u-url mention\">@mika</a> Please bring both versions.</p>"
        return PostDocument(
            id: try uri("https://b.example/posts/6"), author: try uri(noor), content: html,
            inReplyTo: try uri("https://a.example/posts/7"),
            conversation: "https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11",
            published: try Samples.date("2026-09-01T12:00:00Z"), addressing: Addressing(to: [mika]),
            tags: Tags(mentions: [.init(actor: try uri(mika), name: "@mika@a.example")]), isDirectMessage: true)
    }

    static func article() throws -> PostDocument {
        PostDocument(
            id: try uri("https://b.example/posts/4"), kind: .article, author: try uri(noor), name: "On tables",
            content: "<h2>Why</h2><p>Because.</p>", language: "en", summary: "Because.",
            url: try uri("https://b.example/@noor/4"),
            published: try Samples.date("2026-09-01T12:00:00Z"),
            addressing: Addressing(.everyone, followers: try uri(noor + "/followers")))
    }

    static func event() throws -> PostDocument {
        PostDocument(
            id: try uri("https://b.example/posts/5"), kind: .event, author: try uri(noor), name: "Open house",
            content: "<p>Tue 8 Sep 2026, 18:00-19:00 (Europe/Berlin), Library.</p><p>Come.</p>",
            summary: "Tue 8 Sep 2026, 18:00-19:00 (Europe/Berlin), Library", url: try uri("https://b.example/@noor/5"),
            published: try Samples.date("2026-09-01T12:00:00Z"),
            addressing: Addressing(.everyone, followers: try uri(noor + "/followers")),
            event: EventDocument(
                start: try Samples.date("2026-09-08T16:00:00Z"), end: try Samples.date("2026-09-08T17:00:00Z"),
                zone: TimeZoneName("Europe/Berlin"),
                place: .init(name: "Library", link: try uri("https://library.example/"), isVirtual: false),
                status: .confirmed))
    }

    private static func posts() throws -> [(path: String, document: JSON)] {
        [
            ("post/examples/post.json", try note().document), ("post/examples/post.question.json", try poll().document),
            ("post/examples/post.direct.json", try direct().document),
            ("post/examples/post.article.json", try article().document),
            ("post/examples/post.event.json", try event().document),
            ("post/examples/create.json", try envelope(20, .everyone, people: [try uri(mika)]).create(try note())),
            ("post/examples/create.direct.json", try envelope(21).create(try direct())),
            ("post/examples/create.message.json", try envelope(19).create(try message())),
            ("post/examples/update.json", try envelope(22, .unlisted).update(try poll())),
        ]
    }

    private static func statements() throws -> [(path: String, document: JSON)] {
        let post = try uri("https://a.example/posts/7")
        let tombstone = TombstoneDocument(
            id: try uri("https://b.example/posts/1"), formerType: "Note",
            deleted: try Samples.date("2026-09-01T12:00:00Z"))
        let featured = try uri(noor + "/featured")
        let own = try uri("https://b.example/posts/1")
        return [
            ("post/examples/delete.json", try envelope(23, .everyone).delete(tombstone)),
            ("post/examples/like.json", try envelope(24).like(post)),
            ("post/examples/undo.json", try envelope(25).undo(try stub("Like", 24, object: post.string))),
            ("post/examples/announce.json", try envelope(26, .everyone, people: [try uri(mika)]).announce(post)),
            (
                "post/examples/undo.announce.json",
                try envelope(27, .everyone).undo(try stub("Announce", 26, object: post.string))
            ),
            ("post/examples/add.json", try envelope(28, .everyone).add(own, to: featured)),
            ("post/examples/remove.json", try envelope(29, .everyone).remove(own, from: featured)),
            ("post/examples/vote.json", try envelope(30).vote(try uri("\(noor)/votes/1"), for: "Tuesday", in: post)),
        ]
    }

    // MARK: Moderation and actors

    private static func moderation() throws -> [(path: String, document: JSON)] {
        var report = try envelope(40)
        report.actor = try uri("https://b.example/actor")
        return [
            ("moderation/examples/block.json", try envelope(41).block(try uri(mika))),
            ("moderation/examples/undo.json", try envelope(42).undo(try stub("Block", 41, object: mika))),
            (
                "moderation/examples/flag.json",
                report.flag(
                    try uri(mika), posts: [try uri("https://a.example/posts/7")], comment: "Harassing messages.")
            ),
        ]
    }

    /// An actor with what the profile of a person has.
    static func actor() throws -> ActorDocument {
        let id = try uri(noor)
        let document = try JSON.parse(try example("examples/actor.json"))
        var actor = try #require(ActorDocument(document))
        actor.fields.insert(
            .init(name: "Site", value: "<a href=\"https://noor.example/\" rel=\"me\">noor.example</a>"), at: 0)
        actor.icon = ImageDocument(
            url: try uri("https://b.example/media/noor.png"), mediaType: "image/png", description: "Noor laughs")
        actor.image = ImageDocument(url: try uri("https://b.example/media/wide.jpg"), mediaType: "image/jpeg")
        actor.aliases = [try uri("https://old.example/users/noor")]
        actor.featured = try uri(noor + "/featured")
        actor.updated = try Samples.date("2026-09-01T12:00:00Z")
        actor.manuallyApprovesFollowers = false
        actor.isIndexable = true
        #expect(actor.id == id)
        return actor
    }

    private static func actors() throws -> [(path: String, document: JSON)] {
        [
            ("actor/examples/update.json", try envelope(50, .everyone).update(try actor())),
            ("actor/examples/delete.json", try envelope(51, .everyone).deleteActor()),
            (
                "actor/examples/move.json",
                try envelope(52, .everyone).move(to: try uri("https://new.example/users/noor"))
            ),
        ]
    }

    static func example(_ path: String) throws -> String { try #require(Schemas.text(of: "json/" + path), "\(path)") }
}
