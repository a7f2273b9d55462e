import Foundation
import Testing
import Wire

@testable import Outbound

private func redirect(_ location: String, status: Int = 302) -> ScriptedServer.Step {
    answer(status, "", fields: ["Location: \(location)"])
}

private struct HopSigner: RequestSigner {
    func sign(_ request: OutgoingRequest) throws -> [(name: String, value: String)] {
        [("Signature", request.uri.string)]
    }
}

@Suite(.serialized, .timeLimit(.minutes(1)))
struct RedirectChainTests {
    @Test("follows two redirects and signs each hop anew", arguments: [301, 302, 303, 307, 308])
    func follows(_ status: Int) async throws {
        let end = try await ScriptedServer.start { _ in [answer(200, "end")] }
        let start = try await ScriptedServer.start { request in
            request.target == "/1"
                ? [redirect("/2#x", status: status)]
                : [redirect("http://other.localhost:\(end.port)/3?a", status: status)]
        }
        try await withClient { client in
            let response = try await client.get(try local(start, "/1"), accept: "*/*", signer: HopSigner())
            #expect(String(decoding: response.body, as: UTF8.self) == "end")
            #expect(response.uri.string == "http://other.localhost:\(end.port)/3?a")
        }
        #expect(start.requests.map(\.target) == ["/1", "/2"])
        #expect(
            start.requests.flatMap { $0.values("signature") }
                == ["/1", "/2"].map {
                    "http://peer.localhost:\(start.port)\($0)"
                })
        #expect(end.requests.flatMap { $0.values("signature") } == ["http://other.localhost:\(end.port)/3?a"])
        #expect(end.requests.flatMap { $0.values("host") } == ["other.localhost:\(end.port)"])
    }

    @Test("gives up after two redirects")
    func tooMany() async throws {
        let server = try await ScriptedServer.start { request in
            [redirect("/\((Int(request.target.dropFirst()) ?? 0) + 1)")]
        }
        try await withClient { client in
            let target = try local(server, "/1")
            await #expect(throws: OutboundError.tooManyRedirects) { try await client.get(target, accept: "*/*") }
        }
        #expect(server.requests.map(\.target) == ["/1", "/2", "/3"])
    }

    @Test(
        "never asks for the same URI twice",
        arguments: [
            ["/1": "/1"], ["/1": "/2", "/2": "/1"], ["/1": "/1#other"], ["/1": "http://PEER.localhost:PORT/1"],
        ])
    func loops(_ locations: [String: String]) async throws {
        let server = try await ScriptedServer.start { request in
            let port = request.values("host")[0].split(separator: ":")[1]
            return [redirect((locations[request.target] ?? "").replacing("PORT", with: port))]
        }
        try await withClient { client in
            let target = try local(server, "/1")
            await #expect(throws: OutboundError.redirectLoop) { try await client.get(target, accept: "*/*") }
        }
        #expect(server.requests.count == locations.count)
    }

    @Test(
        "refuses redirects that lead nowhere or elsewhere than to a document",
        arguments: [
            "data:text/plain,x", "file:///etc/passwd", "gopher://peer.localhost/", "relative", "",
            "https://peer.localhost/",
            "//user@peer.localhost/", "/a b", "/%00\u{1}",
        ])
    func badLocations(_ location: String) async throws {
        let server = try await ScriptedServer.start { _ in [redirect(location)] }
        try await withClient { client in
            let target = try local(server)
            await #expect(throws: OutboundError.self) { try await client.get(target, accept: "*/*") }
        }
        #expect(server.requests.count == 1)
    }

    @Test("refuses a redirect without Location, or with two")
    func ambiguous() async throws {
        let server = try await ScriptedServer.start { request in
            [answer(302, "", fields: request.target == "/none" ? [] : ["Location: /a", "Location: /b"])]
        }
        try await withClient { client in
            for target in [try local(server, "/none"), try local(server, "/two")] {
                await #expect(throws: OutboundError.badRedirect) { try await client.get(target, accept: "*/*") }
            }
        }
        #expect(server.requests.count == 2)
    }

    @Test("leaves a redirected delivery to its caller", arguments: [301, 302, 303, 307, 308])
    func postIsNotFollowed(_ status: Int) async throws {
        let elsewhere = try await ScriptedServer.start { _ in [answer()] }
        let server = try await ScriptedServer.start { _ in
            [redirect("http://other.localhost:\(elsewhere.port)/inbox", status: status)]
        }
        try await withClient { client in
            let response = try await client.send(to: try local(server), contentType: "a/b", body: [1])
            #expect(response.status == status)
            #expect(response.location?.string == "http://other.localhost:\(elsewhere.port)/inbox")
        }
        #expect(elsewhere.connectionCount == 0)
    }

    @Test("does not read the body of a redirect")
    func endlessRedirectBody() async throws {
        let server = try await ScriptedServer.start { request in
            guard request.target == "/1" else { return [answer(200, "end")] }
            return [
                .send("HTTP/1.1 302 Found\r\nLocation: /2\r\n\r\n"),
                .sendForEver([UInt8](repeating: 0x61, count: 65_536)),
            ]
        }
        try await withClient { client in
            let response = try await client.get(try local(server, "/1"), accept: "*/*")
            #expect(response.status == 200)
        }
        try await server.connectionsClosed()
    }
}
