import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import WebServer

/// Answers that go on, over real connections.
struct EventStreamTests {
    private final class Held: Sendable {
        let outbox = Outbox()
        private let onLeave: @Sendable () -> Void

        init(onLeave: @escaping @Sendable () -> Void) { self.onLeave = onLeave }
        deinit { onLeave() }
    }

    /// The streams that a route opens.
    private final class Streams: Sendable {
        private let state = Mutex((open: 0, all: [Outbox]()))

        var open: Int { state.withLock(\.open) }
        var outboxes: [Outbox] { state.withLock(\.all) }

        func route(every pause: Duration = .seconds(15)) -> Route {
            Route(.get, "/events", access: .open) { [self] _ in
                let held = Held(onLeave: { self.state.withLock { $0.open -= 1 } })
                state.withLock {
                    $0.open += 1
                    $0.all.append(held.outbox)
                }
                return .stream(
                    EventStream(outbox: held.outbox, greeting: ":)\n", beat: ":thump\n", every: pause, holding: held))
            }
        }
    }

    private static let request = "GET /events HTTP/1.1\r\nHost: a.example\r\n\r\n"

    @Test("It begins with a greeting, beats, tells what there is to tell at once, and ends when told to")
    func tells() async throws {
        let streams = Streams()
        try await withServer([streams.route(every: .milliseconds(100))]) { port in
            async let said = RawClient.all(Self.request, to: port)
            #expect(await until { streams.open == 1 })
            let outbox = try #require(streams.outboxes.first)
            try await Task.sleep(for: .milliseconds(500))
            outbox.send("event: update\ndata: {}\n\n")
            outbox.end(.notAllowed)
            let text = try await said
            #expect(text.contains("content-type: text/event-stream\r\n") || text.contains("Content-Type: text/event-stream\r\n"))
            let greeting = try #require(text.range(of: ":)\n"))
            let beat = try #require(text.range(of: ":thump\n"))
            let event = try #require(text.range(of: "event: update\ndata: {}\n\n"))
            #expect(greeting.upperBound <= beat.lowerBound && beat.upperBound <= event.lowerBound)
            #expect(text.hasSuffix("0\r\n\r\n"))
            #expect(await until { streams.open == 0 })
        }
    }

    @Test("Whoever hangs up is forgotten at once, and whoever asks for the header alone hears nothing else")
    func leaves() async throws {
        let streams = Streams()
        try await withServer([streams.route()]) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            try await channel.writeAndFlush(ByteBuffer(string: Self.request))
            #expect(await until { streams.open == 1 })
            try await channel.close()
            #expect(await until { streams.open == 0 })
            let reply = try await RawClient.request("HEAD", "/events", to: port)
            #expect(reply?.status == 200)
            #expect(await until { streams.open == 0 })
        }
    }

    @Test("Whoever does not read is cut off", .timeLimit(.minutes(1)))
    func slowReader() async throws {
        let streams = Streams()
        try await withServer([streams.route()]) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false).connect(host: "127.0.0.1", port: port).get()
            try await channel.writeAndFlush(ByteBuffer(string: Self.request))
            #expect(await until { streams.open == 1 })
            let outbox = try #require(streams.outboxes.first)
            let text = String(repeating: "x", count: 16 * 1024)
            for _ in 0..<10_000 where outbox.end == nil {
                outbox.send(text)
                try await Task.sleep(for: .milliseconds(1))
            }
            #expect(outbox.end == .tooSlow)
            #expect(await until { streams.open == 0 })
            try? await channel.close()
        }
    }

    @Test("Listening is no idleness, and the server's end is the end", .timeLimit(.minutes(1)))
    func lasts() async throws {
        let streams = Streams()
        var listening: Task<String, any Error>?
        var begin = ContinuousClock.now
        try await withServer(
            [streams.route(every: .milliseconds(100))],
            configure: {
                $0.deadlines.idle = .milliseconds(300)
                $0.deadlines.header = .milliseconds(300)
            }
        ) { port in
            listening = Task { try await RawClient.all(Self.request, to: port) }
            #expect(await until { streams.open == 1 })
            try await Task.sleep(for: .seconds(1))
            #expect(streams.open == 1)
            begin = .now
        }
        #expect(ContinuousClock.now - begin < .seconds(5))
        let text = try await listening?.value
        #expect(text?.hasSuffix("0\r\n\r\n") == true)
    }
}

struct OutboxTests {
    @Test("What waits is bounded, but one text is always taken")
    func bounds() async {
        let outbox = Outbox(bound: 1000)
        outbox.send(String(repeating: "x", count: 5000))
        #expect(outbox.end == nil)
        outbox.send("y")
        #expect(outbox.end == .tooSlow)
    }

    @Test("What is written no longer waits")
    func drains() async {
        let outbox = Outbox(bound: 1000)
        let texts = Task { var count = 0; for await text in outbox.texts { outbox.wrote(text); count += 1 }; return count }
        for _ in 0..<50 {
            outbox.send(String(repeating: "x", count: 900))
            try? await Task.sleep(for: .milliseconds(2))
        }
        outbox.end(.left)
        #expect(outbox.end == .left)
        #expect(await texts.value == 50)
    }

    @Test("The first reason to end counts, and whoever asks later hears of it, too")
    func ends() {
        let outbox = Outbox()
        let heard = Mutex<[Outbox.End]>([])
        outbox.onEnd { end in heard.withLock { $0.append(end) } }
        outbox.end(.goingAway)
        outbox.end(.left)
        outbox.onEnd { end in heard.withLock { $0.append(end) } }
        #expect(heard.withLock(\.self) == [.goingAway, .goingAway])
    }
}
