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

/// What people here did with posts whose authors do not want it.
struct RefusalsTests {
    typealias Scene = PostsOutTests.Scene

    /// Eve wrote a post, which Ann, whom Ben follows, answered, liked and passed on.
    private func withDeeds(_ body: (Scene, _ question: Post, _ answer: Post) async throws -> Void) async throws {
        try await withFederation { federation in
            let scene = try await Scene(federation)
            let question = try await scene.home.post(by: scene.eve)
            let answer = try await scene.publish("Yes") { $0.replyTo = question.id }
            try await scene.home.database.transaction { transaction in
                try await scene.bench.desks.reactions.like(question.id, by: scene.bench.ann, in: transaction)
                try await scene.bench.desks.reactions.boost(question.id, by: scene.bench.ann, in: transaction)
            }
            try await body(scene, question, answer)
        }
    }

    private func reject(_ object: JSON, by peer: PeerActor, in scene: Scene) async throws -> Disposition? {
        try await scene.bench.deliver(scene.bench.activity("Reject", object, by: peer), by: peer)
    }

    /// The id of the last activity of a type that left.
    private func sent(_ type: String, in scene: Scene) async throws -> JSON {
        try #require(try await scene.home.sent().last { $0["type"]?.string == type }?["id"])
    }

    private func likesAndBoosts(_ question: Post, in scene: Scene) async throws -> [Int] {
        [
            try await scene.home.database.likeCount(of: question.id),
            try await scene.home.database.boostCount(of: question.id),
        ]
    }

    // MARK: Likes and boosts

    enum Form: String, CaseIterable { case id, embedded, request, foreignID }

    @Test(
        "A like or boost that its post's author rejects is taken back, in whatever form that comes",
        arguments: ["Like", "Announce"], Form.allCases)
    func reactions(type: String, form: Form) async throws {
        try await withDeeds { scene, question, _ in
            let id = try await sent(type, in: scene)
            var deed: JSON.Object = [
                "type": .string(type), "id": id, "actor": .string(scene.bench.ann.uri.string),
                "object": .string(question.uri.string),
            ]
            let object: JSON
            switch form {
            case .id: object = id
            case .embedded: object = .object(deed)
            case .request:
                object = [
                    "type": .string("\(type)Request"), "actor": .string(scene.bench.ann.uri.string),
                    "object": .string(question.uri.string), "instrument": id,
                ]
            case .foreignID:
                deed["id"] = .string("\(scene.bench.eve.uri.origin)/seen/1")
                object = .object(deed)
            }
            try await scene.forget()
            #expect(try await reject(object, by: scene.bench.ben, in: scene) == .refused(.notOwner))
            #expect(try await likesAndBoosts(question, in: scene) == [1, 1])
            #expect(try await reject(object, by: scene.bench.eve, in: scene) == .applied)
            #expect(try await likesAndBoosts(question, in: scene) == (type == "Like" ? [0, 1] : [1, 0]))
            var mail = [scene.eve.inbox: ["Undo"]]
            if type == "Announce" { mail[scene.ben.inbox] = ["Undo"] }
            #expect(try await scene.mail() == mail)
            _ = try await reject(object, by: scene.bench.eve, in: scene)
            #expect(try await likesAndBoosts(question, in: scene) == (type == "Like" ? [0, 1] : [1, 0]))
        }
    }

    @Test("An id of ours that names something else takes back nothing")
    func otherDeed() async throws {
        try await withDeeds { scene, question, _ in
            let earlier = try await sent("Like", in: scene)
            try await scene.home.database.transaction { transaction in
                try await scene.bench.desks.reactions.unlike(question.id, by: scene.bench.ann, in: transaction)
                try await scene.bench.desks.reactions.like(question.id, by: scene.bench.ann, in: transaction)
            }
            #expect(try await reject(earlier, by: scene.bench.eve, in: scene) == .ignored(.unknownObject))
            let invented = JSON.string("\(scene.home.community.origin)/activities/\(UUID().uuidString.lowercased())")
            #expect(try await reject(invented, by: scene.bench.eve, in: scene) == .ignored(.unknownObject))
            #expect(try await likesAndBoosts(question, in: scene) == [1, 1])
        }
    }

