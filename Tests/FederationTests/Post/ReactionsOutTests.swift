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

/// What leaves when people here do something with posts: to whom, and word for word.
struct ReactionsOutTests {
    typealias Scene = PostsOutTests.Scene

    private func withScene(_ body: (Scene) async throws -> Void) async throws {
        try await withFederation { try await body(try await Scene($0)) }
    }

    private func act(_ scene: Scene, _ body: (ReactionDesk, Transaction) async throws -> Void) async throws {
        try await scene.home.database.transaction { try await body(scene.bench.desks.reactions, $0) }
    }

    /// An activity without what each has: context, id, actor and time.
    private func essence(_ activity: JSON, _ scene: Scene) throws -> JSON {
        var object = activity.object ?? [:]
        #expect(object["actor"]?.string == scene.bench.ann.uri.string)
        let id = try uri(object["id"]?.string ?? "")
        #expect(id.isSameOrigin(as: scene.bench.ann.uri))
        for name in ["@context", "id", "actor", "published"] { object[name] = nil }
        return .object(object)
    }

    @Test("A Like goes to the author alone, and its end names it")
    func like() async throws {
        try await withScene { scene in
            let post = try await scene.home.post(by: scene.eve)
            let eve = JSON.string(scene.eve.uri.string)
            try await act(scene) { try await $0.like(post.id, by: scene.bench.ann, in: $1) }
            let like = try await scene.last("post/like")
            #expect(
                try essence(like, scene) == ["type": "Like", "to": [eve], "cc": [], "object": .string(post.uri.string)])
            try await act(scene) { try await $0.like(post.id, by: scene.bench.ann, in: $1) }
            try await act(scene) { try await $0.unlike(post.id, by: scene.bench.ann, in: $1) }
            try await act(scene) { try await $0.unlike(post.id, by: scene.bench.ann, in: $1) }
            let undo = try await scene.last("post/undo")
            #expect(
                try essence(undo, scene) == [
                    "type": "Undo", "to": [eve], "cc": [],
                    "object": [
                        "id": like["id"], "type": "Like", "actor": .string(scene.bench.ann.uri.string),
                        "object": .string(post.uri.string),
                    ],
                ])
            #expect(try await scene.mail() == [scene.eve.inbox: ["Like", "Undo"]])
            let sequences = Set(try await scene.home.jobs("deliver").map(\.sequence))
            #expect(sequences.count == 1)
        }
    }

    @Test(
        "To pass on goes to the followers and the author; so does its end",
        arguments: [Visibility.public, .unlisted])
    func announce(visibility: Visibility) async throws {
        try await withScene { scene in
            let post = try await scene.home.post(by: scene.eve, visibility)
            try await act(scene) { try await $0.boost(post.id, by: scene.bench.ann, in: $1) }
            let announce = try await scene.last("post/announce")
            let (everybody, followers, eve) = (
                JSON.string(SocialBench.everybody), JSON.string("\(scene.bench.ann.uri)/followers"),
                JSON.string(scene.eve.uri.string)
            )
            let isPublic = visibility == .public
            #expect(
                try essence(announce, scene) == [
                    "type": "Announce", "to": isPublic ? [everybody] : [followers],
                    "cc": isPublic ? [followers, eve] : [everybody, eve], "object": .string(post.uri.string),
                ])
            try await act(scene) { try await $0.unboost(post.id, by: scene.bench.ann, in: $1) }
            let undo = try await scene.last("post/undo")
            #expect(undo["object"]?["id"] == announce["id"])
            for said in [undo, undo["object"] ?? .null] {
                #expect(said["to"] == announce["to"] && said["cc"] == announce["cc"])
            }
            #expect(undo["object"]?["published"] == announce["published"])
            let expected = ["Announce", "Undo"]
            #expect(try await scene.mail() == [scene.eve.inbox: expected, scene.ben.inbox: expected])
        }
    }

    @Test("Authors pass on their own post for followers to these alone; nobody else, and nothing direct")
    func announcePrivate() async throws {
        try await withScene { scene in
            let own = try await scene.home.post(by: scene.bench.ann, .followers)
            try await act(scene) { try await $0.boost(own.id, by: scene.bench.ann, in: $1) }
            let announce = try await scene.last("post/announce")
            #expect(!announce.serializedText().contains("#Public"))
            #expect(try await scene.mail() == [scene.ben.inbox: ["Announce"]])
            let others = try await scene.home.post(by: scene.eve, .followers, to: [scene.bench.ann])
            let direct = try await scene.home.post(by: scene.bench.ann, .direct)
            for post in [others, direct] {
                await #expect(throws: PostRefusal.notAllowed) {
                    try await act(scene) { try await $0.boost(post.id, by: scene.bench.ann, in: $1) }
                }
            }
            #expect(try await scene.home.count(.boosts) == 1)
        }
    }

    @Test("A vote is one activity for each choice, to the author alone, and counts at once until the author's server tells more")
    func vote() async throws {
        try await withScene { scene in
            let poll = Poll(options: ["A", "B", "C"].map { Poll.Option(title: $0) }, isMultiple: true, endsAt: nil)
            let post = try await scene.home.post(by: scene.eve, poll: poll)
            try await act(scene) {
                try await $0.vote([2, 0], in: post.id, by: scene.bench.ann, now: .thisSecond, in: $1)
            }
            let votes = try await scene.home.sent()
            #expect(votes.map { $0["object"]?["name"] } == ["A", "C"])
            for vote in votes {
                #expect(try JSONSchema().errors(in: vote, as: "post/vote") == [])
                #expect(vote["to"] == [.string(scene.eve.uri.string)])
                #expect(vote["cc"] == [])
                #expect(vote["object"]?["inReplyTo"]?.string == post.uri.string)
                #expect(vote["object"]?["to"] == vote["to"])
            }
            #expect(Set(votes.compactMap { $0["object"]?["id"]?.string }).count == 2)
            #expect(try await scene.mail() == [scene.eve.inbox: ["Create", "Create"]])
            var counted = poll
            for place in [0, 2] { counted.options[place].votes = 1 }
            counted.voters = 1
            #expect(try await scene.home.database.storedPost(post.id)?.content.poll == counted)
            await #expect(throws: PostRefusal.vote(.alreadyVoted)) {
                try await act(scene) {
                    try await $0.vote([1], in: post.id, by: scene.bench.ann, now: .thisSecond, in: $1)
                }
            }
        }
    }

    @Test("A pin is told to the followers, unless the post is for some alone")
    func pin() async throws {
        try await withScene { scene in
            let open = try await scene.home.post(by: scene.bench.ann)
            let hidden = try await scene.home.post(by: scene.bench.ann, .followers)
            for post in [open, hidden] {
                try await act(scene) { try await $0.pin(post.id, by: scene.bench.ann, in: $1) }
            }
            let add = try await scene.last("post/add")
            #expect(
                try essence(add, scene) == [
                    "type": "Add", "to": [.string(SocialBench.everybody)],
                    "cc": [.string("\(scene.bench.ann.uri)/followers")],
                    "target": .string("\(scene.bench.ann.uri)/featured"), "object": .string(open.uri.string),
                ])
            for post in [hidden, open] {
                try await act(scene) { try await $0.unpin(post.id, by: scene.bench.ann, in: $1) }
            }
            let remove = try await scene.last("post/remove")
            #expect(remove["object"]?.string == open.uri.string)
            #expect(try await scene.mail() == [scene.ben.inbox: ["Add", "Remove"]])
        }
    }

    @Test("Between people of this community nothing leaves but what followers elsewhere should hear")
    func local() async throws {
        try await withScene { scene in
            let post = try await scene.home.post(by: scene.bench.max)
            try await act(scene) { desk, transaction in
                try await desk.like(post.id, by: scene.bench.ann, in: transaction)
                try await desk.unlike(post.id, by: scene.bench.ann, in: transaction)
            }
            #expect(try await scene.mail().isEmpty)
            try await act(scene) { try await $0.boost(post.id, by: scene.bench.ann, in: $1) }
            #expect(try await scene.mail() == [scene.ben.inbox: ["Announce"]])
        }
    }
}
