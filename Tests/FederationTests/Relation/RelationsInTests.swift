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

/// Follows and blocks that others send, and their answers to ours.
struct RelationsInTests {
    private func withBench(_ body: (SocialBench) async throws -> Void) async throws {
        try await withFederation { try await body(try await SocialBench($0)) }
    }

    private func followOf(_ followed: Actor, by peer: PeerActor, id: String? = nil, _ bench: SocialBench) -> JSON {
        bench.activity("Follow", .string(followed.uri.string), by: peer, to: [followed.uri.string], id: id)
    }

    private func lock(_ actor: Actor, _ bench: SocialBench) async throws {
        var change = ProfileChange()
        change.isLocked = true
        try await bench.home.database.transaction { [change] in
            try await bench.desks.profiles.change(change, of: actor, in: $0)
        }
    }

    /// Ann asks to follow Ben.
    private func ask(_ bench: SocialBench) async throws -> Follow {
        let ben = try await bench.known(bench.ben)
        try await bench.home.database.transaction {
            try await bench.desks.relations.follow(ben, by: bench.ann, in: $0)
        }
        return try #require(try await bench.home.database.follow(by: bench.ann.id, of: ben.id))
    }

    private func stub(_ follow: Follow, _ follower: URI, _ followed: URI, id: String? = nil) -> JSON {
        [
            "id": .string(id ?? follow.uri.string), "type": "Follow", "actor": .string(follower.string),
            "object": .string(followed.string),
        ]
    }

    // MARK: Others follow us

    @Test("Who follows an open person is accepted at once, and the person is told")
    func open() async throws {
        try await withBench { bench in
            let follow = followOf(bench.ann, by: bench.ben, bench)
            #expect(try await bench.deliver(follow, by: bench.ben) == .applied)
            let ben = try await bench.known(bench.ben)
            #expect(try await bench.state(of: ben, to: bench.ann) == .accepted)
            let accept = try #require(try await bench.mail(for: bench.ben).first)
            #expect(accept.type == "Accept")
            #expect(accept["actor"]?.string == bench.ann.uri.string)
            #expect(accept["object"]?["id"] == follow["id"])
            #expect(accept["object"]?["actor"]?.string == bench.ben.uri.string)
            #expect(accept["object"]?["object"]?.string == bench.ann.uri.string)
            #expect(try JSONSchema().errors(in: accept, as: "follow/accept") == [])
            #expect(try await bench.notified(bench.ann) == ["follow"])
        }
    }

    @Test("Who follows a locked person waits, and hears of the decision")
    func locked() async throws {
        try await withBench { bench in
            try await lock(bench.ann, bench)
            #expect(try await bench.deliver(followOf(bench.ann, by: bench.ben, bench), by: bench.ben) == .applied)
            #expect(try await bench.deliver(followOf(bench.ann, by: bench.eve, bench), by: bench.eve) == .applied)
            let (ben, eve) = (try await bench.known(bench.ben), try await bench.known(bench.eve))
            #expect(try await bench.state(of: ben, to: bench.ann) == .pending)
            #expect(try await bench.mail().isEmpty)
            #expect(try await bench.notified(bench.ann) == ["follow_request", "follow_request"])
            try await bench.home.database.transaction { transaction in
                let isAccepted = try await bench.desks.relations.accept(ben, by: bench.ann, in: transaction)
                let isRejected = try await bench.desks.relations.reject(eve, by: bench.ann, in: transaction)
                #expect(isAccepted && isRejected)
            }
            #expect(try await bench.state(of: ben, to: bench.ann) == .accepted)
            #expect(try await bench.state(of: eve, to: bench.ann) == nil)
            #expect(try await bench.mail(for: bench.ben).map(\.type) == ["Accept"])
            let reject = try #require(try await bench.mail(for: bench.eve).first)
            #expect(try JSONSchema().errors(in: reject, as: "follow/reject") == [])
            #expect(try await bench.notified(bench.ann) == ["follow"])
        }
    }

