import ActivityStreams
import Federation
import FederationAPI
import Foundation
import HTTPSignatures
import JSONTree
import Keys
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import WebServer
import Wire

/// Who reads documents: with secure mode on and off, blocked or not (A17, K05).
struct FetchGateTests {
    struct Bench {
        let federation: TestFederation
        let routes: [Route]

        init(_ federation: TestFederation, isSecure: Bool, limits: Double = 0) async throws {
            self.federation = federation
            let (home, gate) = (federation.home, federation.gate(isSecure: isSecure, limits: limits))
            _ = try await home.mentor("noor")
            routes =
                ActorRoutes(
                    database: home.database, community: home.community,
                    actors: LocalActors(database: home.database, community: home.community),
                    posts: PublishedPosts(database: home.database, community: home.community), gate: gate
                ) { .page("page of \($0.handle.name)") }.routes
                + ObjectRoutes(
                    sessions: SessionReader(database: home.database, community: home.community),
                    activities: SentActivities(database: home.database, community: home.community), gate: gate
                ) { _, _ in .page("the page") }.routes
                + WellKnownRoutes(database: home.database, community: home.community, version: "1").routes
        }

        /// A GET as a server sends it, signed where there is a signer.
        func get(
            _ target: String, as signer: PeerActor? = nil, accept: String = "application/activity+json",
            change: (inout RequestMessage) -> Void = { _ in }
        ) async throws -> Answer {
            var request = RequestMessage(method: "GET", target: target, fields: [], body: [])
            if let signer { request = try signer.request("GET", target, of: federation.community) }
            change(&request)
            let fields = request.fields.map { (name: $0.name.lowercased(), value: $0.value) }
            return await routes.answer("GET", target, fields: fields + [("accept", accept)])
        }

        func block(_ domain: String) async throws {
            _ = try await DecideDomain(database: federation.home.database, community: federation.community)(
                DomainDecisionDraft(domain: domain, kind: .block, reason: "", author: "ana"), now: .thisSecond)
        }
    }

    private static let documents = [
        "/users/noor", "/@noor", "/users/noor/outbox", "/users/noor/outbox?page=true", "/users/noor/followers",
        "/users/noor/following", "/actor/outbox",
    ]

    private func forged(_ request: inout RequestMessage) {
        guard let index = request.fields.firstIndex(where: { $0.name.lowercased() == "date" }) else { return }
        request.fields[index] = HeaderField(name: "date", value: HTTPDate.format(Date(timeIntervalSinceNow: -30)))
    }

    @Test("In secure mode documents are for whom somebody vouches; what it takes to begin is for all (A17)")
    func secure() async throws {
        try await withFederation { federation in
            let bench = try await Bench(federation, isSecure: true)
            let peer = try await TestPeer.start()
            let mika = try peer.person("mika")
            for target in Self.documents + ["/activities/\(UUID())", "/sessions/\(UUID())"] {
                #expect(try await bench.get(target).status == 401, "\(target)")
                #expect(try await bench.get(target, as: mika, change: forged).status == 401, "\(target)")
            }
            for target in Self.documents {
                let answer = try await bench.get(target, as: mika)
                #expect(answer.status == 200, "\(target)")
                #expect(answer.field("cache-control") == "private, no-store")
            }
            #expect(try await bench.get("/users/nobody").status == 401)
            for target in [
                "/actor", "/.well-known/webfinger?resource=acct:noor@a.localhost:8080", "/.well-known/nodeinfo", "/nodeinfo/2.1",
            ] {
                #expect(try await bench.get(target).status == 200, "\(target)")
            }
            #expect(try await bench.get("/users/noor", accept: "text/html").text == "page of noor")
            #expect(peer.requests("/users/mika").count == 1)
        }
    }

