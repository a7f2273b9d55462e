import Foundation
import Testing
import Wire

@testable import Outbound

/// What the `gzip` command makes of a number of zero bytes.
private func gzipped(zeros count: Int) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "head -c \(count) /dev/zero | gzip"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(bytes)
}

private func zipped(_ bytes: [UInt8], coding: String = "gzip") -> [ScriptedServer.Step] {
    [
        .send("HTTP/1.1 200 OK\r\nContent-Encoding: \(coding)\r\nContent-Length: \(bytes.count)\r\n\r\n"),
        .sendBytes(bytes),
    ]
}

@Suite(.serialized, .timeLimit(.minutes(1)))
struct BodyLimitTests {
    /// Fetches from a server that answers with these steps, and checks that the client leaves no connection behind.
    private func expect(
        _ expected: Result<Int, OutboundError>, from steps: [ScriptedServer.Step],
        limits: ExchangeLimits = ExchangeLimits(body: 100_000), at location: SourceLocation = #_sourceLocation
    ) async throws {
        let server = try await ScriptedServer.start { _ in steps }
        let result = try await withClient { client in
            let target = try local(server)
            return await outcome { () async throws(OutboundError) in
                try await client.get(target, accept: "*/*", limits: limits)
            }
        }
        #expect(result == expected, sourceLocation: location)
        try await server.connectionsClosed()
    }

    @Test("takes a body of exactly the limit, plain, chunked or zipped")
    func exactly() async throws {
        let body = String(repeating: "a", count: 100_000)
        try await expect(.success(200), from: [answer(200, body)])
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n\(body)\r\n0\r\n\r\n"
        try await expect(.success(200), from: [.send(chunked)])
        try await expect(.success(200), from: [.send("HTTP/1.0 200 OK\r\n\r\n\(body)"), .close])
        try await expect(.success(200), from: zipped(try gzipped(zeros: 100_000)))
    }

    @Test("refuses one byte more, plain, chunked or zipped")
    func oneMore() async throws {
        let body = String(repeating: "a", count: 100_001)
        try await expect(.failure(.tooLarge), from: [answer(200, body)])
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186a1\r\n\(body)\r\n0\r\n\r\n"
        try await expect(.failure(.tooLarge), from: [.send(chunked)])
        try await expect(.failure(.tooLarge), from: zipped(try gzipped(zeros: 100_001)))
    }

    @Test(
        "stops reading an endless body at the limit, and ends its connection",
        arguments: [
            ("", [UInt8](repeating: 0x61, count: 65_536)),
            (
                "Transfer-Encoding: chunked\r\n",
                Array("4000\r\n".utf8) + [UInt8](repeating: 0x61, count: 0x4000) + [13, 10]
            ),
        ])
    func endless(_ field: String, _ piece: [UInt8]) async throws {
        let server = try await ScriptedServer.start { _ in
            [.send("HTTP/1.1 200 OK\r\n\(field)\r\n"), .sendForEver(piece)]
        }
        try await withClient { client in
            let target = try local(server)
            await #expect(throws: OutboundError.tooLarge) { try await client.get(target, accept: "*/*") }
            try await server.connectionsClosed()
        }
    }

    @Test("stops unpacking a gzip bomb", arguments: [1 << 20, 64 << 20])
    func bomb(_ limit: Int) async throws {
        // 32 MiB in about 32 KiB. The second limit is above what the settings allow, and cut down to that.
        let bomb = try gzipped(zeros: 32 << 20)
        try await expect(.failure(.tooLarge), from: zipped(bomb), limits: ExchangeLimits(body: limit))
    }

    @Test("believes no Content-Length")
    func falseLength() async throws {
        let long = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"
        try await expect(.failure(.connectionLost), from: [.send(long), .close])
        let huge = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx"
        try await expect(.failure(.tooLarge), from: [.send(huge)])
        for invalid in ["-1", "x", "1e3", "99999999999999999999999999", "5, 6"] {
            let text = "HTTP/1.1 200 OK\r\nContent-Length: \(invalid)\r\n\r\nhello"
            try await expect(.failure(.malformedResponse), from: [.send(text), .close])
        }
    }

