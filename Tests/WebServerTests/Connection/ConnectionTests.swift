import Foundation
import NIOCore
import NIOPosix
import Testing
import Wire

@testable import WebServer

/// Connections of which somebody wants too many, or which somebody holds by doing little (D03, D04).
struct ConnectionTests {
    private let head = "POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1000\r\n\r\n"

    @Test("A header that comes byte by byte is not waited for", .timeLimit(.minutes(1)))
    func slowHeader() async throws {
        try await withServer(configure: { $0.deadlines.header = .milliseconds(400) }) { port in
            let silent = try await RawClient.timeToEnd([], to: port)
            #expect(silent < .seconds(10))
            let slow = try await RawClient.timeToEnd(head.map(String.init), every: .milliseconds(50), to: port)
            #expect((.milliseconds(300)...(.seconds(10))).contains(slow))
            let answer = try await RawClient.request("GET", "/hello", to: port)
            #expect(answer?.status == 200)
        }
    }

    @Test("The second request on a connection has to come as fast as the first", .timeLimit(.minutes(1)))
    func slowSecondHeader() async throws {
        try await withServer(configure: { $0.deadlines.header = .milliseconds(400) }) { port in
            let first = "GET /hello HTTP/1.1\r\nHost: a.example\r\n\r\n"
            let pieces = [first] + [String](repeating: "G", count: 1) + [String](repeating: "E", count: 200)
            let time = try await RawClient.timeToEnd(pieces, every: .milliseconds(50), to: port)
            #expect(time < .seconds(10))
        }
    }

    @Test("A body that trickles is not waited for", .timeLimit(.minutes(1)))
    func slowBody() async throws {
        let trickle = [head] + [String](repeating: "x", count: 900)
        try await withServer(configure: {
            $0.deadlines.grace = .milliseconds(200)
            $0.deadlines.bytesPerSecond = 1_000
        }) { port in
            let time = try await RawClient.timeToEnd(trickle, every: .milliseconds(50), to: port)
            #expect(time < .seconds(10))
            let chunks = [String](repeating: String(repeating: "x", count: 200), count: 5)
            let whole = try await RawClient.send(([head] + chunks).map { Array($0.utf8) }, to: port)
            #expect(whole?.status == 200)
        }
    }

