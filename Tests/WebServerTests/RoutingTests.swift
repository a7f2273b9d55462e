import Foundation
import JSONTree
import TestSupport
import Testing

struct RoutingTests {
    @Test func answers() async throws {
        try await withServer { port in
            let reply = try #require(try await RawClient.request("GET", "/hello", to: port))
            #expect(reply.status == 200)
            #expect(reply.body == #"{"hello":"you"}"#)
            #expect(reply.field("content-type") == "application/json; charset=utf-8")
        }
    }

    @Test(
        "Another method than an address takes is told which it takes",
        arguments: [
            ("POST", "/hello", "GET"), ("DELETE", "/hello", "GET"), ("GET", "/echo", "POST, PUT"),
            ("PATCH", "/echo", "POST, PUT"), ("TRACE", "/hello", "GET"), ("OPTIONS", "/hello", "GET"),
            ("QUERY", "/hello", "GET"),
        ])
    func otherMethods(method: String, target: String, allowed: String) async throws {
        try await withServer { port in
            let reply = try #require(try await RawClient.request(method, target, to: port))
            #expect(reply.status == 405)
            #expect(reply.field("allow") == allowed)
            #expect(try json(reply.body)["error"]?.string?.contains(allowed) == true)
        }
    }

    @Test("HEAD answers as GET does, without the body")
    func head() async throws {
        try await withServer { port in
            let reply = try #require(try await RawClient.request("HEAD", "/hello", to: port))
            #expect(reply.status == 200)
            #expect(reply.body.isEmpty)
            #expect(reply.field("content-type") == "application/json; charset=utf-8")
            #expect(try await RawClient.request("HEAD", "/echo", to: port)?.status == 405)
        }
    }

    @Test(
        "What is not there is not there, in JSON",
        arguments: ["/", "/nothing", "/people", "/people/a/b", "/hello/x", "/%2e%2e/hello"])
    func unknown(target: String) async throws {
        try await withServer { port in
            let reply = try #require(try await RawClient.request("GET", target, to: port))
            #expect(reply.status == 404)
            #expect(reply.field("content-type") == "application/json; charset=utf-8")
            #expect(try json(reply.body)["error"]?.string?.isEmpty == false)
        }
    }

    @Test(
        "Parameters and query are decoded once, the target not at all",
        arguments: [
            ("/people/ana?q=a%20b&q=c&empty=&x", "ana", ["q=a b", "q=c", "empty="]),
            ("/people/a%20b", "a b", []), ("/people/a%2Fb", "a/b", []), ("/people/%C3%A9", "é", []),
            ("/people/%2525", "%25", []),
            ("/people/a%01b?q=%01", "a\u{1}b", ["q=\u{1}"]), ("/people/%", "%", []), ("/people/%FF", "%FF", []),
            ("/people/@x", "@x", []),
        ])
    func parameters(target: String, name: String, query: [String]) async throws {
        try await withServer { port in
            let reply = try #require(try await RawClient.request("GET", target, to: port))
            #expect(reply.status == 200)
            let read = try json(reply.body)
            #expect(read["name"]?.string == name)
            #expect(read["target"]?.string == target)
            let found = (read["query"]?.array ?? []).compactMap(\.string)
            #expect(query.allSatisfy(found.contains))
        }
    }

    @Test("Every Host that came is seen, so that two can be refused")
    func hosts() async throws {
        try await withServer { port in
            let one = try await RawClient.send(
                "GET /hosts HTTP/1.1\r\nHost: a.example:8080\r\nConnection: close\r\n\r\n", to: port)
            #expect(one?.body == #"["a.example:8080"]"#)
            let two = try #require(
                try await RawClient.send(
                    "GET /hosts HTTP/1.1\r\nHost: a.example\r\nHost: e.example\r\nConnection: close\r\n\r\n", to: port))
            #expect(two.status == 400 || two.body == #"["a.example","e.example"]"#)
        }
    }
}

struct ErrorTests {
    @Test("An error of ours tells nothing of itself")
    func unexpected() async throws {
        try await withServer { port in
            let reply = try #require(try await RawClient.request("GET", "/broken", to: port))
            #expect(reply.status == 500)
            #expect(!reply.body.contains("Secret"))
        }
    }

    @Test func namesFields() async throws {
        try await withServer { port in
            let reply = try #require(try await RawClient.request("GET", "/field", to: port))
            #expect(reply.status == 422)
            #expect(
                try json(reply.body)
                    == [
                        "error": "start: Choose another.",
                        "fields": [["field": "start", "message": "Choose another."]],
                    ])
        }
    }

    @Test(
        "What a browser must not do stands on every answer, errors included",
        arguments: [
            ("GET", "/hello", 200), ("HEAD", "/hello", 200), ("GET", "/nothing", 404), ("POST", "/hello", 405),
            ("GET", "/read", 401), ("GET", "/broken", 500), ("GET", "/field", 422), ("GET", "/moved", 302),
        ])
    func safeHeaders(method: String, target: String, status: Int) async throws {
        for isSecure in [true, false] {
            try await withServer(isSecure: isSecure) { port in
                let reply = try #require(try await RawClient.request(method, target, to: port))
                #expect(reply.status == status)
                #expect(reply.field("content-security-policy")?.hasPrefix("default-src 'none'") == true)
                #expect(reply.field("x-content-type-options") == "nosniff")
                #expect(reply.field("x-frame-options") == "DENY")
                #expect(reply.field("referrer-policy") == "no-referrer")
                #expect((reply.field("strict-transport-security") != nil) == isSecure)
            }
        }
    }
}
