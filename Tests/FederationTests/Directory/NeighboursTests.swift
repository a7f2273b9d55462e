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

/// With which communities mentors are exchanged: who asks, who agrees, who ends it.
struct NeighboursTests {
    private func withBench(_ body: (DirectoryBench) async throws -> Void) async throws {
        try await withFederation { try await body(try await DirectoryBench($0)) }
    }

    private func follow(_ bench: DirectoryBench, by actor: PeerActor, id: String? = nil) -> JSON {
        bench.bench.activity("Follow", .string(bench.ours.uri.string), by: actor, to: [bench.ours.uri.string], id: id)
    }

    private func state(_ bench: DirectoryBench) async throws -> ExchangeReport.Agreement? {
        try await bench.report()?.following
    }

    @Test("A community that follows ours is accepted at once, each time it asks")
    func asked() async throws {
        try await withBench { bench in
            for _ in 0..<2 {
                #expect(try await bench.bench.deliver(follow(bench, by: bench.b), by: bench.b) == .applied)
            }
            #expect(try await state(bench) == .accepted)
            let mail = try await bench.bench.mail(for: bench.b)
            #expect(mail.map(\.type) == ["Accept", "Accept"])
            #expect(try JSONSchema().errors(in: try #require(mail.first), as: "follow/accept") == [])
        }
    }

    @Test("A person does not follow a community, and an actor that does not bear its host's name is none")
    func persons() async throws {
        try await withBench { bench in
            let posing = PeerActor(
                uri: try bench.peer.address("/posing"), name: "posing", kind: .application,
                key: try TestKeys.rsa("server"))
            bench.peer.serve(posing.document.json, at: "/posing")
            for actor in [bench.bench.ben, posing] {
                #expect(try await bench.bench.deliver(follow(bench, by: actor), by: actor) == .ignored(.notForUs))
            }
            #expect(try await bench.home.count(.follows) == 0)
        }
    }

    @Test("Of a limited domain the operator is asked, and says yes or no")
    func limited() async throws {
        try await withBench { bench in
            _ = try await DecideDomain(database: bench.home.database, community: bench.home.community)(
                DomainDecisionDraft(domain: bench.peer.origin.host, kind: .limit, reason: "", author: "ana"),
                now: .thisSecond)
            #expect(try await bench.bench.deliver(follow(bench, by: bench.b), by: bench.b) == .applied)
            #expect(try await state(bench) == .pending)
            #expect(try await bench.bench.mail(for: bench.b).isEmpty)
            let other = try await bench.bench.known(bench.b)
            try await bench.home.database.transaction { transaction in
                let isTaken = try await bench.neighbours.answer(true, to: other, in: transaction)
                #expect(isTaken)
            }
            #expect(try await state(bench) == .accepted)
            try await bench.home.database.transaction { transaction in
                let isTaken = try await bench.neighbours.answer(false, to: other, in: transaction)
                let again = try await bench.neighbours.answer(false, to: other, in: transaction)
                #expect(isTaken && !again)
            }
            #expect(try await bench.report() == nil)
            // No Block behind the Reject, as people's followers elsewhere get.
            #expect(try await bench.bench.mail(for: bench.b).map(\.type) == ["Accept", "Reject"])
        }
    }

    @Test("A community takes back that it follows ours, by id or by name", arguments: [true, false])
    func undone(byID: Bool) async throws {
        try await withBench { bench in
            let follow = follow(bench, by: bench.b)
            try await bench.bench.deliver(follow, by: bench.b)
            let stub: JSON = [
                "id": byID ? follow["id"] : nil, "type": "Follow", "actor": .string(bench.b.uri.string),
                "object": .string(bench.ours.uri.string),
            ]
            #expect(try await bench.bench.deliver(bench.bench.activity("Undo", stub, by: bench.b), by: bench.b) == .applied)
            #expect(try await bench.report() == nil)
        }
    }

