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

/// Answers of ours to posts whose authors want to be asked.
struct ApprovalsTests {
    /// Ann, whom Ben follows, answered Eve.
    private func withAnswer(_ body: (PostsOutTests.Scene, Post) async throws -> Void) async throws {
        try await withFederation { federation in
            let scene = try await PostsOutTests.Scene(federation)
            let question = try await scene.home.post(by: scene.eve)
            let answer = try await scene.publish("Yes") { $0.replyTo = question.id }
            try await scene.forget()
            try await body(scene, answer)
        }
    }

    private func accept(
        _ object: JSON, by peer: PeerActor, result: String? = nil, in scene: PostsOutTests.Scene
    ) async throws -> Disposition? {
        var accept = scene.bench.activity("Accept", object, by: peer, id: "\(peer.uri.origin)/accepts/1").object ?? [:]
        accept["result"] = result.map { .string($0) }
        return try await scene.bench.deliver(.object(accept), by: peer)
    }

    @Test(
        "An approval is shown with the answer and told to those who read it, in whatever form it comes",
        arguments: ["id", "Note", "ReplyRequest"], [nil, "/approvals/1"])
    func approved(form: String, result: String?) async throws {
        try await withAnswer { scene, answer in
            let id = JSON.string(answer.uri.string)
            let object: JSON =
                switch form {
                case "id": id
                case "Note": ["type": "Note", "id": id]
                default:
                    [
                        "type": "ReplyRequest", "id": .string("\(answer.uri)/request"),
                        "actor": .string(scene.bench.ann.uri.string), "instrument": id,
                    ]
                }
            let origin = scene.bench.eve.uri.origin
            let accepted = try await accept(object, by: scene.bench.eve, result: result.map { "\(origin)\($0)" }, in: scene)
            #expect(accepted == .applied)
            #expect(try await scene.mail()[scene.ben.inbox] == ["Update"])
            let update = try await scene.last("post/update")
            #expect(update["object"]?["approvedBy"]?.string == "\(origin)\(result ?? "/accepts/1")")
            #expect(update["object"]?["updated"] == nil)
        }
    }

    @Test("Only whose post is answered approves, and from their own server")
    func refused() async throws {
        try await withAnswer { scene, answer in
            let id = JSON.string(answer.uri.string)
            let byOther = try await accept(id, by: scene.bench.ben, in: scene)
            #expect(byOther == .refused(.notOwner))
            let elsewhere = "\(scene.bench.ben.uri.origin)/approvals/1"
            let fromOther = try await accept(id, by: scene.bench.eve, result: elsewhere, in: scene)
            #expect(fromOther == .refused(.notOwner))
            let after = try #require(try await scene.home.database.storedPost(answer.id))
            let mail = try await scene.mail()
            #expect(after.approval == nil && mail.isEmpty)
        }
    }
}