    @Test("People of a limited server have to ask, whomever they follow")
    func limited() async throws {
        try await withBench { bench in
            _ = try await DecideDomain(database: bench.home.database, community: bench.home.community)(
                DomainDecisionDraft(domain: bench.b.origin.host, kind: .limit, reason: "", author: "ana"),
                now: .thisSecond)
            for peer in [bench.ben, bench.eve] {
                #expect(try await bench.deliver(followOf(bench.ann, by: peer, bench), by: peer) == .applied)
            }
            #expect(try await bench.state(of: bench.known(bench.ben), to: bench.ann) == .pending)
            #expect(try await bench.state(of: bench.known(bench.eve), to: bench.ann) == .accepted)
        }
    }

    @Test("Whom a person blocks is refused, each time, and the person hears nothing")
    func blocked() async throws {
        try await withBench { bench in
            let eve = try await bench.known(bench.eve)
            try await bench.home.block(eve, by: bench.ann)
            for _ in 0..<2 {
                let follow = followOf(bench.ann, by: bench.eve, bench)
                #expect(try await bench.deliver(follow, by: bench.eve) == .refused(.againstRules))
            }
            #expect(try await bench.home.count(.follows) == 0)
            #expect(try await bench.mail(for: bench.eve).map(\.type) == ["Reject", "Reject"])
            #expect(try await bench.notified(bench.ann) == [])
        }
    }

    @Test("A Follow that comes once more is answered once more, and is one follow")
    func again() async throws {
        try await withBench { bench in
            for _ in 0..<2 {
                #expect(try await bench.deliver(followOf(bench.ann, by: bench.ben, bench), by: bench.ben) == .applied)
            }
            let first = try await bench.home.count(.follows)
            #expect(first == 1)
            #expect(try await bench.mail(for: bench.ben).map(\.type) == ["Accept", "Accept"])
            #expect(try await bench.notified(bench.ann) == ["follow"])
        }
    }

