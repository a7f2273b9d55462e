import ActivityStreams
import Foundation
import HTTPSignatures
import JSONTree
import Keys
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Federation

/// What a verified sender may not claim, and what follows when somebody leaves (A18, B11, B18).
struct EnvelopeTests {
    private func isMalformed(_ answer: Inbox.Answer) -> Bool {
        if case .malformed = answer { true } else { false }
    }

    @Test("Nobody elsewhere brings things of our addresses, in any spelling of our name (B11)")
    func ourAddresses() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let own = federation.community.origin
            for (index, id) in ["\(own)/n/1", "http://A.LOCALHOST.:8080/n/1"].enumerated() {
                let note: JSON = ["id": .string(id), "type": "Note", "attributedTo": .string(bench.mika.uri.string)]
                let answer = try await bench.deliver(bench.activity("Create", "create\(index)", note))
                #expect(isMalformed(answer), "\(id)")
                let activity: JSON = [
                    "id": .string(id), "type": "Like", "actor": .string(bench.mika.uri.string), "object": .string("\(own)/1"),
                ]
                #expect(isMalformed(try await bench.deliver(activity)), "\(id)")
            }
            let answered = bench.activity("Accept", "a", ["id": .string("\(own)/activities/1"), "type": "Follow"])
            #expect(try await bench.deliver(answered) == .accepted(.ignored(.unknownObject)))
        }
    }

    @Test("The key of one of ours opens no inbox of ours (B11)")
    func ourKeys() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let noor = PeerActor(uri: bench.noor.uri, name: "noor", kind: .person, key: try TestKeys.rsa("noor"))
            let answer = try await bench.deliver(bench.invite("1", by: noor), by: noor)
            #expect(answer == .unauthorised("a name of ours"))
            #expect(try await federation.home.count(.sessions) == 0)
        }
    }

    @Test("An object that belongs to several servers belongs to none of them (B18)")
    func severalOwners() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            for (name, owners, refused) in [
                ("1", [bench.mika.uri.string, "https://c.example/users/c"], true),
                ("2", [bench.mika.uri.string, "\(bench.peer.origin)/channels/1"], false),
            ] as [(String, [String], Bool)] {
                let note: JSON = [
                    "id": .string("\(bench.peer.origin)/n/\(name)"), "type": "Note", "attributedTo": .strings(owners),
                ]
                let answer = try await bench.deliver(bench.activity("Create", name, note))
                #expect(isMalformed(answer) == refused, "\(owners)")
            }
        }
    }

    private func departure(of actor: URI, _ bench: InboxBench) -> JSON {
        [
            "id": .string("\(actor)#delete"), "type": "Delete", "actor": .string(actor.string),
            "object": .string(actor.string),
        ]
    }

    @Test("Somebody never heard of leaves: 202, and nobody is asked for a key that is gone (A18)")
    func unknownLeaves() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let actors = try await federation.home.count(.actors)
            #expect(try await bench.deliver(departure(of: bench.mika.uri, bench)) == .gone)
            #expect(bench.peer.requests().isEmpty)
            #expect(try await federation.home.count(.actors) == actors)
        }
    }

    @Test("A known actor is gone where its own server says 410 at its key, and not where it says anything else (A18)",
        arguments: [(410, true), (404, false), (500, false)])
    func knownLeaves(status: Int, isGone: Bool) async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
            bench.peer.answer(.init(status), at: "/users/mika")
            let renewed = PeerActor(uri: bench.mika.uri, name: "mika", kind: .person, key: try TestKeys.rsa("new key"))
            let later = Date(timeIntervalSinceNow: 400)
            let answer = try await bench.deliver(departure(of: bench.mika.uri, bench), by: renewed, at: later)
            #expect((answer == .gone) == isGone, "\(answer)")
            let actor = try #require(try await federation.home.database.actor(uri: bench.mika.uri))
            #expect((actor.goneAt != nil) == isGone)
        }
    }

    @Test("The key of somebody else that is gone takes nobody along (A18)")
    func othersKey() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
            let other = try await TestPeer.start("e")
            other.answer(.init(410), at: "/users/eve")
            let eve = PeerActor(
                uri: try other.address("/users/eve"), name: "eve", kind: .person, key: try TestKeys.rsa("eve"))
            #expect(try await bench.deliver(departure(of: bench.mika.uri, bench), by: eve) == .gone)
            let actor = try #require(try await federation.home.database.actor(uri: bench.mika.uri))
            #expect(actor.goneAt == nil)
        }
    }

    @Test("An old key at another address that is gone does not make its owner gone")
    func oldKey() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let keyID = try bench.peer.address("/keys/old")
            let mika = PeerActor(uri: bench.mika.uri, name: "mika", kind: .person, key: bench.mika.key, keyID: keyID)
            bench.peer.serve(mika.document.json, at: "/users/mika")
            bench.peer.serve(
                [
                    "id": .string(keyID.string), "owner": .string(mika.uri.string),
                    "publicKeyPem": .string(mika.key.publicKey.spkiPEM),
                ], at: "/keys/old")
            #expect(try await bench.deliver(bench.invite(), by: mika) == .accepted(.applied))
            bench.peer.answer(.init(410), at: "/keys/old")
            let thief = PeerActor(
                uri: mika.uri, name: "mika", kind: .person, key: try TestKeys.rsa("eve"), keyID: keyID)
            let later = Date(timeIntervalSinceNow: 400)
            #expect(try await bench.deliver(departure(of: mika.uri, bench), by: thief, at: later) == .gone)
            #expect(try await federation.home.database.actor(uri: mika.uri)?.goneAt == nil)
        }
    }
}
