import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import WebServer

/// Before a connection is known to be HTTP or a WebSocket, nobody may hold it, or the server's end, either.
struct SocketNegotiationTests {
    @Test("A handshake that comes byte by byte is not waited for", .timeLimit(.minutes(1)))
    func slowHandshake() async throws {
        try await withServer(sockets: [Parrot.route], configure: { $0.deadlines.header = .milliseconds(400) }) { port in
            let bytes = RawSocket.handshake("/socket").map(String.init)
            let time = try await RawClient.timeToEnd(bytes, every: .milliseconds(50), to: port)
            #expect((.milliseconds(300)...(.seconds(10))).contains(time))
        }
    }

    @Test("A header of 90 KB ends its connection at once, first on it or not", .timeLimit(.minutes(1)))
    func largeHeader() async throws {
        let large = RawSocket.handshake("/socket", fields: ["X-A: " + String(repeating: "a", count: 90_000)])
        try await withServer(sockets: [Parrot.route]) { port in
            for before in ["", "GET /hello HTTP/1.1\r\nHost: a.example\r\n\r\n"] {
                let time = try await RawClient.timeToEnd([before + large], to: port)
                #expect(time < .seconds(5))
            }
            let reply = try await RawClient.all(large, to: port)
            #expect(reply.isEmpty || reply.hasPrefix("HTTP/1.1 400 "))
            let other = try await RawClient.request("GET", "/hello", to: port)
            #expect(other?.status == 200)
        }
    }

    @Test("A judgement that takes too long ends the connection", .timeLimit(.minutes(1)))
    func slowJudgement() async throws {
        let endless = SocketRoute("/socket") { _ in
            try await Task.sleep(for: .seconds(30))
            return Parrot()
        }
        try await withServer(sockets: [endless], configure: { $0.deadlines.header = .milliseconds(400) }) { port in
            let time = try await RawClient.timeToEnd([RawSocket.handshake("/socket")], to: port)
            #expect(time < .seconds(10))
        }
    }

    @Test(
        "The server stops though somebody connected and says nothing, or half of something, or waits to be judged",
        .timeLimit(.minutes(1)),
        arguments: ["", "GET /soc", RawSocket.handshake("/socket"), RawSocket.handshake("/hello").dropLast(2).description])
    func stops(said: String) async throws {
        let endless = SocketRoute("/socket") { _ in
            try await Task.sleep(for: .seconds(8))
            return Parrot()
        }
        var begin = ContinuousClock.now
        var held: (any Channel)?
        try await withServer(sockets: [endless]) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            try await channel.writeAndFlush(ByteBuffer(string: said))
            // Behind this one on the server's threads, so that the first was seen.
            _ = try await RawClient.request("GET", "/hello", to: port)
            held = channel
            begin = .now
        }
        #expect(ContinuousClock.now - begin < .seconds(5))
        try await held?.closeFuture.get()
    }

    @Test("When the server stops, sockets hear that it goes", .timeLimit(.minutes(1)))
    func goingAway() async throws {
        let talks = Talks()
        var listening: Task<Int?, any Error>?
        var begin = ContinuousClock.now
        try await withServer(sockets: [talks.route()]) { port in
            listening = Task {
                try await RawSocket.with(to: port) { socket in
                    while let frame = try await socket.nextWord() {
                        guard let code = frame.code else { continue }
                        try await socket.send(opcode: 8, frame.payload)
                        return code
                    }
                    return nil
                }
            }
            #expect(await until { talks.open == 1 })
            begin = .now
        }
        #expect(ContinuousClock.now - begin < .seconds(5))
        let code = try await listening?.value
        #expect(code == 1001)
    }
}