    // MARK: Answers

    @Test(
        "An answer that is rejected stays its author's, and is not shown below the post",
        arguments: ["id", "Note", "Create", "Create by id", "ReplyRequest"])
    func answer(form: String) async throws {
        try await withDeeds { scene, question, answer in
            let (id, create) = (JSON.string(answer.uri.string), JSON.string("\(answer.uri)/activity"))
            let object: JSON =
                switch form {
                case "id": id
                case "Note": ["type": "Note", "id": id]
                case "Create": ["type": "Create", "id": create, "object": id]
                case "Create by id": create
                default: ["type": "ReplyRequest", "object": .string(question.uri.string), "instrument": id]
                }
            let below = try await scene.home.post(by: scene.ben, answering: answer.uri)
            let other = try await scene.home.post(by: scene.zed, answering: question.uri)
            let database = scene.home.database
            #expect(try await reject(object, by: scene.bench.ben, in: scene) == .refused(.notOwner))
            #expect(try await database.descendants(of: question, for: .nobody, limit: 9).count == 3)
            #expect(try await reject(object, by: scene.bench.eve, in: scene) == .applied)
            for viewer in [Viewer.nobody, .actor(scene.bench.ann.id), .actor(scene.bench.max.id)] {
                #expect(try await database.descendants(of: question, for: viewer, limit: 9).map(\.id) == [other.id])
            }
            let replies = try await database.replies(to: question.id, for: .nobody, after: nil, limit: 9)
            #expect(replies.map(\.id) == [other.id])
            #expect(try await database.figures(of: [question.id])[question.id]?.replies == 1)
            #expect(try await database.post(answer.id, for: .nobody)?.isRefused == true)
            let own = try await database.posts(by: scene.bench.ann.id, for: .nobody, before: nil, limit: 9)
            #expect(own.map(\.id) == [answer.id])
            #expect(try await database.descendants(of: answer, for: .nobody, limit: 9).map(\.id) == [below.id])
            #expect(try await database.ancestors(of: answer.id, for: .nobody).map(\.id) == [question.id])
        }
    }

    @Test("What waits of a rejected answer is delivered no more, nor what it becomes; that it is deleted is")
    func deliveries() async throws {
        try await withDeeds { scene, _, answer in
            #expect(try await scene.mail()[scene.ben.inbox]?.contains("Create") == true)
            #expect(try await reject(.string(answer.uri.string), by: scene.bench.eve, in: scene) == .applied)
            #expect(try await scene.mail()[scene.ben.inbox]?.contains("Create") == false)
            try await scene.forget()
            let draft = PostDraft("Perhaps")
            try await scene.home.database.transaction { transaction in
                _ = try await scene.bench.desks.posts.edit(
                    answer.id, draft, by: scene.bench.ann, mentioned: Mentioned(), now: .thisSecond, in: transaction)
            }
            #expect(try await scene.mail().isEmpty)
            try await scene.home.database.transaction { transaction in
                try await scene.bench.desks.posts.delete(answer.id, by: scene.bench.ann, in: transaction)
            }
            #expect(try await scene.mail() == [scene.ben.inbox: ["Delete"], scene.eve.inbox: ["Delete"]])
        }
    }

    @Test("Who approved an answer may still reject it, and who rejected it may approve it")
    func changeOfMind() async throws {
        try await withDeeds { scene, question, answer in
            let id = JSON.string(answer.uri.string)
            let database = scene.home.database
            func accept() async throws -> Disposition? {
                let accept = scene.bench.activity("Accept", id, by: scene.bench.eve)
                return try await scene.bench.deliver(accept, by: scene.bench.eve)
            }
            #expect(try await accept() == .applied)
            #expect(try await database.storedPost(answer.id)?.approval != nil)
            #expect(try await reject(id, by: scene.bench.eve, in: scene) == .applied)
            let refused = try #require(try await database.storedPost(answer.id))
            #expect(refused.approval == nil && refused.isRefused)
            try await scene.forget()
            #expect(try await accept() == .applied)
            #expect(try await scene.mail()[scene.ben.inbox] == ["Update"])
            #expect(try await database.descendants(of: question, for: .nobody, limit: 9).map(\.id) == [answer.id])
        }
    }
}
