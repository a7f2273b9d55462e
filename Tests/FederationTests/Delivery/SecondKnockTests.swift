import ActivityStreams
import Foundation
import HTTPSignatures
import JSONTree
import Jobs
import Outbound
import PostgreSQL
import Social
import Store
import Synchronization
import TestSupport
import Testing
import Wire

@testable import Federation

/// Peers that read only one form of signature.
@Suite(.timeLimit(.minutes(5)))
struct SecondKnockTests {
    /// Answers 202 to one form of signature and refuses the other.
    static func peer(accepts form: SignatureForm, refusal: Int = 401) async throws -> LoopbackServer {
        try await LoopbackServer.start { request in
            let isMessageSignature = request.field("signature-input") != nil
            return .init(isMessageSignature == (form == .messageSignature) ? 202 : refusal)
        }
    }

    static func forms(_ peer: LoopbackServer) -> [String] {
        peer.requests.map { $0.field("signature-input") == nil ? "cavage" : "rfc9421" }
    }

    @Test("A refused draft-cavage signature is followed at once by RFC 9421, which is remembered", arguments: [400, 401])
    func knocksAgain(refusal: Int) async throws {
        try await withDeliveries { bench in
            let peer = try await Self.peer(accepts: .messageSignature, refusal: refusal)
            let inbox = "http://b.localhost:\(peer.port)/inbox"
            try await bench.send(#"{"id":1}"#, to: [inbox])
            try await bench.finish()
            #expect(Self.forms(peer) == ["cavage", "rfc9421"])
            #expect(try await bench.home.count(.jobs) == 0)
            #expect(Set(peer.requests.map(\.body)).count == 1)
            #expect(peer.requests.last?.field("digest") == nil)
            #expect(peer.requests.last?.field("content-digest") != nil)

            try await bench.send(to: [inbox])
            try await bench.finish()
            #expect(Self.forms(peer) == ["cavage", "rfc9421", "rfc9421"])
        }
    }

    @Test("Another process knows it for seven days, and then knocks anew")
    func memoryIsShared() async throws {
        try await withDeliveries { bench in
            let peer = try await Self.peer(accepts: .messageSignature)
            let inbox = "http://b.localhost:\(peer.port)/inbox"
            try await bench.send(to: [inbox])
            try await bench.finish()

            let other = DeliveryBench(bench.federation, mika: bench.mika)
            try await other.send(to: [inbox])
            try await other.finish()
            #expect(Self.forms(peer) == ["cavage", "rfc9421", "rfc9421"])

            try await bench.database.execute("update hosts set signature_form_at = now() - interval '8 days'")
            let later = DeliveryBench(bench.federation, mika: bench.mika)
            try await later.send(to: [inbox])
            try await later.finish()
            #expect(Self.forms(peer) == ["cavage", "rfc9421", "rfc9421", "cavage", "rfc9421"])
        }
    }

    @Test("A peer that went back is understood, and not asked again")
    func wentBack() async throws {
        try await withDeliveries { bench in
            let peer = try await Self.peer(accepts: .draftCavage())
            let inbox = try uri("http://b.localhost:\(peer.port)/inbox")
            let client = SignedClient(client: bench.federation.client, keys: bench.federation.keys)
            await bench.federation.keys.forms.remember(.messageSignature, for: inbox)
            for _ in 1...2 {
                let response = try await client.post([], to: inbox, as: bench.mika.id)
                #expect(response.status == 202)
            }
            #expect(Self.forms(peer) == ["rfc9421", "cavage", "cavage"])
        }
    }

    @Test("A peer that refuses both is tried again later, and nothing is remembered")
    func refusesBoth() async throws {
        try await withDeliveries { bench in
            let peer = try await LoopbackServer.start { request in
                .init(request.field("signature-input") == nil ? 401 : 400)
            }
            try await bench.send(to: ["http://b.localhost:\(peer.port)/inbox"])
            try await bench.step()
            #expect(Self.forms(peer) == ["cavage", "rfc9421"])
            #expect(try await bench.queued().map(\.lastError) == ["answered 401"])
            #expect(try await bench.host("b.localhost:\(peer.port)")?.signatureForm == nil)
        }
    }

    @Test("What an actor's generator lists is begun with")
    func learnsFromGenerator() async throws {
        try await withDeliveries { bench in
            let peer = try await Self.peer(accepts: .messageSignature)
            let inbox = try uri("http://b.localhost:\(peer.port)/inbox")
            let forms = bench.federation.keys.forms
            await forms.learn(implementing: ["https://example.org/other"], at: inbox)
            #expect(await forms.form(for: inbox) == .draftCavage())
            await forms.learn(implementing: [Vocabulary.messageSignatures], at: inbox)
            #expect(await forms.form(for: inbox) == .messageSignature)
        }
    }

    @Test("A refused signed GET is repeated without its query, then with RFC 9421", arguments: [0, 1, 2])
    func signedGET(refusals: Int) async throws {
        try await withDeliveries { bench in
            let asked = Mutex(0)
            let peer = try await LoopbackServer.start { _ in
                let count = asked.withLock { count in
                    count += 1
                    return count
                }
                return .init(count > refusals ? 200 : 401)
            }
            let client = SignedClient(client: bench.federation.client, keys: bench.federation.keys)
            let address = try uri("http://b.localhost:\(peer.port)/notes?page=1")
            let response = try await client.get(
                address, accept: "application/activity+json", as: bench.mika.id, limits: .hotPath)
            #expect(response.status == 200)
            #expect(Self.forms(peer) == Array(["cavage", "cavage", "rfc9421"].prefix(refusals + 1)))
            #expect(Set(peer.requests.compactMap { $0.field("signature") }).count == refusals + 1)
            #expect(peer.requests.allSatisfy { $0.target == "/notes?page=1" })
        }
    }

    @Test(
        "A redirect that keeps the method is followed once within the origin, signed anew", arguments: [307, 308])
    func followsRedirect(status: Int) async throws {
        try await withDeliveries { bench in
            let peer = try await TestPeer.start()
            peer.answer(.init(status, fields: [("location", "/new")]), at: "/old")
            peer.answer(.init(status, fields: [("location", "/old")]), at: "/loop")
            peer.answer(.init(status, fields: [("location", "http://c.localhost:1/x")]), at: "/away")
            peer.answer(.init(301, fields: [("location", "/new")]), at: "/moved")
            peer.answer(.init(202), at: "/new")
            try await bench.send(to: ["/old", "/loop", "/away", "/moved"].map { "\(peer.origin)\($0)" })
            while try await bench.step() > 0 {}
            #expect(peer.requests("/new").count == 1)
            let signatures = [peer.requests("/old"), peer.requests("/new")].map { $0.first?.field("signature") }
            #expect(signatures[0] != signatures[1])
            let waiting = try await bench.queued().map { "\($0.payload["inbox"]?.string ?? "") \($0.lastError ?? "")" }
            #expect(
                waiting.sorted() == [
                    "\(peer.origin)/away answered \(status), which is not followed",
                    "\(peer.origin)/loop answered \(status), which is not followed",
                    "\(peer.origin)/moved answered 301, which is not followed",
                ])
        }
    }
}
