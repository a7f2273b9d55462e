import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Synchronization
import Testing

@testable import WebServer

/// A server that stops waits for what is in work, and for nobody who does nothing.
@Suite(.serialized) struct StoppingTests {
    enum Speech: String, CaseIterable {
        case plain, tls
    }

    /// A connection of a client, and what comes on it.
    private final class Line: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        private let received = Mutex<[UInt8]>([])

        var bytes: [UInt8] { received.withLock(\.self) }
        var text: String { String(decoding: bytes, as: UTF8.self) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            received.withLock { $0 += buffer.readableBytesView }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    private func connect(_ speech: Speech, to port: Int) async throws -> (channel: any Channel, line: Line) {
        var trust = TLSConfiguration.makeClientConfiguration()
        trust.certificateVerification = .none
        let context = speech == .tls ? try NIOSSLContext(configuration: trust) : nil
        let line = Line()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                    }
                    try channel.pipeline.syncOperations.addHandler(line)
                }
            }.connect(host: "127.0.0.1", port: port).get()
        return (channel, line)
    }

    private func withServer(
        _ speech: Speech, _ routes: [Route] = sampleRoutes, _ body: (Int) async throws -> Void
    ) async throws {
        let workshop = try ServerCertificateTests.Workshop()
        defer { try? FileManager.default.removeItem(at: workshop.folder) }
        if speech == .tls { try workshop.make("one") }
        let certificate = speech == .tls ? try workshop.certificate("one") : nil
        try await WebServerTests.withServer(routes, configure: { $0.certificate = certificate }, body)
    }

    private static func get(_ target: String) -> ByteBuffer {
        ByteBuffer(string: "GET \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    @Test(
        "Nobody is waited for who has nothing to say, also where they do not answer a farewell",
        .timeLimit(.minutes(1)), arguments: Speech.allCases)
    func idle(speech: Speech) async throws {
        var held: [any Channel] = []
        var begin = ContinuousClock.now
        try await withServer(speech) { port in
            for _ in 0..<3 {
                let (channel, line) = try await connect(speech, to: port)
                try await channel.writeAndFlush(Self.get("/hello"))
                #expect(await until { line.text.hasSuffix(#"{"hello":"you"}"#) })
                try await channel.setOption(.autoRead, value: false).get()
                held.append(channel)
            }
            // Says nothing at all, not even a handshake.
            held.append(
                try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .connect(host: "127.0.0.1", port: port).get())
            begin = .now
        }
        // A tenth of a second by itself; five, where farewells are waited for.
        #expect(ContinuousClock.now - begin < .seconds(4))
        for channel in held { try? await channel.close() }
    }

    /// What a request in work waits for.
    private final class Scene: Sendable {
        private let state = Mutex((port: 0, hasBegun: false))

        var hasBegun: Bool { state.withLock(\.hasBegun) }
        func begin(at port: Int) { state.withLock { $0.port = port } }

        /// Returns once the server stops and takes no new connections; those that it has were told, too.
        func work() async throws {
            let port = state.withLock { state in
                state.hasBegun = true
                return state.port
            }
            try await gracefulShutdown()
            #expect(await until { (try? await RawClient.timeToEnd([], to: port)) == nil })
        }
    }

    @Test(
        "What is in work is answered to its end, though more of it waits to be sent than the system takes at once",
        .timeLimit(.minutes(1)), arguments: Speech.allCases)
    func inWork(speech: Speech) async throws {
        let scene = Scene()
        let large = [UInt8](repeating: 0x61, count: 16 << 20)
        let slow = Route(.get, "/slow", access: .open) { _ in
            try await scene.work()
            return Answer(status: 200, body: large)
        }
        var asked: (channel: any Channel, line: Line)?
        try await withServer(speech, [slow]) { port in
            scene.begin(at: port)
            asked = try await connect(speech, to: port)
            try await asked?.channel.writeAndFlush(Self.get("/slow"))
            #expect(await until { scene.hasBegun })
        }
        try await asked?.channel.closeFuture.get()
        let bytes = asked?.line.bytes ?? []
        #expect(bytes.starts(with: "HTTP/1.1 200 OK\r\n".utf8))
        #expect(bytes.count > large.count && bytes.suffix(large.count).elementsEqual(large))
    }
}
