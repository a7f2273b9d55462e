import ActivityStreams
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

/// What actors elsewhere say of themselves: that they changed, moved, are gone.
struct ActorHandlersTests {
    private func withBench(_ body: (SocialBench, Actor) async throws -> Void) async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            try await body(bench, try await bench.known(bench.ben))
        }
    }

    private func describe(_ peer: PeerActor, on server: TestPeer, with change: (inout ActorDocument) -> Void) {
        var document = peer.document
        change(&document)
        server.serve(document.json, at: "/users/\(peer.name)")
    }

    // MARK: Update

    @Test("An actor that changed is taken anew from its origin, whatever the Update carries")
    func update() async throws {
        try await withBench { bench, ben in
            describe(bench.ben, on: bench.b) {
                $0.name = "True"
                $0.manuallyApprovesFollowers = true
            }
            var forged = bench.ben.document
            forged.name = "Embedded"
            let update = bench.activity("Update", forged.json, by: bench.ben)
            #expect(try await bench.deliver(update, by: bench.ben) == .applied)
            #expect(try await ben.reread(in: bench.home).name == "Ben")
            #expect(try await bench.work() == 1)
            let after = try await ben.reread(in: bench.home)
            #expect(after.name == "True" && after.isLocked)
        }
    }

    @Test(
        "Nobody changes, ends or moves another actor (B04, B07)",
        arguments: ["Update", "Delete", "Move"], ["id", "embedded"])
    func foreign(type: String, form: String) async throws {
        try await withBench { bench, ben in
            try await bench.home.follow(ben, by: bench.ann)
            describe(bench.ben, on: bench.b) { $0.name = "Changed" }
            describe(bench.eve, on: bench.e) { $0.aliases = [ben.uri] }
            let object = form == "id" ? .string(ben.uri.string) : bench.ben.document.json
            for peer in [bench.eve, bench.bea] {
                let activity = bench.activity(type, object, by: peer, target: bench.eve.uri)
                try await bench.deliver(activity, by: peer)
            }
            #expect(try await bench.work() == 0)
            #expect(try await ben.reread(in: bench.home) == ben)
            #expect(try await bench.state(of: bench.ann, to: ben) == .accepted)
        }
    }

    // MARK: Delete

    @Test("An actor that is gone takes all with it that it left here")
    func delete() async throws {
        try await withBench { bench, ben in
            let own = try await bench.home.post(by: bench.ann)
            let bens = try await bench.home.post(by: ben, answering: own.uri)
            try await bench.home.follow(ben, by: bench.ann)
            for (type, object) in [("Follow", bench.ann.uri), ("Like", own.uri), ("Announce", own.uri)] {
                let activity = bench.activity(type, .string(object.string), by: bench.ben, to: [SocialBench.everybody])
                #expect(try await bench.deliver(activity, by: bench.ben) == .applied, "\(type)")
            }
            #expect(try await bench.notified(bench.ann).sorted() == ["favourite", "follow", "reblog"])
            let delete = bench.activity("Delete", .string(ben.uri.string), by: bench.ben, to: [SocialBench.everybody])
            #expect(try await bench.deliver(delete, by: bench.ben) == .applied)
            #expect(try await bench.home.database.storedPost(bens.id) == nil)
            #expect(try await bench.home.database.storedPost(own.id) != nil)
            for table in [TestCommunity.CountedTable.follows, .likes, .boosts, .notifications] {
                #expect(try await bench.home.count(table) == 0, "\(table)")
            }
            let after = try await ben.reread(in: bench.home)
            #expect(after.goneAt != nil)
            #expect(after.name.isEmpty && after.summary.isEmpty)
        }
    }

    @Test("Who is gone can say nothing more")
    func afterDelete() async throws {
        try await withBench { bench, ben in
            let delete = bench.activity("Delete", .string(ben.uri.string), by: bench.ben)
            let first = try await bench.deliver(delete, by: bench.ben)
            #expect(first == .applied)
            bench.b.answer(.init(410), at: "/users/ben")
            let follow = bench.activity("Follow", .string(bench.ann.uri.string), by: bench.ben)
            #expect(try await bench.deliver(follow, by: bench.ben) == nil)
            #expect(try await bench.home.count(.follows) == 0)
        }
    }

    @Test("What was learnt of a key a moment before its owner left brings nobody back (A18)")
    func afterDeleteByStranger() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let follow = bench.activity("Follow", .string(bench.ann.uri.string), by: bench.eve)
            #expect(try await bench.deliver(follow, by: bench.eve) == .applied)
            let delete = bench.activity("Delete", .string(bench.eve.uri.string), by: bench.eve)
            #expect(try await bench.deliver(delete, by: bench.eve) == .applied)
            let again = bench.activity("Follow", .string(bench.max.uri.string), by: bench.eve)
            #expect(try await bench.deliver(again, by: bench.eve) == nil)
            #expect(try await bench.home.count(.follows) == 0)
            #expect(try await bench.home.database.actor(uri: bench.eve.uri)?.goneAt != nil)
        }
    }

    // MARK: Move

    private func move(to target: URI, _ bench: SocialBench) async throws {
        let move = bench.activity("Move", .string(bench.ben.uri.string), by: bench.ben, target: target)
        #expect(try await bench.deliver(move, by: bench.ben) == .applied)
        try await bench.work()
    }

    @Test("Followers here go where somebody moved, once the new account confirms it")
    func moves() async throws {
        try await withBench { bench, ben in
            try await bench.home.follow(ben, by: bench.ann)
            try await bench.home.follow(ben, by: bench.max, .pending)
            let late = try bench.e.person("ben2")
            describe(late, on: bench.e) { $0.aliases = [ben.uri] }
            try await move(to: late.uri, bench)
            let target = try await bench.known(late)
            for follower in [bench.ann, bench.max] {
                #expect(try await bench.state(of: follower, to: target) == .pending)
                #expect(try await bench.state(of: follower, to: ben) == nil)
            }
            #expect(try await ben.reread(in: bench.home).movedTo == target.id)
            #expect(try await bench.mail(for: late).map(\.type) == ["Follow", "Follow"])
            #expect(try await bench.mail(for: bench.ben).map(\.type) == ["Undo", "Undo"])
        }
    }

    @Test("Somebody who moves here is followed at once")
    func movesHere() async throws {
        try await withBench { bench, ben in
            try await bench.home.follow(ben, by: bench.ann)
            var change = ProfileChange()
            change.aliases = [ben.uri]
            try await bench.home.database.transaction { [change] in
                try await bench.desks.profiles.change(change, of: bench.max, in: $0)
            }
            try await move(to: bench.max.uri, bench)
            #expect(try await bench.state(of: bench.ann, to: bench.max) == .accepted)
            #expect(try await bench.state(of: bench.ann, to: ben) == nil)
            #expect(try await bench.notified(bench.max) == ["follow"])
        }
    }

    @Test(
        "Without the new account's own word, as it stands now, nobody moves (B07)",
        arguments: ["no alias", "other alias", "alias taken back", "missing", "moved on", "no actor"])
    func unconfirmed(state: String) async throws {
        try await withBench { bench, ben in
            try await bench.home.follow(ben, by: bench.ann)
            let path = "/users/eve"
            switch state {
            case "other alias": describe(bench.eve, on: bench.e) { $0.aliases = [bench.bea.uri] }
            case "alias taken back":
                describe(bench.eve, on: bench.e) { $0.aliases = [ben.uri] }
                _ = try await bench.known(bench.eve)
                describe(bench.eve, on: bench.e) { $0.aliases = [] }
            case "missing": bench.e.answer(.init(404), at: path)
            case "moved on":
                describe(bench.eve, on: bench.e) { $0.aliases = [ben.uri] }
                let eve = try await bench.known(bench.eve)
                try await bench.home.database.markMoved(eve.id, to: bench.max.id)
            case "no actor": bench.e.serve(bench.note(by: bench.eve), at: path)
            default: break
            }
            try await move(to: bench.eve.uri, bench)
            #expect(try await bench.state(of: bench.ann, to: ben) == .accepted)
            #expect(try await ben.reread(in: bench.home).movedTo == nil)
            #expect(try await bench.mail().isEmpty)
            #expect(try await bench.home.count(.jobs) == 0)
        }
    }

    @Test("Who moved less than a week ago stays where they are")
    func tooSoon() async throws {
        try await withBench { bench, ben in
            describe(bench.eve, on: bench.e) { $0.aliases = [ben.uri] }
            describe(bench.bea, on: bench.b) { $0.aliases = [ben.uri] }
            try await move(to: bench.eve.uri, bench)
            try await bench.home.follow(ben, by: bench.ann)
            try await move(to: bench.bea.uri, bench)
            #expect(try await ben.reread(in: bench.home).movedTo == (try await bench.known(bench.eve).id))
            #expect(try await bench.state(of: bench.ann, to: ben) == .accepted)
        }
    }

    @Test("A Move touches the followers of who moves, and nobody else's (K09)")
    func onlyOwn() async throws {
        try await withBench { bench, ben in
            let bea = try await bench.known(bench.bea)
            try await bench.home.follow(bea, by: bench.ann)
            try await bench.home.follow(bench.ann, by: ben)
            describe(bench.eve, on: bench.e) { $0.aliases = [ben.uri] }
            try await move(to: bench.eve.uri, bench)
            #expect(try await bench.state(of: bench.ann, to: bea) == .accepted)
            #expect(try await bench.state(of: ben, to: bench.ann) == .accepted)
            #expect(try await bench.home.count(.follows) == 2)
        }
    }
}
