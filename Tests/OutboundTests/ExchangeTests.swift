import Foundation
import Testing
import Wire

@testable import Outbound

/// Signs with the target, so that the server can see what was signed and when.
private struct TargetSigner: RequestSigner {
    func sign(_ request: OutgoingRequest) throws -> [(name: String, value: String)] {
        [
            (
                "Signature",
                "\(request.method.rawValue) \(request.authority) \(request.uri.requestTarget) \(request.body.count)"
            )
        ]
    }
}

private struct BrokenSigner: RequestSigner {
    struct Failure: Error {}
    let fields: [(name: String, value: String)]?

    func sign(_ request: OutgoingRequest) throws -> [(name: String, value: String)] {
        guard let fields else { throw Failure() }
        return fields
    }
}

@Suite(.serialized, .timeLimit(.minutes(1)))
struct ExchangeTests {
    @Test("sends the fields that others expect, and gives back what came")
    func get() async throws {
        let server = try await ScriptedServer.start { _ in
            [answer(200, #"{"a":1}"#, fields: ["Content-Type: application/activity+json", "X-Two: 1", "x-two: 2"])]
        }
        try await withClient { client in
            let target = try local(server, "/users/a?b=c&d#main-key")
            let response = try await client.get(target, accept: "application/activity+json", signer: TargetSigner())
            #expect(response.status == 200)
            #expect(response.isSuccess)
            #expect(String(decoding: response.body, as: UTF8.self) == #"{"a":1}"#)
            #expect(response.contentType == "application/activity+json")
            #expect(response.header("CONTENT-TYPE") == "application/activity+json")
            #expect(response.header("x-two") == nil)
            #expect(response.uri.string == "http://peer.localhost:\(server.port)/users/a?b=c&d")
        }
        let request = try #require(server.requests.first)
        #expect(request.line == "GET /users/a?b=c&d HTTP/1.1")
        #expect(request.values("host") == ["peer.localhost:\(server.port)"])
        #expect(request.values("accept") == ["application/activity+json"])
        #expect(request.values("accept-encoding") == ["gzip"])
        #expect(request.values("user-agent") == ["mentord/1.0 (+https://own.test)"])
        #expect(request.values("signature") == ["GET peer.localhost:\(server.port) /users/a?b=c&d 0"])
        #expect(server.requests.count == 1)
    }

    @Test("sends a document as it is")
    func post() async throws {
        let server = try await ScriptedServer.start { _ in [answer(202, "")] }
        try await withClient { client in
            let response = try await client.send(
                to: try local(server, "/inbox"), contentType: "application/activity+json",
                body: Array("{\"é\":1}".utf8),
                signer: TargetSigner())
            #expect(response.status == 202)
            #expect(response.body.isEmpty)
        }
        let request = try #require(server.requests.first)
        #expect(request.line == "POST /inbox HTTP/1.1")
        #expect(request.body == "{\"é\":1}")
        #expect(request.values("content-length") == ["8"])
        #expect(request.values("content-type") == ["application/activity+json"])
        #expect(request.values("signature") == ["POST peer.localhost:\(server.port) /inbox 8"])
    }

    @Test(
        "puts exactly the URI's target on the request line, or does not send it",
        arguments: [
            "", "/", "/a//b", "/a/../b", "/./a", "/%7Euser", "/~user/@a", "/a;b=c", "/a?", "/?a=b?c", "/a%2Fb",
            "/a+b?c+d", "/!$&'()*,;=:@", "/a:b", "//a", "/[a]", "/a?[b]=1",
        ])
    func requestTarget(_ target: String) async throws {
        let server = try await ScriptedServer.start { _ in [answer()] }
        try await withClient { client in
            let wanted = try local(server, target)
            let result = await outcome { () async throws(OutboundError) in try await client.get(wanted, accept: "*/*") }
            if server.requests.isEmpty {
                #expect(result == .failure(.invalidRequest))
            } else {
                #expect(result == .success(200))
                #expect(server.requests.map(\.target) == [wanted.requestTarget])
            }
        }
    }

    @Test("uses one connection for exchanges in a row")
    func keepsConnection() async throws {
        let server = try await ScriptedServer.start { _ in [answer()] }
        try await withClient { client in
            for _ in 0..<5 { _ = try await client.get(try local(server), accept: "*/*") }
        }
        #expect(server.requests.count == 5)
        #expect(server.connectionCount == 1)
        try await server.connectionsClosed()
    }

    @Test(
        "sends nothing when a field would break out of its line",
        arguments: ["a\r\nX: 1", "a\nb", "a\u{0}", "a\r"])
    func controlBytes(_ value: String) async throws {
        let server = try await ScriptedServer.start { _ in [answer()] }
        try await withClient { client in
            let target = try local(server)
            await #expect(throws: OutboundError.invalidRequest) { try await client.get(target, accept: value) }
            await #expect(throws: OutboundError.invalidRequest) {
                try await client.send(to: target, contentType: value, body: [])
            }
            await #expect(throws: OutboundError.invalidRequest) {
                try await client.get(target, accept: "*/*", signer: BrokenSigner(fields: [("date", value)]))
            }
            await #expect(throws: OutboundError.signing) {
                try await client.get(target, accept: "*/*", signer: BrokenSigner(fields: nil))
            }
        }
        #expect(server.requests.isEmpty)
    }

    @Test(
        "gives every status to the caller",
        arguments: [200, 204, 300, 304, 400, 401, 403, 404, 410, 429, 500, 503])
    func statuses(_ status: Int) async throws {
        let server = try await ScriptedServer.start { _ in
            [.send("HTTP/1.1 \(status) S\r\nContent-Length: 0\r\nRetry-After: 7\r\n\r\n")]
        }
        try await withClient { client in
            let target = try local(server)
            let fetched = try await client.get(target, accept: "*/*")
            #expect(fetched.status == status)
            #expect(fetched.retryAfter(now: .now) == .seconds(7))
            let response = try await client.send(to: target, contentType: "a/b", body: [1])
            #expect(response.status == status)
        }
    }

    @Test("reads past interim responses")
    func interim() async throws {
        let server = try await ScriptedServer.start { _ in
            [.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"), answer(200, "x")]
        }
        try await withClient { client in
            let response = try await client.get(try local(server), accept: "*/*")
            #expect(response.status == 200)
        }
    }
}