    @Test("does not take what follows a body for the next response")
    func surplus() async throws {
        let server = try await ScriptedServer.start { request in
            guard request.target == "/1" else { return [answer(200, "two")] }
            let response = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
            return [.send("\(response)one\(response)bad")]
        }
        try await withClient { client in
            let first = try await client.get(try local(server, "/1"), accept: "*/*")
            #expect(String(decoding: first.body, as: UTF8.self) == "one")
            // The connection is given up; a request that was about to use it may go with it.
            let target = try local(server, "/2")
            let second = try? await client.get(target, accept: "*/*")
            #expect(second.map { String(decoding: $0.body, as: UTF8.self) } != "bad")
        }
    }

    @Test(
        "refuses codings that it did not ask for, and broken ones", arguments: ["br", "zstd", "gzip, gzip", "compress"])
    func unknownCoding(_ coding: String) async throws {
        try await expect(.failure(.malformedResponse), from: zipped([1, 2, 3], coding: coding))
        try await expect(.failure(.malformedResponse), from: zipped(Array("not gzip".utf8)))
        let truncated = Array(try gzipped(zeros: 1000).dropLast(10))
        try await expect(.failure(.malformedResponse), from: zipped(truncated))
    }

    @Test("takes a header block of 30 KiB in one read with its body, but not an endless one")
    func headerBlock() async throws {
        let fields = (0..<6).map { "X-\($0): \(String(repeating: "v", count: 5_000))" }
        try await expect(.success(200), from: [answer(200, String(repeating: "a", count: 90_000), fields: fields)])
        let head = ScriptedServer.Step.send("HTTP/1.1 200 OK\r\n")
        let line = "X: \(String(repeating: "v", count: 1_000))\r\n"
        try await expect(.failure(.headersTooLarge), from: [head, .sendForEver(Array(line.utf8))])
        let value = ScriptedServer.Step.sendForEver([UInt8](repeating: 0x61, count: 4_096))
        try await expect(.failure(.headersTooLarge), from: [head, .send("X: "), value])
        let interim = ScriptedServer.Step.sendForEver(Array("HTTP/1.1 103 Early\r\n\r\n".utf8))
        try await expect(.failure(.headersTooLarge), from: [interim])
        let many = answer(200, "", fields: (0..<100).map { "X-\($0): v" })
        try await expect(.failure(.headersTooLarge), from: [many])
    }

    @Test("counts the header block of each response anew")
    func headerBlocksInARow() async throws {
        let fields = (0..<6).map { "X-\($0): \(String(repeating: "v", count: 4_000))" }
        let server = try await ScriptedServer.start { _ in [answer(200, "x", fields: fields)] }
        try await withClient { client in
            for _ in 0..<4 {
                let response = try await client.get(try local(server), accept: "*/*")
                #expect(response.status == 200)
            }
        }
        #expect(server.connectionCount == 1)
    }

    @Test(
        "calls what is not HTTP malformed",
        arguments: [
            "garbage\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "\u{0}\u{0}\u{0}", "SSH-2.0-OpenSSH\r\n",
        ])
    func garbage(_ text: String) async throws {
        try await expect(.failure(.malformedResponse), from: [.send(text), .close])
    }

    @Test("calls a connection that ends early lost")
    func lost() async throws {
        try await expect(.failure(.connectionLost), from: [.close])
        try await expect(.failure(.connectionLost), from: [.reset])
        try await expect(.failure(.connectionLost), from: [.send("HTTP/1.1 200 OK\r\nX: "), .close])
        let partial = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
        try await expect(.failure(.connectionLost), from: [.send(partial), .close])
    }
}
