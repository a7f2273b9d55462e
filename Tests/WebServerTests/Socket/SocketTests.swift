import Foundation
import JSONTree
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing

@testable import WebServer

/// WebSockets beside ordinary requests, spoken to over real connections.
struct SocketTests {
    @Test("What is said is heard, in one frame or several, and the handshake is answered as the standard says")
    func talks() async throws {
        try await withServer(sockets: [Parrot.route]) { port in
            try await RawSocket.with(fields: ["Sec-WebSocket-Protocol: tok_en-1"], to: port) { socket in
                let answer = socket.answer.lowercased()
                #expect(answer.hasPrefix("http/1.1 101 "))
                #expect(socket.answer.contains(RawSocket.accept))
                #expect(answer.contains("sec-websocket-protocol: tok_en-1\r\n"))
                try await socket.send("Grüße")
                #expect(try await socket.nextWord()?.text == "Grüße")
                try await socket.send(opcode: 1, Array("one ".utf8), first: 0)
                try await socket.send(opcode: 9, Array("there?".utf8))
                try await socket.send(opcode: 0, Array("two ".utf8), first: 0)
                try await socket.send(opcode: 0, Array("three".utf8))
                #expect(try await socket.nextWord() == RawSocket.Frame(opcode: 10, payload: Array("there?".utf8)))
                #expect(try await socket.nextWord()?.text == "one two three")
                let large = String(repeating: "x", count: 8 * 1024)
                try await socket.send(large)
                #expect(try await socket.nextWord()?.text == large)
            }
            let other = try await RawClient.request("GET", "/hello", to: port)
            #expect(other?.status == 200)
        }
    }

    @Test("The same holds over TLS")
    func secure() async throws {
        let workshop = try ServerCertificateTests.Workshop()
        defer { try? FileManager.default.removeItem(at: workshop.folder) }
        try workshop.make("server")
        let certificate = try workshop.certificate("server")
        var trusting = TLSConfiguration.makeClientConfiguration()
        trusting.trustRoots = .file(workshop.path("server.pem"))
        let tls = try NIOSSLContext(configuration: trusting)
        try await withServer(sockets: [Parrot.route], configure: { $0.certificate = certificate }) { port in
            try await RawSocket.with(tls: tls, to: port) { socket in
                #expect(socket.answer.contains(RawSocket.accept))
                try await socket.send("Grüße")
                #expect(try await socket.nextWord()?.text == "Grüße")
                try await socket.send(opcode: 2, [1])
                #expect(try await socket.nextWord()?.code == 1003)
            }
        }
    }

    static let faults: [(opcode: UInt8, payload: [UInt8], first: UInt8, isMasked: Bool, code: Int)] = [
        (2, [1, 2, 3], 0x80, true, 1003), (1, [UInt8](repeating: 0x61, count: 8 * 1024 + 1), 0x80, true, 1009),
        (1, [UInt8](repeating: 0x61, count: 20_000), 0, true, 1009), (1, [0xC3, 0x28], 0x80, true, 1007),
        (1, [0x61], 0x80, false, 1002), (0, [0x61], 0x80, true, 1002), (3, [0x61], 0x80, true, 1002),
        (1, [0x61], 0xC0, true, 1002), (11, [0x61], 0x80, true, 1002), (9, [0x61], 0, true, 1002),
    ]

    @Test("Bytes, too much, and what breaks the protocol ends the connection with the reason", arguments: faults.indices)
    func refuses(index: Int) async throws {
        let fault = Self.faults[index]
        try await withServer(sockets: [Parrot.route]) { port in
            try await RawSocket.with(to: port) { socket in
                try await socket.send(
                    opcode: fault.opcode, fault.payload, first: fault.first, isMasked: fault.isMasked)
                #expect(try await socket.nextWord()?.code == fault.code)
                #expect(try await socket.nextWord() == nil)
            }
        }
    }

    @Test("Fragments without end are not gathered")
    func endless() async throws {
        try await withServer(sockets: [Parrot.route]) { port in
            try await RawSocket.with(to: port) { socket in
                for index in 0..<100 {
                    try await socket.send(opcode: index == 0 ? 1 : 0, [UInt8](repeating: 0x61, count: 1000), first: 0)
                }
                #expect(try await socket.nextWord()?.code == 1009)
            }
        }
    }

