import Foundation
import JSONTree
import Keys
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation

/// What others hear when an account of ours changes, moves or ends.
struct AccountsOutTests {
    typealias Scene = PostsOutTests.Scene

    private func withScene(_ body: (Scene) async throws -> Void) async throws {
        try await withFederation { try await body(try await Scene($0)) }
    }

    /// As every account has it.
    private func giveSecondKey(to person: Actor, in home: TestCommunity) async throws {
        let key = try PrivateKey.generate(.ed25519)
        let second = StoredKey(
            uri: home.community.addresses.ed25519Key(of: person.uri), actor: person.id, algorithm: .ed25519,
            publicPEM: key.publicKey.spkiPEM, privatePEM: try key.pem, fetchedAt: Date())
        let keys = try await home.database.keys(of: person.id)
        try await home.database.replaceKeys(of: person.id, with: keys + [second])
    }

    @Test("A change of the profile goes to followers, as the whole actor")
    func changes() async throws {
        try await withScene { scene in
            try await giveSecondKey(to: scene.bench.ann, in: scene.home)
            var change = ProfileChange()
            change.name = "Ann O."
            change.summary = "One\n\nTwo"
            change.fields = [ProfileField(name: "Web", value: "https://ann.example/")]
            change.isLocked = true
            try await scene.home.database.transaction { [change] in
                try await scene.bench.desks.profiles.change(change, of: scene.bench.ann, in: $0)
            }
            #expect(try await scene.mail() == [scene.ben.inbox: ["Update"]])
            let update = try await scene.last("actor/update")
            let actor = update["object"] ?? .null
            #expect(actor["id"]?.string == scene.bench.ann.uri.string)
            #expect(actor["name"] == "Ann O.")
            #expect(actor["summary"] == "<p>One</p><p>Two</p>")
            #expect(actor["manuallyApprovesFollowers"] == true)
            #expect(
                actor["attachment"]?.list.first?["value"]?.string?.contains("href=\"https://ann.example/\"") == true)
            #expect(!update.serializedText().contains("PRIVATE"))
        }
    }

    @Test("Pictures of the profile and what the account is go along")
    func pictures() async throws {
        try await withScene { scene in
            let ann = scene.bench.ann
            try await giveSecondKey(to: ann, in: scene.home)
            var change = ProfileChange()
            let (icon, header) = (
                try await scene.home.picture(of: ann, for: .avatar), try await scene.home.picture(of: ann, for: .header)
            )
            let addresses = scene.home.community.addresses
            change.icon = .set(icon.attachment(at: addresses))
            change.header = .set(header.attachment(at: addresses))
            change.isAutomated = true
            try await scene.home.database.transaction { [change] in
                try await scene.bench.desks.profiles.change(change, of: ann, in: $0)
            }
            let actor = try await scene.last("actor/update")["object"] ?? .null
            let url = addresses.media(MediaFile(icon.key, .original, .jpeg)).string
            #expect(actor["icon"] == ["type": "Image", "mediaType": "image/jpeg", "url": .string(url)])
            #expect(actor["image"]?["url"]?.string?.contains(header.key.uuidString.lowercased()) == true)
            #expect(actor["type"] == "Service")
        }
    }

    @Test("A move is told to followers after the new account confirmed it, and not again within a week")
    func moves() async throws {
        try await withScene { scene in
            let desk = scene.bench.desks.profiles
            func move(_ aliases: [URI]) async throws {
                let ann = try await scene.bench.ann.reread(in: scene.home)
                try await scene.home.database.transaction {
                    try await desk.move(ann, to: scene.eve, aliases: aliases, now: .thisSecond, in: $0)
                }
            }
            await #expect(throws: MoveRules.Refusal.notConfirmed) { try await move([scene.ben.uri]) }
            #expect(try await scene.mail().isEmpty)
            try await move([scene.bench.ann.uri])
            #expect(try await scene.mail() == [scene.ben.inbox: ["Update", "Move"]])
            let move1 = try await scene.last("actor/move")
            #expect(move1["object"]?.string == scene.bench.ann.uri.string)
            #expect(move1["target"]?.string == scene.eve.uri.string)
            let update = try await scene.home.sent()[0]
            #expect(update["object"]?["movedTo"]?.string == scene.eve.uri.string)
            await #expect(throws: MoveRules.Refusal.tooSoon) { try await move([scene.bench.ann.uri]) }
        }
    }

    @Test("Followers here go along with who moves away")
    func movesFollowersHere() async throws {
        try await withScene { scene in
            let (bench, ann) = (scene.bench, scene.bench.ann)
            try await scene.home.follow(ann, by: bench.max)
            try await scene.home.database.transaction {
                try await bench.desks.profiles.move(ann, to: scene.eve, aliases: [ann.uri], now: .thisSecond, in: $0)
            }
            try await bench.work()
            #expect(try await bench.state(of: bench.max, to: ann) == nil)
            #expect(try await bench.state(of: bench.max, to: scene.eve) == .pending)
            #expect(try await bench.state(of: scene.ben, to: ann) == .accepted)
            #expect(try await scene.mail()[scene.eve.inbox] == ["Follow"])
        }
    }

    @Test("A deleted account tells followers and acquaintances, once, and leaves nothing but tombstones")
    func deletes() async throws {
        try await withScene { scene in
            let (bench, home) = (scene.bench, scene.home)
            let ann = bench.ann
            let liked = try await home.post(by: scene.zed)
            var posts: [Post] = []
            for visibility in Visibility.allCases {
                posts.append(try await scene.publish("Hello \(scene.mention)", visibility))
            }
            try await home.database.transaction { transaction in
                try await bench.desks.reactions.like(liked.id, by: ann, in: transaction)
                try await bench.desks.reactions.boost(
                    posts[0].id, by: scene.eve, activity: scene.eve.inbox, in: transaction)
                try await bench.desks.relations.follow(scene.eve, by: ann, in: transaction)
            }
            try await home.database.transaction {
                try await bench.desks.deleteAccount(ann, now: .thisSecond, in: $0)
            }
            // What waited of the posts ends with them; the Like and the Follow go out before the end does.
            #expect(
                try await scene.mail() == [
                    scene.ben.inbox: ["Delete"], scene.eve.inbox: ["Follow", "Delete"],
                    scene.zed.inbox: ["Like", "Delete"],
                ])
            let delete = try await scene.last("actor/delete")
            #expect(delete["object"]?.string == ann.uri.string)
            for post in posts {
                #expect(try await home.database.storedPost(post.uri) == nil)
                #expect(try await home.database.isTombstone(post.uri))
            }
            for table in [TestCommunity.CountedTable.likes, .boosts, .pins] {
                #expect(try await home.count(table) == 0)
            }
            #expect(try await home.database.follows(by: ann.id).isEmpty)
            #expect(try await home.database.account(try username("ann")) == nil)
            let after = try await ann.reread(in: home)
            #expect(after.goneAt != nil && after.name.isEmpty)
            // The last words are still to be signed.
            await #expect(throws: Never.self) { _ = try await bench.federation.keys.signer(for: ann.id) }
        }
    }

    @Test("The name of a deleted account is never given to anybody else, and nobody follows or writes to it")
    func nameStays() async throws {
        try await withScene { scene in
            try await scene.home.database.transaction {
                try await scene.bench.desks.deleteAccount(scene.bench.ann, now: .thisSecond, in: $0)
            }
            await #expect(throws: UnreadableSample.self) { _ = try await scene.home.person("ann") }
            let follow = scene.bench.activity("Follow", .string(scene.bench.ann.uri.string), by: scene.bench.eve)
            #expect(try await scene.bench.deliver(follow, by: scene.bench.eve) == .ignored(.notForUs))
            let note = scene.bench.note(by: scene.bench.eve, to: [scene.bench.ann.uri.string])
            #expect(try await scene.bench.publish(note, by: scene.bench.eve) == .ignored(.notForUs))
        }
    }
}
