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

/// What others do with posts: like, pass on, pin, and take it back.
struct ReactionsInTests {
    private func withBench(_ body: (SocialBench) async throws -> Void) async throws {
        try await withFederation { try await body(try await SocialBench($0)) }
    }

    private func like(_ post: Post, by peer: PeerActor, _ bench: SocialBench) -> JSON {
        bench.activity("Like", .string(post.uri.string), by: peer)
    }

    private func announce(_ post: URI, by peer: PeerActor, to: [String] = [SocialBench.everybody], _ bench: SocialBench)
        -> JSON
    {
        bench.activity("Announce", .string(post.string), by: peer, to: to, cc: ["\(peer.uri)/followers"])
    }

    @Test("A Like counts once and its Undo takes it back; a replayed Like does not return (A05)")
    func likes() async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann)
            let first = like(post, by: bench.ben, bench)
            #expect(try await bench.deliver(first, by: bench.ben) == .applied)
            #expect(try await bench.deliver(like(post, by: bench.ben, bench), by: bench.ben) == .applied)
            #expect(try await bench.home.database.likeCount(of: post.id) == 1)
            #expect(try await bench.notified(bench.ann) == ["favourite"])
            #expect(try await bench.deliver(bench.activity("Undo", first, by: bench.ben), by: bench.ben) == .applied)
            #expect(try await bench.home.database.likeCount(of: post.id) == 0)
            #expect(try await bench.notified(bench.ann) == [])
            #expect(try await bench.deliver(first, by: bench.ben) == .ignored(.duplicate))
            #expect(try await bench.home.database.likeCount(of: post.id) == 0)
        }
    }

    @Test(
        "Undo finds the reaction by its id, embedded or bare, or by its post",
        arguments: ["Like", "Announce"], ["embedded", "bare", "without id"])
    func undoForms(type: String, form: String) async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann)
            let reaction = bench.activity(type, .string(post.uri.string), by: bench.ben, to: [SocialBench.everybody])
            #expect(try await bench.deliver(reaction, by: bench.ben) == .applied)
            var embedded = reaction.object ?? [:]
            if form == "without id" { embedded["id"] = nil }
            let object = form == "bare" ? reaction["id"] ?? .null : .object(embedded)
            #expect(try await bench.deliver(bench.activity("Undo", object, by: bench.ben), by: bench.ben) == .applied)
            #expect(try await bench.home.count(.likes) == 0)
            #expect(try await bench.home.count(.boosts) == 0)
            #expect(try await bench.notified(bench.ann) == [])
        }
    }

    @Test("Nobody takes back what another did (B04)", arguments: ["Like", "Announce"])
    func forgedUndo(type: String) async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann)
            let reaction = bench.activity(type, .string(post.uri.string), by: bench.ben, to: [SocialBench.everybody])
            try await bench.deliver(reaction, by: bench.ben)
            for peer in [bench.eve, bench.bea] {
                for object in [
                    reaction, reaction["id"] ?? .null, ["type": .string(type), "object": .string(post.uri.string)],
                ] {
                    let answer = try await bench.deliver(bench.activity("Undo", object, by: peer), by: peer)
                    #expect(
                        try await bench.home.count(type == "Like" ? .likes : .boosts) == 1, "\(peer.name) \(object)")
                    #expect(answer != nil)
                }
            }
        }
    }

    @Test(
        "What the sender may not see is neither liked nor passed on",
        arguments: [Visibility.followers, .direct], ["Like", "Announce"])
    func unseen(visibility: Visibility, type: String) async throws {
        try await withBench { bench in
            try await bench.home.follow(try await bench.known(bench.eve), by: bench.ann)
            let post = try await bench.home.post(by: bench.ann, visibility, to: [try await bench.known(bench.ben)])
            let reaction = bench.activity(type, .string(post.uri.string), by: bench.eve, to: [SocialBench.everybody])
            #expect(try await bench.deliver(reaction, by: bench.eve) == .ignored(.unknownObject))
            #expect(try await bench.home.count(.likes) == 0)
            #expect(try await bench.home.count(.boosts) == 0)
            #expect(try await bench.notified(bench.ann) == [])
            #expect(try await bench.home.count(.jobs) == 0)
        }
    }

    @Test("A blocked person's reactions do not arrive")
    func blocked() async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann)
            try await bench.home.block(try await bench.known(bench.eve), by: bench.ann)
            #expect(
                try await bench.deliver(like(post, by: bench.eve, bench), by: bench.eve) == .ignored(.unknownObject))
            let announce = announce(post.uri, by: bench.eve, bench)
            #expect(try await bench.deliver(announce, by: bench.eve) == .ignored(.unknownObject))
            #expect(try await bench.notified(bench.ann) == [])
        }
    }

    @Test(
        "A post is passed on as far as its author and the one who does it let it be",
        arguments: [(Visibility.public, Visibility.public), (.unlisted, .unlisted)])
    func boosts(visibility: Visibility, expected: Visibility) async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann, visibility)
            let announce = announce(post.uri, by: bench.ben, bench)
            #expect(try await bench.deliver(announce, by: bench.ben) == .applied)
            let id = try uri(announce["id"]?.string ?? "")
            let boost = try #require(try await bench.home.database.boost(id, by: try await bench.known(bench.ben).id))
            #expect(boost.visibility == expected)
            #expect(try await bench.notified(bench.ann) == ["reblog"])
            #expect(try await bench.deliver(self.announce(post.uri, by: bench.ben, bench), by: bench.ben) == .applied)
            #expect(try await bench.home.count(.boosts) == 1)
        }
    }

    @Test("Nobody passes on a direct post, or another's for followers, even who may read it")
    func privateBoosts() async throws {
        try await withBench { bench in
            let ben = try await bench.known(bench.ben)
            try await bench.home.follow(bench.ann, by: ben)
            for visibility in [Visibility.followers, .direct] {
                let post = try await bench.home.post(by: bench.ann, visibility, to: [ben])
                let answer = try await bench.deliver(announce(post.uri, by: bench.ben, bench), by: bench.ben)
                #expect(answer == .refused(.againstRules), "\(visibility)")
            }
            #expect(try await bench.home.count(.boosts) == 0)
        }
    }

    @Test("An unknown post is fetched only for who is followed here, and never one of our own addresses")
    func unknown() async throws {
        try await withBench { bench in
            let address = try bench.b.address("/notes/1")
            let strange = announce(address, by: bench.eve, bench)
            #expect(try await bench.deliver(strange, by: bench.eve) == .ignored(.notForUs))
            try await bench.home.follow(try await bench.known(bench.eve), by: bench.ann)
            let own = bench.home.community.addresses.post(UUID())
            #expect(
                try await bench.deliver(announce(own, by: bench.eve, bench), by: bench.eve) == .ignored(.unknownObject))
            #expect(try await bench.home.jobs("post.fetch").isEmpty)
            #expect(try await bench.deliver(announce(address, by: bench.eve, bench), by: bench.eve) == .applied)
            #expect(try await bench.home.jobs("post.fetch").map { $0.payload["uri"]?.string } == [address.string])
            #expect(bench.b.requests("/notes/1").isEmpty)
        }
    }

    @Test(
        "Of an embedded post nothing but its id counts (B01), also inside of what a group passes on",
        arguments: [false, true])
    func embedded(asGroup: Bool) async throws {
        try await withBench { bench in
            try await bench.home.follow(try await bench.known(bench.eve), by: bench.ann)
            bench.b.serve(bench.note(by: bench.ben, "True"), at: "/notes/1")
            let forged = bench.note(by: bench.ben, "Forged")
            let announced = asGroup ? bench.create(forged, by: bench.ben) : forged
            let announce = bench.activity("Announce", announced, by: bench.eve, to: [SocialBench.everybody])
            #expect(try await bench.deliver(announce, by: bench.eve) == .applied)
            #expect(try await bench.home.count(.posts) == 0)
            try await bench.work()
            #expect(try await bench.stored()?.content.html == "<p>True</p>")
            #expect(try await bench.home.count(.boosts) == 1)
        }
    }

    // MARK: Pins

    @Test("Authors pin and unpin their own posts in their own collection, and nothing else")
    func pins() async throws {
        try await withBench { bench in
            let (ben, bea) = (try await bench.known(bench.ben), try await bench.known(bench.bea))
            let featured = bench.ben.collection("featured")
            let own = try await bench.home.post(by: ben)
            let others = try await bench.home.post(by: bea)
            func pin(_ type: String, _ post: URI, _ target: URI, by peer: PeerActor) async throws -> Disposition? {
                try await bench.deliver(
                    bench.activity(type, .string(post.string), by: peer, target: target), by: peer)
            }
            #expect(try await pin("Add", own.uri, featured, by: bench.ben) == .applied)
            #expect(try await pin("Add", others.uri, featured, by: bench.ben) == .refused(.notOwner))
            #expect(try await pin("Add", own.uri, featured, by: bench.eve) == .ignored(.notForUs))
            #expect(try await pin("Remove", own.uri, featured, by: bench.bea) == .ignored(.notForUs))
            let elsewhere = bench.ben.collection("elsewhere")
            #expect(try await pin("Add", own.uri, elsewhere, by: bench.ben) == .ignored(.notForUs))
            #expect(
                try await pin("Add", try bench.b.address("/none"), featured, by: bench.ben) == .ignored(.notForUs))
            #expect(
                try await pin("Add", try bench.e.address("/none"), featured, by: bench.ben) == .ignored(.unknownObject))
            #expect(
                try await pin("Remove", try bench.b.address("/none"), featured, by: bench.ben)
                    == .ignored(.unknownObject))
            #expect(try await bench.home.database.pinnedPosts(of: ben.id, for: .nobody).map(\.id) == [own.id])
            #expect(try await pin("Remove", own.uri, featured, by: bench.ben) == .applied)
            #expect(try await bench.home.count(.pins) == 0)
        }
    }
}
