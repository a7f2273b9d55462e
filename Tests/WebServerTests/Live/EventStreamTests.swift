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
            let request = Self.request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")
            let text = try await RawClient.all(request, to: port) { heard in
                guard heard.contains(":thump\n") else { return }
                // Nothing of it comes twice: what is said behind the end is lost.
                streams.outboxes.first?.send("event: update\ndata: {}\n\n")
                streams.outboxes.first?.end(.notAllowed)
            }
            #expect(text.lowercased().contains("content-type: text/event-stream\r\n"))
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
            listening = Task {
                var said = ""
                // On a busy machine a header may take longer than it may here.
                while said.isEmpty { said = try await RawClient.all(Self.request, to: port) }
                return said
            }
            #expect(await until { streams.open == 1 })
            // More than thrice the time that an idle connection has.
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
    private final class Count: Sendable {
        private let count = Atomic(0)

        var value: Int { count.load(ordering: .relaxed) }
        func add() { count.add(1, ordering: .relaxed) }
    }

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
        let written = Count()
        let writer = Task {
            for await text in outbox.texts {
                outbox.wrote(text)
                written.add()
            }
        }
        for number in 1...50 {
            for _ in 0..<2 { outbox.send(String(repeating: "x", count: 400)) }
            #expect(await until { written.value == 2 * number })
        }
        #expect(outbox.end == nil)
        outbox.end(.left)
        await writer.value
        #expect(written.value == 100)
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
