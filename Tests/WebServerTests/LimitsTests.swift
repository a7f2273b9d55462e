import Foundation
import Testing
import WebServer

/// What comes over the socket is bounded, and nothing that comes ends the server.
struct LimitsTests {
    @Test(arguments: [(999, 200), (1000, 200), (1001, 413), (5_000_000, 413)])
    func limitsBodiesWithLength(size: Int, status: Int) async throws {
        try await withServer { port in
            let body = String(repeating: "x", count: size)
            let reply = try await RawClient.request("POST", "/echo", body: body, to: port)
            #expect(reply?.status == status)
            #expect(try await RawClient.request("GET", "/hello", to: port)?.status == 200)
        }
    }

    @Test(arguments: [(900, 200), (1000, 200), (1001, 413), (300_000, 413)])
    func limitsBodiesInChunks(size: Int, status: Int) async throws {
        try await withServer { port in
            let head =
                "POST /echo HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            var pieces = [Array(head.utf8)]
            var left = size
            while left > 0 {
                let count = min(left, 400)
                pieces.append(Array("\(String(count, radix: 16))\r\n\(String(repeating: "x", count: count))\r\n".utf8))
                left -= count
            }
            pieces.append(Array("0\r\n\r\n".utf8))
            let reply = try await RawClient.send(pieces, to: port)
            #expect(reply?.status == status)
            if status == 200 { #expect(reply?.body.utf8.count == size) }
        }
    }

    @Test("A body that does not come in time is given up")
    func givesUpOnDrippedBodies() async throws {
        try await withServer(configure: { $0.deadlines.body = .milliseconds(200) }) { port in
            let head = "POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100\r\n\r\nabc"
            let reply = try await RawClient.send(head, to: port)
            #expect(reply?.status == 408)
            #expect(try await RawClient.request("GET", "/hello", to: port)?.status == 200)
        }
    }

    @Test("A length that is announced is refused before a byte of it has come")
    func refusesAnnouncedLength() async throws {
        try await withServer { port in
            let head = "POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1000000000000\r\n\r\n"
            let reply = try await RawClient.send(head, to: port)
            #expect(reply?.status == 413)
        }
    }

    @Test(
        "A flood of header fields is refused",
        arguments: [
            [String](repeating: "X-A: 1", count: 200), ["X-A: " + String(repeating: "a", count: 40_000)],
            [String](repeating: "X-A: " + String(repeating: "a", count: 4000), count: 20),
        ])
    func headerFlood(fields: [String]) async throws {
        try await withServer { port in
            let reply = try await RawClient.request("GET", "/hello", fields: fields, to: port)
            #expect(reply == nil || reply?.status == 431 || reply?.status == 400)
            #expect(try await RawClient.request("GET", "/hello", to: port)?.status == 200)
        }
    }

    @Test(
        "Bytes that are no request end their own connection alone",
        arguments: [
            "\u{0}\u{1}\u{2}\u{3}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost: a\r\nX: \u{0}\r\n\r\n", "GET /hello\u{0} HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://e.example/hello HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "GET //hello HTTP/1.1\r\nHost: a\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}\r\n\r\n",
        ])
    func garbage(text: String) async throws {
        try await withServer { port in
            let reply = try await RawClient.send(
                text + "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", to: port)
            #expect((reply?.status ?? 400) < 500 || reply?.status == 501 || reply?.status == 505)
            #expect(try await RawClient.request("GET", "/hello", to: port)?.status == 200)
        }
    }
}