    @Test("Who takes leave is answered, and nothing is kept of the talk")
    func leaves() async throws {
        let talks = Talks()
        try await withServer(sockets: [talks.route()]) { port in
            try await RawSocket.with(to: port) { socket in
                try await socket.send(opcode: 8, [0x03, 0xE8])
                #expect(try await socket.nextWord()?.code == 1000)
                #expect(try await socket.nextWord() == nil)
            }
            // One that only hangs up.
            try await RawSocket.with(to: port) { _ in #expect(talks.open >= 1) }
            #expect(await until { talks.open == 0 })
        }
    }

    @Test("Whoever has no right to listen hears so before anything is upgraded, and what is no handshake is a request")
    func refusesBefore() async throws {
        try await withServer(sockets: [Parrot.route]) { port in
            func status(_ request: String) async throws -> Int? { try await RawClient.send(request, to: port)?.status }
            #expect(try await status(RawSocket.handshake("/socket?token=bad")) == 401)
            #expect(try await status(RawSocket.handshake("/nothing")) == 404)
            #expect(try await status(RawSocket.handshake("/hello")) == 200)
            #expect(try await status("GET /socket HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") == 404)
            let old = RawSocket.handshake("/socket").replacing("Version: 13", with: "Version: 8")
            let reply = try await RawClient.send(old, to: port)
            #expect(reply?.status == 426)
            #expect(reply?.field("sec-websocket-version") == "13")
            let unsaid = RawSocket.handshake("/socket").replacing("Connection: keep-alive, Upgrade", with: "Connection: close")
            #expect(try await status(unsaid) == 503)
            #expect(try await status(RawSocket.handshake("/socket", fields: ["Sec-WebSocket-Key: twice"])) != 101)
            #expect(try await status(RawSocket.handshake("/socket", fields: ["Content-Length: 3"]) + "abc") != 101)
            #expect(try await status(RawSocket.handshake("/socket", fields: ["Host: b.example"])) == 400)
        }
    }

    @Test(
        "Other protocols than WebSockets are not upgraded to, and their requests are answered as ever",
        arguments: [
            ("GET /hello", "", "h2c"), ("POST /echo", "body", "h2c"), ("POST /echo", "body", "websocket"),
            ("GET /hello", "", "TLS/1.0, websocket"),
        ])
    func otherUpgrades(line: String, body: String, wish: String) async throws {
        try await withServer(sockets: [Parrot.route]) { port in
            let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
            let reply = try await RawClient.send(
                "\(line) HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: \(wish)\r\n\(length)\r\n\(body)",
                to: port)
            #expect(reply?.status == 200)
            if !body.isEmpty { #expect(reply?.body == body) }
        }
    }

    @Test("Whoever does not answer when asked is taken for gone; whoever does may be silent", .timeLimit(.minutes(1)))
    func pings() async throws {
        let talks = Talks()
        try await withServer(sockets: [talks.route()], configure: { $0.sockets.ping = .seconds(1) }) { port in
            try await RawSocket.with(to: port) { silent in
                while let frame = await silent.next() { #expect(frame.isPing) }
            }
            #expect(talks.outboxes.first?.end == .tooSlow)
            try await RawSocket.with(to: port) { socket in
                let begin = ContinuousClock.now
                while ContinuousClock.now - begin < .seconds(3), let frame = await socket.next() {
                    try await socket.send(opcode: 10, frame.payload)
                }
                try await socket.send("still here")
                #expect(try await socket.nextWord()?.text == "still here")
            }
        }
    }

    @Test("Whoever does not read is cut off, and costs no more than what may wait", .timeLimit(.minutes(1)))
    func slowReader() async throws {
        let talks = Talks()
        try await withServer(sockets: [talks.route()]) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false).connect(host: "127.0.0.1", port: port).get()
            try await channel.writeAndFlush(ByteBuffer(string: RawSocket.handshake("/socket")))
            #expect(await until { talks.open == 1 })
            let outbox = try #require(talks.outboxes.first)
            let text = String(repeating: "x", count: 16 * 1024)
            for _ in 0..<10_000 where outbox.end == nil {
                outbox.send(text)
                try await Task.sleep(for: .milliseconds(1))
            }
            #expect(outbox.end == .tooSlow)
            #expect(await until { talks.open == 0 })
            try? await channel.close()
        }
    }

    @Test("A connection that became a socket is not ended for being silent", .timeLimit(.minutes(1)))
    func silence() async throws {
        try await withServer(
            sockets: [Parrot.route],
            configure: {
                $0.deadlines.header = .milliseconds(300)
                $0.deadlines.idle = .milliseconds(300)
            }
        ) { port in
            var isOpen = false
            // On a busy machine a handshake may take longer than it may here.
            let end = ContinuousClock.now + .seconds(30)
            while !isOpen, ContinuousClock.now < end {
                try? await RawSocket.with(to: port) { socket in
                    guard socket.answer.hasPrefix("HTTP/1.1 101") else { return }
                    isOpen = true
                    // More than thrice the time that an idle connection has, before the first word and after it.
                    try await Task.sleep(for: .seconds(1))
                    try await socket.send("first")
                    try await Task.sleep(for: .seconds(1))
                    try await socket.send("second")
                    #expect(try await socket.nextWord()?.text == "first")
                    #expect(try await socket.nextWord()?.text == "second")
                }
            }
            #expect(isOpen)
        }
    }
}
