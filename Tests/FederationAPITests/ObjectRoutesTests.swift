import ActivityStreams
import Federation
import FederationAPI
import Foundation
import HTTPSignatures
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import WebServer
import Wire

/// A session between Mika, of ours, and Noor elsewhere, and who may read it (F01).
struct ObjectRoutesTests {
    struct Readers {
        let federation: TestFederation
        let session: Session
        let noor: PeerActor
        let strangers: [(String, PeerActor?)]
        let readers: [(String, PeerActor)]

        init(_ federation: TestFederation) async throws {
            self.federation = federation
            let (b, e) = (try await TestPeer.start("b"), try await TestPeer.start("e"))
            noor = try b.person("noor")
            let other = try b.person("b2")
            let eve = try e.person("eve")
            let server = PeerActor(
                uri: try b.address("/actor"), name: "b.localhost", kind: .application, key: try TestKeys.rsa("b"))
            b.serve(server.document.json, at: "/actor")
            let bot = PeerActor(
                uri: try b.address("/users/bot"), name: "bot", kind: .service, key: try TestKeys.rsa("bot"))
            b.serve(bot.document.json, at: "/users/bot")
            let foreignServer = PeerActor(
                uri: try e.address("/actor"), name: "e.localhost", kind: .application, key: try TestKeys.rsa("e"))
            e.serve(foreignServer.document.json, at: "/actor")
            let home = federation.home
            let mika = try await home.person("mika").actor
            let mentor = try await federation.remoteActors.actor(noor.uri, on: home.database)
            let desk = federation.desk
            session = try await home.database.transaction { transaction in
                try await desk.request(
                    SessionRequest(
                        type: "pana_support", topic: "Secret topic", start: .hence(days: 3), minutes: 30, zone: "UTC"),
                    by: mika, of: mentor, now: .thisSecond, in: transaction)
            }
            let zed = try await home.person("zed").actor
            let ours = { (actor: Actor) in
                PeerActor(
                    uri: actor.uri, name: actor.handle.name, kind: .person, key: try TestKeys.rsa(actor.handle.name))
            }
            strangers = [
                ("nobody", nil), ("eve", eve), ("b2", other), ("b's bot", bot), ("e's server", foreignServer), ("zed", try ours(zed)),
            ]
            readers = [("noor", noor), ("b's server", server), ("mika", try ours(mika))]
        }

        func get(
            _ target: String, as reader: PeerActor?, accept: String = "application/activity+json"
        ) async throws -> Answer {
            let routes = ObjectRoutes(
                sessions: SessionReader(database: federation.home.database, community: federation.community),
                activities: SentActivities(database: federation.home.database, community: federation.community),
                gate: federation.gate()
            ) { _, _ in .page("the page") }.routes
            let fields = try reader?.request("GET", target, of: federation.community).fields ?? []
            return await routes.answer(
                "GET", target, fields: fields.map { ($0.name.lowercased(), $0.value) } + [("accept", accept)])
        }
    }

    @Test func `a browser gets the page, whatever it asks for`() async throws {
        try await withFederation { federation in
            let bench = try await Readers(federation)
            for target in [bench.session.uri.path, "/sessions/\(UUID().uuidString)"] {
                let answer = try await bench.get(target, as: nil, accept: "text/html,application/xhtml+xml,*/*;q=0.8")
                #expect(answer.text == "the page")
            }
            #expect(try await bench.get("/sessions/1", as: nil, accept: "text/html").status == 404)
        }
    }

    @Test("Only the two parties, and the servers that fetch for them, see a session and its activities")
    func matrix() async throws {
        try await withFederation { federation in
            let bench = try await Readers(federation)
            let missing = try await bench.get("/sessions/\(UUID().uuidString.lowercased())", as: bench.noor)
            #expect(missing.status == 404)
            for target in ["/sessions/\(bench.session.uri.path.split(separator: "/")[1])", bench.session.invite.path] {
                for (name, stranger) in bench.strangers {
                    let answer = try await bench.get(target, as: stranger)
                    #expect(answer.status == 404, "\(name) \(target)")
                    #expect(answer.body == missing.body, "\(name) \(target)")
                }
                for (name, reader) in bench.readers where name != "mika" || target.hasPrefix("/sessions/") {
                    let answer = try await bench.get(target, as: reader)
                    #expect(answer.status == 200, "\(name) \(target)")
                    #expect(answer.text.contains("Secret topic"))
                    #expect(answer.field("cache-control") == "private, no-store")
                }
            }
        }
    }

    @Test("An activity is served byte for byte as it was sent")
    func sameBytes() async throws {
        try await withFederation { federation in
            let bench = try await Readers(federation)
            let stored = try #require(try await federation.home.database.activity(uri: bench.session.invite))
            let answer = try await bench.get(bench.session.invite.path, as: bench.noor)
            #expect(answer.text == stored.body)
        }
    }

    @Test("A session that was withdrawn is gone for its parties, and was never there for others")
    func gone() async throws {
        try await withFederation { federation in
            let bench = try await Readers(federation)
            let target = bench.session.uri.path
            try await federation.home.database.transaction { transaction in
                try await federation.desk.perform(
                    .init(.cancel(Reason(heard: "Ill.", code: nil))), on: .id(bench.session.id),
                    by: bench.session.mentee, now: .thisSecond, in: transaction)
            }
            let answer = try await bench.get(target, as: bench.noor)
            #expect(answer.status == 410)
            #expect(try json(answer.text)["type"] == "Tombstone")
            #expect(!answer.text.contains("Secret topic"))
            for (name, stranger) in bench.strangers {
                #expect(try await bench.get(target, as: stranger).status == 404, "\(name)")
            }
        }
    }

    @Test(
        "What is no address of ours is not found",
        arguments: [
            "/sessions/1", "/sessions/%20", "/activities/x", "/sessions/00000000-0000-0000-0000-000000000000",
        ])
    func unknown(target: String) async throws {
        try await withFederation { federation in
            let bench = try await Readers(federation)
            #expect(try await bench.get(target, as: bench.noor).status == 404)
        }
    }
}
