import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation

/// What leaves when people here write: to whom, and word for word.
struct PostsOutTests {
    /// Ben follows Ann, Bea asked to, Eve is whom she can name, and Zed is only known.
    struct Scene {
        let bench: SocialBench
        let ben: Actor
        let eve: Actor
        let zed: Actor

        init(_ federation: TestFederation) async throws {
            bench = try await SocialBench(federation)
            (ben, eve) = (try await bench.known(bench.ben), try await bench.known(bench.eve))
            zed = try await bench.known(try bench.e.person("zed"))
            try await bench.home.follow(bench.ann, by: ben)
            try await bench.home.follow(bench.ann, by: try await bench.known(bench.bea), .pending)
        }

        var home: TestCommunity { bench.home }
        var mention: String { "@eve@\(bench.e.origin.authority)" }

        func publish(
            _ text: String, _ visibility: Visibility = .public, with change: (inout PostDraft) -> Void = { _ in }
        ) async throws -> Post {
            var draft = PostDraft(text)
            draft.visibility = visibility
            change(&draft)
            return try await bench.federation.publish(draft, by: bench.ann)
        }

        /// Types of what waits for each inbox.
        func mail() async throws -> [URI: [String]] {
            try await bench.mail().reduce(into: [:]) { $0[$1.inbox, default: []].append($1.activity.type ?? "") }
        }

        func forget() async throws { _ = try await home.database.execute("delete from jobs") }

        func last(_ schema: String) async throws -> JSON {
            let activity = try #require(try await home.sent().last)
            let errors = try JSONSchema().errors(in: activity, as: schema)
            #expect(errors == [], "\(errors.joined(separator: "\n"))")
            return activity
        }
    }

    private func withScene(_ body: (Scene) async throws -> Void) async throws {
        try await withFederation { try await body(try await Scene($0)) }
    }

    // MARK: Create

    @Test(
        "A post goes to accepted followers unless it is direct, and to whom it names; to nobody else",
        arguments: Visibility.allCases)
    func recipients(visibility: Visibility) async throws {
        try await withScene { scene in
            let post = try await scene.publish("Hello \(scene.mention)", visibility)
            var expected = [scene.eve.inbox: ["Create"]]
            if visibility != .direct { expected[scene.ben.inbox] = ["Create"] }
            #expect(try await scene.mail() == expected)
            let create = try await scene.last("post/create")
            let (everybody, followers, eve) = (
                JSON.string(SocialBench.everybody), JSON.string("\(scene.bench.ann.uri)/followers"),
                JSON.string(scene.eve.uri.string)
            )
            let (to, cc): (JSON, JSON) =
                switch visibility {
                case .public: ([everybody], [followers, eve])
                case .unlisted: ([followers], [everybody, eve])
                case .followers: ([followers], [eve])
                case .direct: ([eve], [])
                }
            for document in [create, create["object"] ?? .null] {
                #expect(document["to"] == to)
                #expect(document["cc"] == cc)
            }
            #expect(create["object"]?["directMessage"] == (visibility == .direct ? true : nil))
            #expect(create["object"]?["replies"] == (visibility.isOpen ? replies(of: post) : nil))
            let stored = try #require(try await scene.home.database.activity(uri: try uri("\(post.uri)/activity")))
            #expect(stored.isPublic == visibility.isOpen)
        }
    }

    /// With a page at hand, as GoToSocial needs one to find them.
    private func replies(of post: Post) -> JSON {
        let collection = "\(post.uri)/replies"
        return [
            "id": .string(collection), "type": "Collection",
            "first": [
                "type": "CollectionPage", "partOf": .string(collection), "next": .string("\(collection)?after=0"),
                "items": [],
            ],
        ]
    }