    @Test("Without secure mode everybody reads, but not who is blocked and says so, and not who signs wrongly (K05)")
    func open() async throws {
        try await withFederation { federation in
            let bench = try await Bench(federation, isSecure: false)
            try await bench.block("e.localhost")
            let b = try await TestPeer.start("b")
            let mika = try b.person("mika")
            let e = try await TestPeer.start("e")
            let eve = try e.person("eve")
            for target in Self.documents {
                let answer = try await bench.get(target)
                #expect(answer.status == 200, "\(target)")
                #expect(answer.field("vary")?.contains("Signature") == true)
                #expect(try await bench.get(target, as: mika).status == 200, "\(target)")
                #expect(try await bench.get(target, as: mika, change: forged).status == 401, "\(target)")
                #expect(try await bench.get(target, as: eve).status == 403, "\(target)")
            }
            #expect(e.requests().isEmpty)
            #expect(b.requests("/users/mika").count == 1)
        }
    }

    @Test("A server that cannot be asked for its key reads what everybody reads, in secure mode nothing")
    func unreachable() async throws {
        for (isSecure, status) in [(false, 200), (true, 503)] {
            try await withFederation { federation in
                let bench = try await Bench(federation, isSecure: isSecure)
                let peer = try await TestPeer.start()
                let mika = try peer.person("mika")
                peer.answer(.init(503), at: "/users/mika")
                #expect(try await bench.get("/users/noor", as: mika).status == status)
            }
        }
    }

    @Test("A closed community shows documents to nobody, and its pages to people (A16)")
    func closed() async throws {
        try await withFederation(mode: .closed) { federation in
            let bench = try await Bench(federation, isSecure: false)
            let peer = try await TestPeer.start()
            let mika = try peer.person("mika")
            for target in Self.documents + ["/actor"] {
                #expect(try await bench.get(target).status == 403, "\(target)")
                #expect(try await bench.get(target, as: mika).status == 403, "\(target)")
            }
            #expect(try await bench.get("/users/noor", accept: "text/html").status == 200)
            #expect(peer.requests().isEmpty)
        }
    }

    @Test("A domain reads so much with its signature, and takes nothing from others or from who does not sign (H04)")
    func tooMany() async throws {
        try await withFederation { federation in
            let bench = try await Bench(federation, isSecure: false, limits: 0.05)
            let b = try await TestPeer.start("b")
            let (ben, bea) = (try b.person("ben"), try b.person("bea"))
            let eve = try await TestPeer.start("e").person("eve")
            for reader in [ben, bea, ben, bea, ben] {
                #expect(try await bench.get("/users/noor", as: reader).status == 200)
            }
            for reader in [ben, bea] {
                let refused = try await bench.get("/users/noor", as: reader)
                #expect(refused.status == 429)
                #expect((1...20).contains(refused.field("retry-after").flatMap { Int($0) } ?? 0))
                #expect(try await bench.get("/users/noor", as: reader, change: forged).status == 401)
            }
            #expect(try await bench.get("/users/noor", as: eve).status == 200)
            #expect(try await bench.get("/users/noor").status == 200)
            #expect(try await bench.get("/actor", as: ben).status == 200)
        }
    }

    @Test("What is refused for its number makes nobody known")
    func leavesNothing() async throws {
        try await withFederation { federation in
            let bench = try await Bench(federation, isSecure: true, limits: 0.01)
            let b = try await TestPeer.start("b")
            let (ben, bea) = (try b.person("ben"), try b.person("bea"))
            #expect(try await bench.get("/users/noor", as: ben).status == 200)
            #expect(try await bench.get("/users/noor", as: bea).status == 429)
            let actors = try await federation.home.database.actors(uris: [ben.uri, bea.uri])
            #expect(actors.map(\.uri) == [ben.uri])
        }
    }

    @Test("Only who is listed reads signed, where only listed domains are let in (K02)")
    func allowlist() async throws {
        try await withFederation(mode: .allowlist) { federation in
            let bench = try await Bench(federation, isSecure: true)
            let peer = try await TestPeer.start()
            let mika = try peer.person("mika")
            #expect(try await bench.get("/users/noor", as: mika).status == 403)
            #expect(peer.requests().isEmpty)
        }
    }
}
