import Federation
import FederationAPI
import HTTPSignatures
import JSONTree
import Social
import TestSupport
import Testing
import WebServer
import Wire

struct InboxRoutesTests {
    private func routes(_ federation: TestFederation) -> [Route] {
        InboxRoutes(inbox: federation.inbox, logger: quietLogger).routes
    }

    private func post(_ request: RequestMessage, _ federation: TestFederation) async -> Answer {
        await routes(federation).answer(
            "POST", request.target, fields: request.fields.map { ($0.name.lowercased(), $0.value) }, body: request.body)
    }

    @Test(
        "Every inbox asks who it is before it does anything (A16)",
        arguments: ["/users/noor/inbox", "/inbox", "/actor/inbox"])
    func everyInboxVerifies(target: String) async throws {
        try await withFederation { federation in
            _ = try await federation.home.mentor("noor")
            let peer = try await TestPeer.start()
            let mika = try peer.person("mika")
            let like: JSON = [
                "id": .string("\(peer.origin)/1"), "type": "Like", "actor": .string(mika.uri.string), "object": "x",
            ]
            let request = try mika.request("POST", target, of: federation.community, body: like.serialized())
            var unsigned = request
            unsigned.fields.removeAll { $0.name == "Signature" }
            var altered = request
            altered.body.append(0x20)
            var elsewhere = request
            elsewhere.target = target == "/inbox" ? "/actor/inbox" : "/inbox"
            for wrong in [unsigned, altered, elsewhere] { #expect(await post(wrong, federation).status == 401) }
            #expect(await post(request, federation).status == 202)
        }
    }

    @Test func refusesOtherInboxesAndTypes() async throws {
        try await withFederation { federation in
            let peer = try await TestPeer.start()
            let mika = try peer.person("mika")
            for target in ["/users/nobody/inbox", "/users/NOOR/inbox"] {
                let request = try mika.request("POST", target, of: federation.community, body: [])
                #expect(await post(request, federation).status == 404)
            }
            var plain = try mika.request("POST", "/inbox", of: federation.community, body: [])
            plain.fields.removeAll { $0.name == "content-type" }
            #expect(await post(plain, federation).status == 415)
            plain.fields.append(HeaderField(name: "content-type", value: "application/json"))
            #expect(await post(plain, federation).status == 415)
        }
    }

    @Test("A signed body that is no activity is 400, a sender that cannot be asked 503, one that is gone 202")
    func statuses() async throws {
        try await withFederation { federation in
            let peer = try await TestPeer.start()
            let mika = try peer.person("mika")
            let broken = try mika.request("POST", "/inbox", of: federation.community, body: Array("{".utf8))
            #expect(await post(broken, federation).status == 400)
            for (name, status, expected) in [("sleepy", 503, 503), ("gone", 410, 202), ("missing", 404, 401)] {
                let actor = try peer.person(name, key: "mika")
                peer.answer(.init(status), at: "/users/\(name)")
                let request = try actor.request("POST", "/inbox", of: federation.community, body: Array("{}".utf8))
                #expect(await post(request, federation).status == expected, "\(name)")
            }
        }
    }
}
