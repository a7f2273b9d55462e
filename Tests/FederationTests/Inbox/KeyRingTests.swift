import ActivityStreams
import Foundation
import HTTPSignatures
import JSONTree
import Keys
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Federation

/// Whose key it is, and how often anybody is asked for it.
struct KeyRingTests {
    private func isUnauthorised(_ answer: Inbox.Answer) -> Bool {
        if case .unauthorised = answer { true } else { false }
    }

    @Test("A key speaks for its owner alone (A06)")
    func keyOfAnother() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let other = try await TestPeer.start("e")
            let eve = try other.person("eve")
            #expect(isUnauthorised(try await bench.deliver(bench.invite(), by: eve)))
            #expect(bench.peer.requests().isEmpty)
            let actors = try await federation.home.database.actor(uri: eve.uri)
            #expect(actors == nil)
            #expect(try await federation.home.count(.sessions) == 0)
            #expect(try await federation.home.count(.jobs) == 0)
        }
    }

    @Test("A request that is not signed, or wrongly, leaves no row and asks nobody in vain")
    func noRowWithoutProof() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let actors = try await federation.home.count(.actors)
            var unsigned = try bench.mika.delivery(bench.invite(), to: federation.community)
            unsigned.fields.removeAll { $0.name == "Signature" }
            #expect(isUnauthorised(try await bench.deliver(unsigned)))
            #expect(bench.peer.requests().isEmpty)
            var forged = bench.mika
            forged = PeerActor(
                uri: forged.uri, name: forged.name, kind: .person, key: try TestKeys.rsa("forger"), keyID: forged.keyID)
            #expect(isUnauthorised(try await bench.deliver(bench.invite(), by: forged)))
            #expect(try await federation.home.count(.actors) == actors)
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
        }
    }

    @Test("A key at another origin than its owner's counts for nothing (A07)")
    func keyElsewhere() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let other = try await TestPeer.start("e")
            let key = try TestKeys.rsa("eve")
            let keyID = try other.address("/k")
            other.serve(
                [
                    "id": .string(keyID.string), "owner": .string(bench.mika.uri.string),
                    "publicKeyPem": .string(key.publicKey.spkiPEM),
                ], at: "/k")
            let eve = PeerActor(uri: bench.mika.uri, name: "mika", kind: .person, key: key, keyID: keyID)
            #expect(isUnauthorised(try await bench.deliver(bench.invite(), by: eve)))
            #expect(try await federation.home.database.key(keyID) == nil)
        }
    }

    @Test("An actor that lists a key id of another origin gets it for nobody (A07)")
    func listedElsewhere() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let other = try await TestPeer.start("e")
            let eve = try other.person("eve")
            var document = eve.document
            document.keys[0].id = bench.mika.keyID
            other.serve(document.json, at: "/users/eve")
            #expect(isUnauthorised(try await bench.deliver(bench.invite("1", by: eve), by: eve)))
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
            let stored = try #require(try await federation.home.database.key(bench.mika.keyID))
            #expect(try PublicKey(pem: stored.publicPEM) == bench.mika.key.publicKey)
        }
    }

    @Test("A key document that names another id poisons nothing (A08)")
    func poisonedDocument() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let other = try await TestPeer.start("e")
            let key = try TestKeys.rsa("eve")
            var document = bench.mika.document
            document.keys[0].material = .pem(key.publicKey.spkiPEM)
            other.serve(document.json, at: "/k1")
            let poison = PeerActor(
                uri: bench.mika.uri, name: "mika", kind: .person, key: key, keyID: try other.address("/k1"))
            #expect(isUnauthorised(try await bench.deliver(bench.invite(), by: poison)))
            let disguised = PeerActor(uri: bench.mika.uri, name: "mika", kind: .person, key: key)
            #expect(isUnauthorised(try await bench.deliver(bench.invite(), by: disguised)))
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
        }
    }

    @Test("A bare key that names its owner is believed where the owner lists it")
    func bareKey() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let keyID = try bench.peer.address("/keys/mika")
            let mika = PeerActor(uri: bench.mika.uri, name: "mika", kind: .person, key: bench.mika.key, keyID: keyID)
            bench.peer.serve(
                [
                    "id": .string(keyID.string), "owner": .string(mika.uri.string),
                    "publicKeyPem": .string(mika.key.publicKey.spkiPEM),
                ], at: "/keys/mika")
            #expect(isUnauthorised(try await bench.deliver(bench.invite(), by: mika)))
            bench.peer.serve(mika.document.json, at: "/users/mika")
            let later = Date(timeIntervalSinceNow: 400)
            #expect(try await bench.deliver(bench.invite(), by: mika, at: later) == .accepted(.applied))
        }
    }

    @Test("A new key is fetched once, and the old one is worth nothing from then on (A09)")
    func rotation() async throws {
        try await withFederation(poolSize: 8) { federation in
            let bench = try await InboxBench(federation)
            let start = Date()
            #expect(try await bench.deliver(bench.invite("1"), at: start) == .accepted(.applied))
            let renewed = try bench.peer.person("mika", key: "mika's second")
            let fetched = bench.peer.requests("/users/mika").count
            let later = start.addingTimeInterval(400)
            let answers = try await withThrowingTaskGroup(of: Inbox.Answer.self) { group in
                for number in 2..<12 {
                    group.addTask { try await bench.deliver(bench.invite("\(number)"), by: renewed, at: later) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0 == .accepted(.applied) }, "\(answers)")
            #expect(bench.peer.requests("/users/mika").count == fetched + 1)
            #expect(isUnauthorised(try await bench.deliver(bench.invite("20"), at: later)))
            #expect(bench.peer.requests("/users/mika").count == fetched + 1)
        }
    }

    @Test("What another process learns of a key counts at once, though this one holds the key in memory")
    func changedElsewhere() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let database = federation.home.database
            for name in ["1", "2"] { #expect(try await bench.deliver(bench.invite(name)) == .accepted(.applied)) }
            let fetched = bench.peer.requests("/users/mika").count

            let second = try bench.peer.person("mika", key: "mika's second")
            try await database.execute(
                "update actor_keys set public_pem = \(second.key.publicKey.spkiPEM) where uri = \(second.keyID)")
            #expect(isUnauthorised(try await bench.deliver(bench.invite("3"), by: bench.mika)))
            #expect(isUnauthorised(try await bench.deliver(bench.activity("Shrug", "4", "x"), by: bench.mika)))
            #expect(try await bench.deliver(bench.invite("5"), by: second) == .accepted(.applied))

            try await database.execute("update actors set gone_at = now() where uri = \(bench.mika.uri)")
            #expect(try await bench.deliver(bench.invite("6"), by: second) == .gone)
            #expect(try await federation.home.count(.sessions) == 3)
            #expect(bench.peer.requests("/users/mika").count == fetched)
        }
    }

    @Test("More keys than are remembered are asked for all the same, and the latest failures are remembered (A12)")
    func manyKeys() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let now = Date()
            let ring = KeyRing(
                actors: federation.remoteActors, database: federation.home.database, community: federation.community,
                remembered: 8)
            let nobody = { (number: Int) in
                PeerActor(
                    uri: try bench.peer.address("/users/nobody\(number)"), name: "nobody", kind: .person,
                    key: bench.mika.key)
            }
            for number in 0..<20 {
                let (key, at) = (try nobody(number).keyID, now.addingTimeInterval(Double(number)))
                await #expect(throws: KeyRing.Failure.unknownKey) { try await ring.key(key, now: at) }
            }
            #expect(try await ring.key(bench.mika.keyID, now: now.addingTimeInterval(20)).owner == bench.mika.uri)
            let asked = bench.peer.requests().count
            let last = try nobody(19).keyID
            await #expect(throws: KeyRing.Failure.unknownKey) { try await ring.key(last, now: now.addingTimeInterval(21)) }
            #expect(bench.peer.requests().count == asked)
        }
    }

    @Test("Fifty wrong signatures with a known key: one fetch at most (A09)")
    func wrongSignatures() async throws {
        try await withFederation(poolSize: 8) { federation in
            let bench = try await InboxBench(federation)
            let start = Date()
            #expect(try await bench.deliver(bench.invite("1"), at: start) == .accepted(.applied))
            let fetched = bench.peer.requests("/users/mika").count
            let forger = PeerActor(
                uri: bench.mika.uri, name: "mika", kind: .person, key: try TestKeys.rsa("forger"))
            let later = start.addingTimeInterval(400)
            let answers = try await withThrowingTaskGroup(of: Inbox.Answer.self) { group in
                for number in 2..<52 {
                    group.addTask { try await bench.deliver(bench.invite("\(number)"), by: forger, at: later) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy(isUnauthorised))
            #expect(bench.peer.requests("/users/mika").count <= fetched + 1)
            #expect(try await bench.deliver(bench.invite("60"), at: later) == .accepted(.applied))
        }
    }

    @Test("Two hundred requests with a key that cannot be fetched: three requests at most (A10)")
    func amplifier() async throws {
        try await withFederation(poolSize: 8) { federation in
            let bench = try await InboxBench(federation)
            let trap = try await TestPeer.start("e")
            let target = try trap.address("/k")
            trap.answer(.init(302, fields: [("location", target.string)]), at: "/k")
            let eve = PeerActor(
                uri: try trap.address("/users/eve"), name: "eve", kind: .person, key: try TestKeys.rsa("eve"),
                keyID: target)
            let request = try eve.delivery(bench.invite("1", by: eve), to: federation.community)
            let answers = try await withThrowingTaskGroup(of: Inbox.Answer.self) { group in
                for _ in 0..<200 { group.addTask { try await bench.deliver(request) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy(isUnauthorised))
            #expect(trap.requests().count <= 3)
            #expect(try await bench.deliver(bench.invite()) == .accepted(.applied))
        }
    }

    @Test(
        "What is gone or silent is told apart",
        arguments: [
            (410, Inbox.Answer.gone), (404, .unauthorised("unknown-key")), (503, .unavailable), (500, .unavailable),
        ])
    func failures(status: Int, expected: Inbox.Answer) async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            bench.peer.answer(.init(status), at: "/users/mika")
            let request = try bench.mika.delivery(bench.invite(), to: federation.community)
            for _ in 0..<3 { #expect(try await bench.deliver(request) == expected) }
            #expect(bench.peer.requests("/users/mika").count == 1)
            bench.peer.serve(bench.mika.document.json, at: "/users/mika")
            let later = Date(timeIntervalSinceNow: 400)
            #expect(try await bench.deliver(bench.invite(), at: later) == .accepted(.applied))
        }
    }

    @Test("Nobody speaks with keys of our own names (B11)")
    func ourOwnNames() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            let ours = PeerActor(
                uri: bench.noor.uri, name: "noor", kind: .person, key: try TestKeys.rsa("eve"),
                keyID: try uri("\(federation.community.origin)/users/noor#other-key"))
            #expect(isUnauthorised(try await bench.deliver(bench.invite("1", by: ours), by: ours)))
            let shouted = PeerActor(
                uri: try uri("http://A.LOCALHOST.:8080/users/noor"), name: "noor", kind: .person,
                key: try TestKeys.rsa("eve"))
            #expect(isUnauthorised(try await bench.deliver(bench.invite("1", by: shouted), by: shouted)))
            #expect(try await federation.home.database.actor(id: bench.noor.id) == bench.noor)
        }
    }

    @Test("An actor document elsewhere that claims our host is no actor (B11)")
    func claimsOurHost() async throws {
        try await withFederation { federation in
            let bench = try await InboxBench(federation)
            var document = bench.mika.document
            document.id = bench.noor.uri
            bench.peer.serve(document.json, at: "/users/mika")
            #expect(isUnauthorised(try await bench.deliver(bench.invite())))
            #expect(try await federation.home.database.actor(id: bench.noor.id) == bench.noor)
        }
    }
}