    @Test("Pictures go with their type, size, description and what of them must be seen")
    func pictures() async throws {
        try await withScene { scene in
            let said = MediaChange(description: "A cat", focus: .init(x: 0.5, y: -0.25))
            let picture = try await scene.home.picture(of: scene.bench.ann, said)
            _ = try await scene.publish("") { $0.media = [picture.id] }
            let note = try await scene.last("post/create")["object"] ?? .null
            let url = scene.home.community.addresses.media(MediaFile(picture.key, .original, .jpeg)).string
            #expect(
                note["attachment"] == [
                    [
                        "type": "Document", "mediaType": "image/jpeg", "url": .string(url), "name": "A cat", "width": 60,
                        "height": 40, "focalPoint": [.double(0.5), .double(-0.25)],
                    ]
                ])
        }
    }

    @Test("A note, word for word")
    func wordForWord() async throws {
        try await withScene { scene in
            let post = try await scene.publish("Hello \(scene.mention) #Swift") { draft in
                draft.warning = "Careful"
                draft.language = "en"
            }
            let create = try await scene.last("post/create")
            let (ann, time) = (scene.bench.ann.uri.string, JSON.string(DateTime.format(post.publishedAt)))
            let addressing: (to: JSON, cc: JSON) = (
                [.string(SocialBench.everybody)], [.string("\(ann)/followers"), .string(scene.eve.uri.string)]
            )
            let tags: JSON = [
                ["type": "Mention", "href": .string(scene.eve.uri.string), "name": .string("@\(scene.eve.handle)")],
                ["type": "Hashtag", "href": .string("\(scene.home.community.origin)/tags/swift"), "name": "#swift"],
            ]
            let note: JSON = [
                "id": .string(post.uri.string), "type": "Note", "attributedTo": .string(ann), "summary": "Careful",
                "content": .string(post.content.html), "contentMap": ["en": .string(post.content.html)],
                "sensitive": true, "url": .string("\(scene.home.community.origin)/@ann/\(post.id.rawValue)"), "published": time, "to": addressing.to,
                "cc": addressing.cc, "tag": tags, "attachment": [], "replies": replies(of: post),
            ]
            #expect(create["object"] == note)
            var envelope = create.object ?? [:]
            envelope["@context"] = nil
            envelope["object"] = nil
            #expect(
                JSON.object(envelope) == [
                    "id": .string("\(post.uri)/activity"), "type": "Create", "actor": .string(ann), "to": addressing.to,
                    "cc": addressing.cc, "published": time,
                ])
            #expect(post.content.html.contains("href=\"\(scene.eve.uri)\""))
        }
    }

    @Test("An article, an event, a poll and pictures are as their schema says")
    func kinds() async throws {
        try await withScene { scene in
            let picture = Attachment(
                url: try uri("https://files.example/1.png"), mediaType: "image/png", description: "A cat",
                blurhash: "UeKUpFxuo~R%0nW;WCnhF6RjaJt757oJodS$", width: 20, height: 10, focus: .init(x: 0.5, y: -0.5))
            let start = Date.hence(days: 3)
            for (kind, change) in [
                ("Article", { $0.title = "On cats" }), ("Note", { $0.attachments = [picture] }),
                ("Question", { $0.poll = .init(options: ["A", "B"], isMultiple: true, seconds: 600) }),
                (
                    "Event",
                    {
                        $0.title = "Meeting"
                        $0.event = EventDetails(
                            start: start, end: start.addingTimeInterval(3600), zone: try? zone("Europe/Berlin"),
                            place: "Library", link: nil)
                    }
                ),
                (
                    "Event",
                    {
                        $0.title = "Call"
                        $0.event = EventDetails(
                            start: start, end: nil, zone: nil, place: nil, link: URI("https://meet.example/1"))
                    }
                ),
            ] as [(String, (inout PostDraft) -> Void)] {
                _ = try await scene.publish("Hello", with: change)
                let create = try await scene.last("post/create")
                #expect(create["object"]?["type"]?.string == kind)
            }
            #expect(try await scene.home.sent().count == 5)
        }
    }

    @Test("Followers of one server share an inbox where it has one; whom a private post names has their own")
    func sharedInboxes() async throws {
        for (visibility, expected) in [
            (Visibility.public, ["https://b.example/inbox", "https://c.example/inbox"]),
            (.followers, ["https://b.example/inbox", "https://c.example/users/cy/inbox"]),
        ] {
            try await withFederation { federation in
                let bench = try await SocialBench(federation)
                let home = bench.home
                for name in ["one", "two", "three"] {
                    try await home.follow(bench.ann, by: try await home.neighbour(name))
                }
                let cy = try await home.neighbour("cy", at: "c.example")
                var draft = PostDraft("Hello @\(cy.handle)")
                draft.visibility = visibility
                _ = try await federation.publish(draft, by: bench.ann)
                #expect(try await bench.mail().map(\.inbox.string).sorted() == expected)
            }
        }
    }

    @Test(
        "A direct post that names nobody elsewhere goes nowhere", arguments: ["Hello", "Hello @max", "Hello @nobody"])
    func directToNobody(text: String) async throws {
        try await withScene { scene in
            _ = try await scene.publish(text, .direct)
            #expect(try await scene.home.count(.jobs) == 0)
            #expect(try await scene.home.count(.activities) == 0)
        }
    }

    @Test("An answer names what it answers, and only who may read that can answer it")
    func answers() async throws {
        try await withScene { scene in
            let parent = try await scene.home.post(by: scene.eve)
            let hidden = try await scene.home.post(by: scene.eve, .followers)
            let answer = try await scene.publish("Yes") { $0.replyTo = parent.id }
            let create = try await scene.last("post/create")
            #expect(create["object"]?["inReplyTo"]?.string == parent.uri.string)
            #expect(answer.thread == parent.id)
            #expect(try await scene.mail() == [scene.ben.inbox: ["Create"], scene.eve.inbox: ["Create"]])
            _ = try await scene.publish("Yes", .followers) { $0.replyTo = parent.id }
            #expect(try await scene.mail()[scene.eve.inbox] == ["Create"])
            await #expect(throws: InvalidFields.self) { _ = try await scene.publish("Yes") { $0.replyTo = hidden.id } }
        }
    }

    @Test("Who blocks somebody tells them nothing, even naming them")
    func namesBlocked() async throws {
        try await withScene { scene in
            try await scene.home.block(scene.eve, by: scene.bench.ann)
            _ = try await scene.publish("\(scene.mention) is unkind")
            _ = try await scene.publish("\(scene.mention) is unkind", .direct)
            #expect(try await scene.mail() == [scene.ben.inbox: ["Create"]])
        }
    }

    // MARK: Update and Delete

    private func edit(_ post: Post, _ text: String, _ scene: Scene) async throws {
        let mentioned = try await scene.bench.federation.findMentioned(in: text)
        try await scene.home.database.transaction { transaction in
            _ = try await scene.bench.desks.posts.edit(
                post.id, PostDraft(text), by: scene.bench.ann, mentioned: mentioned,
                now: post.publishedAt.addingTimeInterval(60), in: transaction)
        }
    }

    private func like(_ post: Post, by actor: Actor, _ scene: Scene) async throws {
        try await scene.home.database.transaction {
            try await scene.bench.desks.reactions.like(post.id, by: actor, activity: actor.inbox, in: $0)
        }
    }

    @Test("An edit of an open post goes to all who hold it", arguments: [Visibility.public, .unlisted])
    func editsOpen(visibility: Visibility) async throws {
        try await withScene { scene in
            let post = try await scene.publish("Hello \(scene.mention)", visibility)
            try await like(post, by: scene.zed, scene)
            try await scene.forget()
            try await edit(post, "Bye \(scene.mention)", scene)
            let expected = [scene.ben.inbox, scene.eve.inbox, scene.zed.inbox].map { ($0, ["Update"]) }
            #expect(try await scene.mail() == Dictionary(uniqueKeysWithValues: expected))
            let update = try await scene.last("post/update")
            #expect(update["object"]?["id"]?.string == post.uri.string)
            #expect(update["object"]?["content"]?.string?.hasPrefix("<p>Bye") == true)
            #expect(
                update["object"]?["updated"]?.string == DateTime.format(post.publishedAt.addingTimeInterval(60)))
            #expect(update["object"]?["published"]?.string == DateTime.format(post.publishedAt))
        }
    }

    @Test(
        "An edit of what is not for all goes to nobody who may not read it now, whoever reacted to it",
        arguments: [Visibility.followers, .direct])
    func editsPrivate(visibility: Visibility) async throws {
        try await withScene { scene in
            try await scene.home.follow(scene.bench.ann, by: scene.zed)
            let post = try await scene.publish("Hello \(scene.mention)", visibility)
            if visibility == .followers { try await like(post, by: scene.zed, scene) }
            try await like(post, by: scene.eve, scene)
            try await scene.home.database.transaction { transaction in
                _ = try await scene.bench.desks.relations.reject(scene.zed, by: scene.bench.ann, in: transaction)
            }
            try await scene.forget()
            try await edit(post, "Secret \(scene.mention)", scene)
            var expected = [scene.eve.inbox: ["Update"]]
            if visibility == .followers { expected[scene.ben.inbox] = ["Update"] }
            #expect(try await scene.mail() == expected)
            try await scene.forget()
            try await scene.home.block(scene.eve, by: scene.bench.ann)
            try await edit(post, "More secret \(scene.mention)", scene)
            expected[scene.eve.inbox] = nil
            #expect(try await scene.mail() == expected)
        }
    }

    @Test(
        "A deletion ends what still waits of the post, and reaches all who may hold it", arguments: Visibility.allCases)
    func deletes(visibility: Visibility) async throws {
        try await withScene { scene in
            let post = try await scene.publish("Hello \(scene.mention)", visibility)
            if visibility.isOpen { try await like(post, by: scene.zed, scene) }
            try await scene.home.database.transaction {
                try await scene.bench.desks.posts.delete(post.id, by: scene.bench.ann, in: $0)
            }
            var expected = [scene.eve.inbox: ["Delete"]]
            if visibility != .direct { expected[scene.ben.inbox] = ["Delete"] }
            if visibility.isOpen { expected[scene.zed.inbox] = ["Delete"] }
            #expect(try await scene.mail() == expected)
            let delete = try await scene.last("post/delete")
            #expect(delete["object"]?["id"]?.string == post.uri.string)
            #expect(delete["object"]?["formerType"] == "Note")
            #expect(!delete.serializedText().contains("Hello"))
            #expect(try await scene.home.count(.posts) == 0)
            #expect(try await scene.home.database.isTombstone(post.uri))
            #expect(try await scene.home.database.activity(uri: try uri("\(post.uri)/activity")) == nil)
        }
    }

    @Test("Only authors edit and delete, and only what they can see is told apart")
    func others() async throws {
        try await withScene { scene in
            let (open, hidden) = (
                try await scene.home.post(by: scene.bench.max), try await scene.home.post(by: scene.bench.max, .direct)
            )
            for (post, refusal) in [(open, PostRefusal.notAllowed), (hidden, .notFound)] {
                await #expect(throws: refusal) { try await edit(post, "x", scene) }
                await #expect(throws: refusal) {
                    try await scene.home.database.transaction {
                        try await scene.bench.desks.posts.delete(post.id, by: scene.bench.ann, in: $0)
                    }
                }
            }
        }
    }
}