    @Test("Nothing is read before the other agrees; then its mentors are found, by name of their community")
    func agrees() async throws {
        try await withBench { bench in
            try bench.serve([[try bench.mentor("noor"), try bench.mentor("omar")]], revision: 4)
            try await bench.follow(answered: nil)
            #expect(try await bench.bench.mail(for: bench.b).map(\.type) == ["Follow"])
            try await bench.read()
            #expect(bench.peer.requests("/actor/directory").isEmpty)
            #expect(try await bench.report()?.followed == .pending)
            try await bench.follow()
            try await bench.read()
            #expect(try await bench.found() == ["noor", "omar"])
            #expect(bench.peer.requests().allSatisfy { $0.field("signature") != nil })
            let report = try #require(try await bench.report())
            #expect(report.followed == .accepted && report.listed == 2 && report.known == 2 && report.failure == nil)
            let host = bench.peer.origin.authority
            #expect(try await bench.home.database.communityNames(of: [host, "x.example"]) == [host: report.name])
        }
    }

    @Test("Who refuses, at once or later, is shown no more", arguments: [nil, "Accept"])
    func refuses(first: String?) async throws {
        try await withBench { bench in
            try bench.serve([[try bench.mentor("noor")]])
            try await bench.follow(answered: first)
            try await bench.read()
            #expect(try await bench.found() == (first == nil ? [] : ["noor"]))
            let follow = try #require(
                try await bench.home.database.follow(by: bench.ours.id, of: try await bench.bench.known(bench.b).id))
            let reject = bench.bench.activity("Reject", .string(follow.uri.string), by: bench.b)
            #expect(try await bench.bench.deliver(reject, by: bench.b) == .applied)
            #expect(try await bench.found() == [])
            #expect(try await bench.report()?.followed == .refused)
            #expect(try await bench.tell("Add", try bench.mentor("omar"), revision: 1) == .ignored(.notForUs))
        }
    }

    @Test("An answer by somebody else, or to nothing, changes nothing")
    func strangers() async throws {
        try await withBench { bench in
            try await bench.follow(answered: nil)
            let other = try await bench.bench.known(bench.b)
            let follow = try #require(try await bench.home.database.follow(by: bench.ours.id, of: other.id))
            for id in [follow.uri.string, "\(bench.home.community.origin)/activities/none"] {
                let accept = bench.bench.activity("Accept", .string(id), by: bench.bench.eve)
                #expect(try await bench.bench.deliver(accept, by: bench.bench.eve) != .applied)
            }
            #expect(try await bench.report()?.followed == .pending)
        }
    }

    @Test("After unfollowing, and after a block, those alone stay whom somebody follows or meets", arguments: [false, true])
    func ended(byBlock: Bool) async throws {
        try await withBench { bench in
            try bench.serve([[try bench.mentor("noor"), try bench.mentor("omar"), try bench.mentor("pia")]])
            try await bench.follow()
            try await bench.read()
            let noor = try #require(try await bench.home.database.actor(uri: try bench.mentor("noor")))
            try await bench.home.follow(noor, by: bench.bench.ann)
            if byBlock {
                _ = try await DecideDomain(database: bench.home.database, community: bench.home.community)(
                    DomainDecisionDraft(domain: bench.peer.origin.host, kind: .block, reason: "", author: "ana"),
                    now: .thisSecond)
                #expect(try await bench.found() == [])
                _ = try await DecideDomain(database: bench.home.database, community: bench.home.community)
                    .remove(bench.peer.origin.host)
            } else {
                let other = try await bench.bench.known(bench.b)
                try await bench.home.database.transaction { try await bench.neighbours.unfollow(other, in: $0) }
                #expect(try await bench.bench.mail(for: bench.b).map(\.type) == ["Follow", "Undo"])
            }
            #expect(try await bench.found() == ["noor"])
            #expect(try await bench.neighbour() == nil)
        }
    }

    @Test("Who was only looked up is forgotten after an hour, and found anew when somebody asks")
    func lookedUp() async throws {
        try await withBench { bench in
            let (federation, database) = (bench.bench.federation, bench.home.database)
            let omar = try bench.mentor("omar")
            try await federation.remoteActors.refresh(omar, on: database)
            try await database.forgetStrangers(fetchedBefore: Date().addingTimeInterval(-3600))
            #expect(try await bench.found() == ["omar"])
            try await database.forgetStrangers(fetchedBefore: Date().addingTimeInterval(10))
            #expect(try await bench.found() == [])
            _ = try await federation.remoteActors.actor(omar, on: database)
            #expect(try await bench.found() == ["omar"])
        }
    }
}