    @Test("Who does not read what was asked for is cut off", .timeLimit(.minutes(1)))
    func slowReader() async throws {
        let request = "GET /large HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n"
        try await withServer(configure: { $0.deadlines.write = .milliseconds(400) }) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false).connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let counter = ByteCounter()
                        try channel.pipeline.syncOperations.addHandler(counter)
                        return (channel, NIOLoopBound(counter, eventLoop: channel.eventLoop))
                    }
                }
            try await channel.0.writeAndFlush(ByteBuffer(string: request))
            // Longer than the server waits for a reader; then everything that is still to be had is read.
            try await Task.sleep(for: .seconds(2))
            try await channel.0.setOption(.autoRead, value: true).get()
            try? await channel.0.closeFuture.get()
            let count = try await channel.0.eventLoop.submit { channel.1.value.count }.get()
            #expect((1..<(16 << 20)).contains(count))
        }
        try await withServer { port in
            let whole = try await RawClient.request("GET", "/large", to: port)
            #expect(whole?.body.utf8.count == 16 << 20)
        }
    }

    private final class ByteCounter: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        var count = 0

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { count += unwrapInboundIn(data).readableBytes }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    @Test("A body far beyond the limit is not even read to its end", .timeLimit(.minutes(1)))
    func endlessBody() async throws {
        try await withServer { port in
            let head = "POST /echo HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n"
            let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
            let pieces = [head] + [String](repeating: chunk, count: 2_000)
            let time = try await RawClient.timeToEnd(pieces, to: port)
            #expect(time < .seconds(20))
            let answer = try await RawClient.request("GET", "/hello", to: port)
            #expect(answer?.status == 200)
        }
    }

    @Test("One client holds so many connections, a trusted proxy as many as it needs", .timeLimit(.minutes(1)))
    func cap() async throws {
        func held(_ count: Int, to port: Int) async throws -> [any Channel] {
            var channels: [any Channel] = []
            for _ in 0..<count {
                channels.append(
                    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                        .connect(host: "127.0.0.1", port: port).get())
            }
            return channels
        }
        try await withServer(configure: { $0.connectionsPerClient = 5 }) { port in
            // Which of them comes last is for the server's threads to decide.
            let channels = try await held(6, to: port)
            let soon = ContinuousClock.now + .seconds(5)
            while channels.allSatisfy(\.isActive), ContinuousClock.now < soon { await Task.yield() }
            #expect(channels.filter(\.isActive).count == 5)
            for channel in channels where channel.isActive { try? await channel.close() }
            var reply: RawClient.Reply?
            let end = ContinuousClock.now + .seconds(10)
            while reply == nil, ContinuousClock.now < end {
                reply = try? await RawClient.request("GET", "/hello", to: port)
            }
            #expect(reply?.status == 200)
        }
        let proxies = ["127.0.0.1/32"].compactMap { CIDR($0) }
        try await withServer(configure: {
            $0.connectionsPerClient = 5
            $0.trustedProxies = proxies
        }) { port in
            let channels = try await held(10, to: port)
            let answer = try await RawClient.request("GET", "/hello", to: port)
            #expect(answer?.status == 200)
            for channel in channels { try await channel.close() }
        }
    }

    @Test("A body in a content coding is refused (D06)", arguments: ["gzip", "br", "deflate", "gzip, identity"])
    func codings(coding: String) async throws {
        try await withServer { port in
            let reply = try await RawClient.request("POST", "/echo", fields: ["Content-Encoding: \(coding)"], body: "x", to: port)
            #expect(reply?.status == 415)
            let plain = try await RawClient.request("POST", "/echo", fields: ["Content-Encoding: identity"], body: "x", to: port)
            #expect(plain?.status == 200)
        }
    }

    @Test(
        "What two parsers could read differently is refused, and nothing behind it is answered (D05)",
        arguments: [
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "Content-Length: 5, 5\r\n\r\nhello", "Content-Length: +5\r\n\r\nhello", "Content-Length: 0x5\r\n\r\nhello",
            "Transfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n", "Transfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked, identity\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
            "X: a\r\n b\r\nContent-Length: 0\r\n\r\n", "X: a\nContent-Length: 0\r\n\r\n", "X: a\rb\r\nContent-Length: 0\r\n\r\n",
            "X: a\u{0}b\r\nContent-Length: 0\r\n\r\n", "X y: a\r\nContent-Length: 0\r\n\r\n", ": a\r\nContent-Length: 0\r\n\r\n",
        ])
    func ambiguity(rest: String) async throws {
        try await withServer { port in
            let smuggled = "GET /hello HTTP/1.1\r\nHost: a.example\r\n\r\n"
            let reply = try await RawClient.all("POST /echo HTTP/1.1\r\nHost: a.example\r\n" + rest + smuggled, to: port)
            #expect(!reply.contains("HTTP/1.1 200"), "\(reply)")
            #expect(!reply.contains("you"))
        }
    }

    @Test("A request without a host, or with two, is refused (D05)", arguments: [[], ["a.example", "b.example"], ["a.example", "a.example"]])
    func hosts(hosts: [String]) async throws {
        try await withServer { port in
            let fields = hosts.map { "Host: \($0)\r\n" }.joined()
            let reply = try await RawClient.all("GET /hello HTTP/1.1\r\n\(fields)Connection: close\r\n\r\n", to: port)
            #expect(reply.hasPrefix("HTTP/1.1 400"), "\(reply)")
        }
    }

    @Test("User text with line breaks makes no header of its own (D05)")
    func responseSplitting() async throws {
        let routes = [
            Route(.get, "/to", access: .open) { Answer(status: 302, fields: [("location", $0.query("x") ?? "")]) }
        ]
        try await withServer(routes) { port in
            let reply = try await RawClient.all(
                "GET /to?x=/a%0d%0aX-Evil:%201%0d%0a%0d%0aHTTP/1.1%20200%20OK HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n",
                to: port)
            #expect(!reply.contains("\nX-Evil"))
            #expect(reply.components(separatedBy: "\nHTTP/1.1").count == 1)
        }
    }
}

extension RawClient {
    /// Everything that the server says to these bytes until it ends the connection, for which it has a minute.
    ///
    /// - Parameter listen: called with all that was said so far, whenever there is more.
    static func all(_ text: String, to port: Int, listen: (String) -> Void = { _ in }) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try? await outbound.write(ByteBuffer(string: text))
            let deadline = Task {
                try await Task.sleep(for: .seconds(60))
                Issue.record("The server does not end the connection.")
                try await channel.channel.close()
            }
            defer { deadline.cancel() }
            var received: [UInt8] = []
            do {
                for try await buffer in inbound {
                    received += buffer.readableBytesView
                    listen(String(decoding: received, as: UTF8.self))
                }
            } catch is IOError {}
            return String(decoding: received, as: UTF8.self)
        }
    }
}