    @Test("Follow, Undo, and the same Follow replayed: still not following (A05); a new Follow follows")
    func replay() async throws {
        try await withBench { bench in
            let first = followOf(bench.ann, by: bench.ben, bench)
            let answer = try await bench.deliver(first, by: bench.ben)
            #expect(answer == .applied)
            let undo = bench.activity("Undo", first, by: bench.ben)
            #expect(try await bench.deliver(undo, by: bench.ben) == .applied)
            #expect(try await bench.home.count(.follows) == 0)
            #expect(try await bench.notified(bench.ann) == [])
            for _ in 0..<3 { #expect(try await bench.deliver(first, by: bench.ben) == .ignored(.duplicate)) }
            #expect(try await bench.home.count(.follows) == 0)
            #expect(try await bench.deliver(followOf(bench.ann, by: bench.ben, bench), by: bench.ben) == .applied)
            #expect(try await bench.state(of: bench.known(bench.ben), to: bench.ann) == .accepted)
            #expect(try await bench.deliver(undo, by: bench.ben) == .ignored(.duplicate))
            #expect(try await bench.state(of: bench.known(bench.ben), to: bench.ann) == .accepted)
        }
    }

    @Test("A hundred times the same Follow at once is one follow and one notification (A05)")
    func hundredAtOnce() async throws {
        try await withFederation(poolSize: 8) { federation in
            let bench = try await SocialBench(federation)
            let follow = followOf(bench.ann, by: bench.ben, bench)
            let dispositions = try await withThrowingTaskGroup(of: Disposition?.self) { group in
                for _ in 0..<100 { group.addTask { try await bench.deliver(follow, by: bench.ben) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(dispositions.count { $0 == .applied } == 1)
            #expect(dispositions.count { $0 == .ignored(.duplicate) } == 99)
            #expect(try await bench.home.count(.follows) == 1)
            #expect(try await bench.notified(bench.ann) == ["follow"])
            #expect(try await bench.mail(for: bench.ben).map(\.type) == ["Accept"])
        }
    }

    @Test("A Follow of somebody who is not ours, or is no person, leaves nothing")
    func notForUs() async throws {
        try await withBench { bench in
            let left = try await bench.home.person("left").actor
            try await bench.home.end(left)
            let before = try await bench.home.count(.actors)
            for object in [
                "\(bench.home.community.origin)/users/nobody", "\(bench.home.community.origin)/actor", left.uri.string,
                bench.bea.uri.string, bench.eve.uri.string, "\(bench.ann.uri)/followers",
            ] {
                let follow = bench.activity("Follow", .string(object), by: bench.ben)
                #expect(try await bench.deliver(follow, by: bench.ben) == .ignored(.notForUs), "\(object)")
            }
            #expect(try await bench.home.count(.follows) == 0)
            #expect(try await bench.home.count(.receivedActivities) == 0)
            #expect(try await bench.home.count(.actors) == before)
        }
    }

    @Test("Eve cannot undo Ben's follow or block, by id or by what they say (B04)")
    func forgedUndo() async throws {
        try await withBench { bench in
            let follow = followOf(bench.ann, by: bench.ben, bench)
            try await bench.deliver(follow, by: bench.ben)
            let block = bench.activity("Block", .string(bench.max.uri.string), by: bench.ben)
            try await bench.deliver(block, by: bench.ben)
            let ben = try await bench.known(bench.ben)
            for thing in [follow, block] {
                for object in [thing, try #require(thing["id"])] {
                    for peer in [bench.eve, bench.bea] {
                        try await bench.deliver(bench.activity("Undo", object, by: peer), by: peer)
                    }
                }
            }
            #expect(try await bench.state(of: ben, to: bench.ann) == .accepted)
            #expect(try await bench.home.count(.blocks) == 1)
            #expect(try await bench.deliver(bench.activity("Undo", block, by: bench.ben), by: bench.ben) == .applied)
            #expect(try await bench.home.count(.blocks) == 0)
        }
    }

    // MARK: We follow others

    @Test(
        "A follow of ours is pending until the one followed accepts; the answer may be written in several ways (B05)",
        arguments: ["id", "stub", "no id", "own id"])
    func accepted(form: String) async throws {
        try await withBench { bench in
            let follow = try await ask(bench)
            let ben = try await bench.known(bench.ben)
            #expect(follow.state == .pending)
            let sent = try #require(try await bench.mail(for: bench.ben).first)
            #expect(sent["id"]?.string == follow.uri.string)
            #expect(try JSONSchema().errors(in: sent, as: "follow/follow") == [])
            #expect(try await bench.home.database.hasLocalFollowers(ben.id) == false)
            var object = stub(follow, bench.ann.uri, ben.uri).object ?? [:]
            switch form {
            case "no id": object["id"] = nil
            case "own id": object["id"] = .string("\(bench.b.origin)/follows/1")
            default: break
            }
            let accept = bench.activity(
                "Accept", form == "id" ? .string(follow.uri.string) : .object(object), by: bench.ben)
            #expect(try await bench.deliver(accept, by: bench.ben) == .applied)
            #expect(try await bench.state(of: bench.ann, to: ben) == .accepted)
            #expect(try await bench.home.database.hasLocalFollowers(ben.id))
        }
    }

    @Test("Nobody but the one followed can accept, and nothing but this follow (B05)")
    func forgedAccept() async throws {
        try await withBench { bench in
            let follow = try await ask(bench)
            let ben = try await bench.known(bench.ben)
            let other = "\(bench.home.community.origin)/activities/\(UUID().uuidString.lowercased())"
            let objects: [(String, JSON)] = [
                ("the id", .string(follow.uri.string)), ("the follow", stub(follow, bench.ann.uri, ben.uri)),
                ("a follow of Eve", stub(follow, bench.ann.uri, bench.eve.uri)),
                ("Eve's own id", stub(follow, bench.ann.uri, bench.eve.uri, id: "\(bench.e.origin)/1")),
            ]
            for (name, object) in objects {
                for peer in [bench.eve, bench.bea] {
                    let answer = try await bench.deliver(bench.activity("Accept", object, by: peer), by: peer)
                    #expect(answer != .applied, "\(peer.name): \(name)")
                    #expect(try await bench.state(of: bench.ann, to: ben) == .pending, "\(peer.name): \(name)")
                }
            }
            for object in [
                .string(other), stub(follow, bench.ann.uri, ben.uri, id: other),
                stub(follow, bench.max.uri, ben.uri, id: other),
            ] {
                for type in ["Accept", "Reject"] {
                    let answer = try await bench.deliver(bench.activity(type, object, by: bench.ben), by: bench.ben)
                    #expect(answer == .ignored(.unknownObject), "\(type) \(object)")
                    #expect(try await bench.state(of: bench.ann, to: ben) == .pending, "\(type) \(object)")
                }
            }
        }
    }

    @Test("An answer to a follow that was taken back does not begin the next one")
    func lateAccept() async throws {
        try await withBench { bench in
            let first = try await ask(bench)
            let ben = try await bench.known(bench.ben)
            try await bench.home.database.transaction {
                try await bench.desks.relations.unfollow(ben, by: bench.ann, in: $0)
            }
            let second = try await ask(bench)
            #expect(first.uri != second.uri)
            for type in ["Accept", "Reject"] {
                let late = bench.activity(type, stub(first, bench.ann.uri, ben.uri), by: bench.ben)
                #expect(try await bench.deliver(late, by: bench.ben) == .ignored(.unknownObject))
                #expect(try await bench.state(of: bench.ann, to: ben) == .pending)
            }
            #expect(try await bench.mail(for: bench.ben).map(\.type) == ["Follow", "Undo", "Follow"])
        }
    }

    @Test("Reject ends a follow whenever it comes; what was for followers is hidden again (B05)")
    func rejected() async throws {
        try await withBench { bench in
            let follow = try await ask(bench)
            let ben = try await bench.known(bench.ben)
            let accept = bench.activity("Accept", stub(follow, bench.ann.uri, ben.uri), by: bench.ben)
            try await bench.deliver(accept, by: bench.ben)
            let note = bench.note(by: bench.ben, to: ["\(bench.ben.uri)/followers"])
            #expect(try await bench.publish(note, by: bench.ben) == .applied)
            let post = try #require(try await bench.stored())
            #expect(post.visibility == .followers)
            #expect(try await bench.home.database.post(post.id, for: .actor(bench.ann.id)) != nil)
            let reject = bench.activity("Reject", stub(follow, bench.ann.uri, ben.uri), by: bench.ben)
            #expect(try await bench.deliver(reject, by: bench.ben) == .applied)
            #expect(try await bench.state(of: bench.ann, to: ben) == nil)
            #expect(try await bench.home.database.post(post.id, for: .actor(bench.ann.id)) == nil)
            #expect(try await bench.deliver(accept, by: bench.ben) == .ignored(.duplicate))
            #expect(try await bench.state(of: bench.ann, to: ben) == nil)
        }
    }

    // MARK: Blocks

    @Test("A block ends both directions, and the one blocked is not told")
    func blockedByThem() async throws {
        try await withBench { bench in
            let ben = try await bench.known(bench.ben)
            try await bench.home.follow(ben, by: bench.ann)
            try await bench.home.follow(bench.ann, by: ben)
            try await bench.home.follow(ben, by: bench.max)
            let block = bench.activity("Block", .string(bench.ann.uri.string), by: bench.ben)
            #expect(try await bench.deliver(block, by: bench.ben) == .applied)
            #expect(try await bench.state(of: bench.ann, to: ben) == nil)
            #expect(try await bench.state(of: ben, to: bench.ann) == nil)
            #expect(try await bench.state(of: bench.max, to: ben) == .accepted)
            #expect(try await bench.notified(bench.ann) == [])
            #expect(try await bench.mail().isEmpty)
        }
    }

    @Test("Nobody can block between others (K09)")
    func foreignBlock() async throws {
        try await withBench { bench in
            let ben = try await bench.known(bench.ben)
            try await bench.home.follow(ben, by: bench.ann)
            try await bench.home.follow(bench.ann, by: ben)
            for (object, actor) in [(bench.ann.uri, bench.eve), (ben.uri, bench.eve), (ben.uri, bench.bea)] {
                try await bench.deliver(bench.activity("Block", .string(object.string), by: actor), by: actor)
            }
            #expect(try await bench.home.count(.follows) == 2)
        }
    }
}
