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

/// What others hear when people here follow, let go and block.
struct RelationsOutTests {
    private func withBench(_ body: (SocialBench, Actor) async throws -> Void) async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            try await body(bench, try await bench.known(bench.ben))
        }
    }

    private func act(_ bench: SocialBench, _ body: (RelationDesk, Transaction) async throws -> Void) async throws {
        try await bench.home.database.transaction { try await body(bench.desks.relations, $0) }
    }

    @Test("A Follow, word for word, and the Undo that names it")
    func followAndUndo() async throws {
        try await withBench { bench, ben in
            try await act(bench) { try await $0.follow(ben, by: bench.ann, in: $1) }
            try await act(bench) { try await $0.unfollow(ben, by: bench.ann, in: $1) }
            try await act(bench) { try await $0.unfollow(ben, by: bench.ann, in: $1) }
            let mail = try await bench.mail(for: bench.ben)
            #expect(mail.map(\.type) == ["Follow", "Undo"])
            let (follow, undo) = (mail[0], mail[1])
            #expect(
                follow == [
                    "@context": "https://www.w3.org/ns/activitystreams", "id": follow["id"], "type": "Follow",
                    "actor": .string(bench.ann.uri.string), "to": [.string(ben.uri.string)], "cc": [],
                    "published": follow["published"], "object": .string(ben.uri.string),
                ])
            #expect(try JSONSchema().errors(in: undo, as: "follow/undo") == [])
            #expect(undo["object"]?["id"] == follow["id"])
            #expect(Set(try await bench.home.jobs("deliver").map(\.sequence)).count == 1)
        }
    }

    @Test("A follower who is removed is told by a Reject of their Follow, and let go by a Block that is taken back")
    func removeFollower() async throws {
        try await withBench { bench, ben in
            let follow = try await bench.home.follow(bench.ann, by: ben)
            try await act(bench) { desk, transaction in
                let wasThere = try await desk.reject(ben, by: bench.ann, in: transaction)
                let isThere = try await desk.reject(ben, by: bench.ann, in: transaction)
                #expect(wasThere && !isThere)
            }
            #expect(try await bench.home.count(.follows) == 0)
            let mail = try await bench.mail(for: bench.ben)
            #expect(mail.map(\.type) == ["Reject", "Block", "Undo"])
            #expect(mail[0]["object"]?["id"]?.string == follow.uri.string)
            #expect(mail[1]["object"]?.string == ben.uri.string)
            #expect(mail[2]["object"]?["id"] == mail[1]["id"])
            #expect(try JSONSchema().errors(in: mail[1], as: "moderation/block") == [])
            #expect(try JSONSchema().errors(in: mail[2], as: "moderation/undo") == [])
            // One behind the other, or the Block would stand.
            #expect(Set(try await bench.home.jobs("deliver").map(\.sequence)).count == 1)
            #expect(try await bench.home.count(.blocks) == 0)
        }
    }

    @Test("A follower who only asked, or is followed in return, is told by a Reject alone", arguments: [true, false])
    func removeOthers(hasOnlyAsked: Bool) async throws {
        try await withBench { bench, ben in
            try await bench.home.follow(bench.ann, by: ben, hasOnlyAsked ? .pending : .accepted)
            if !hasOnlyAsked { try await bench.home.follow(ben, by: bench.ann) }
            try await act(bench) { _ = try await $0.reject(ben, by: bench.ann, in: $1) }
            #expect(try await bench.mail(for: bench.ben).map(\.type) == ["Reject"])
            #expect(try await bench.state(of: bench.ann, to: ben) == (hasOnlyAsked ? nil : .accepted))
        }
    }

    @Test("A block ends both directions; others hear of the ends, and of no block that stands")
    func block() async throws {
        try await withBench { bench, ben in
            try await bench.home.follow(bench.ann, by: ben)
            try await bench.home.follow(ben, by: bench.ann)
            try await bench.home.follow(bench.max, by: ben)
            for _ in 0..<2 { try await act(bench) { try await $0.block(ben, by: bench.ann, in: $1) } }
            #expect(try await bench.state(of: ben, to: bench.ann) == nil)
            #expect(try await bench.state(of: bench.ann, to: ben) == nil)
            #expect(try await bench.state(of: ben, to: bench.max) == .accepted)
            let mail = try await bench.mail(for: bench.ben)
            #expect(mail.map(\.type) == ["Reject", "Block", "Undo", "Undo"])
            #expect(mail[2]["object"]?["id"] == mail[1]["id"])
            await #expect(throws: RelationDesk.Refusal.notAllowed) {
                try await act(bench) { try await $0.follow(ben, by: bench.ann, in: $1) }
            }
            try await act(bench) { try await $0.unblock(ben, by: bench.ann, in: $1) }
            #expect(try await bench.home.count(.blocks) == 0)
            #expect(try await bench.mail().count == 4)
        }
    }

    @Test("Whom somebody elsewhere blocks does not ask to follow them")
    func blockedBy() async throws {
        try await withBench { bench, ben in
            try await bench.deliver(
                bench.activity("Block", .string(bench.ann.uri.string), by: bench.ben), by: bench.ben)
            await #expect(throws: RelationDesk.Refusal.notAllowed) {
                try await act(bench) { try await $0.follow(ben, by: bench.ann, in: $1) }
            }
            #expect(try await bench.mail(for: bench.ben).isEmpty)
        }
    }

    @Test("A block takes with it what the blocked one was reported to have done")
    func blockForgets() async throws {
        try await withBench { bench, ben in
            try await bench.deliver(
                bench.activity("Follow", .string(bench.ann.uri.string), by: bench.ben), by: bench.ben)
            #expect(try await bench.notified(bench.ann) == ["follow"])
            try await act(bench) { try await $0.block(ben, by: bench.ann, in: $1) }
            #expect(try await bench.notified(bench.ann) == [])
        }
    }

    @Test("People of one community follow each other without a word to others")
    func local() async throws {
        try await withBench { bench, _ in
            try await act(bench) { try await $0.follow(bench.max, by: bench.ann, in: $1) }
            #expect(try await bench.state(of: bench.ann, to: bench.max) == .accepted)
            #expect(try await bench.notified(bench.max) == ["follow"])
            #expect(try await bench.home.count(.activities) == 0)
        }
    }
}
