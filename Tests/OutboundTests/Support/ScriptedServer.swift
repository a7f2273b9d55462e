import Foundation
import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on a loopback address that answers each request with scripted bytes and records what it was sent.
final class ScriptedServer: Sendable {
    struct Request: Sendable {
        /// The request as it came over the wire.
        let bytes: [UInt8]

        var head: String { text.components(separatedBy: "\r\n\r\n")[0] }
        var line: String { head.components(separatedBy: "\r\n")[0] }
        var target: String { line.components(separatedBy: " ")[1] }
        var body: String { text.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n") }

        func values(_ name: String) -> [String] {
            head.components(separatedBy: "\r\n").dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { return nil }
                return line[line.index(after: colon)...].trimmingPrefix(" ").description
            }
        }

        private var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    enum Step: Sendable {
        case send(String)
        case sendBytes([UInt8])
        /// Sends the same bytes over and over, as fast as they are read, until the other side closes.
        case sendForEver([UInt8])
        /// Sends one byte after the other with a pause between, round and round.
        case drip(String, pause: TimeAmount)
        /// Goes on when the gate opens.
        case hold(Gate)
        case close
        /// Closes with RST.
        case reset
    }

    private struct Record {
        var requests: [Request] = []
        var connections: [any Channel] = []
    }

    typealias Script = @Sendable (Request) -> [Step]

    let address: String
    let port: Int
    private let channel: any Channel
    private let record = Mutex(Record())

    /// Listens on the address, on any free port unless one is named. `onConnect` plays when a connection opens.
    static func start(
        on address: String = "127.0.0.1", port: Int = 0, tls: NIOSSLContext? = nil, onConnect: [Step] = [],
        script: @escaping Script = { _ in [] }
    ) async throws -> ScriptedServer {
        let owner = Owner()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 512)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    owner.server?.record.withLock { $0.connections.append(channel) }
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(
                        Player(onConnect: onConnect) { request in
                            owner.server?.record.withLock { $0.requests.append(request) }
                            return script(request)
                        })
                }
            }
            .bind(host: address, port: port).get()
        let server = ScriptedServer(address: address, channel: channel)
        owner.server = server
        return server
    }

    private init(address: String, channel: any Channel) {
        self.address = address
        self.channel = channel
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    var requests: [Request] { record.withLock { $0.requests } }
    var connectionCount: Int { record.withLock { $0.connections.count } }

    /// Returns when every connection accepted so far has ended.
    func connectionsClosed() async throws {
        for connection in record.withLock({ $0.connections }) { try await connection.closeFuture.get() }
    }
}

/// Something that happens once, awaited by servers and tests alike.
final class Gate: Sendable {
    private let promise = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Void.self)

    var future: EventLoopFuture<Void> { promise.futureResult }

    func open() { promise.succeed() }

    deinit { promise.succeed() }
}

/// Lets the channel initialiser find a server that exists only after binding. Weak, so that a test's end closes it.
private final class Owner: Sendable {
    private struct Weak: Sendable {
        weak var server: ScriptedServer?
    }

    private let state = Mutex(Weak())

    var server: ScriptedServer? {
        get { state.withLock { $0.server } }
        set { state.withLock { $0.server = newValue } }
    }
}

/// Plays the steps of one connection. Lives on its event loop.
private final class Player: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let onConnect: [ScriptedServer.Step]
    private let script: (ScriptedServer.Request) -> [ScriptedServer.Step]
    private var received: [UInt8] = []
    private var flood: ByteBuffer?
    private var floodIsPending = false

    init(onConnect: [ScriptedServer.Step], script: @escaping (ScriptedServer.Request) -> [ScriptedServer.Step]) {
        self.onConnect = onConnect
        self.script = script
    }

    func channelActive(context: ChannelHandlerContext) {
        play(onConnect[...], context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        while let request = nextRequest() { play(script(request)[...], context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func nextRequest() -> ScriptedServer.Request? {
        let end = Array("\r\n\r\n".utf8)
        guard let headEnd = received.indices.first(where: { received[$0...].starts(with: end) }) else { return nil }
        let head = ScriptedServer.Request(bytes: Array(received[..<(headEnd + 4)]))
        let length = headEnd + 4 + (head.values("content-length").first.flatMap { Int($0) } ?? 0)
        guard received.count >= length else { return nil }
        defer { received.removeFirst(length) }
        return ScriptedServer.Request(bytes: Array(received[..<length]))
    }

    private func play(_ steps: ArraySlice<ScriptedServer.Step>, _ context: ChannelHandlerContext) {
        guard let step = steps.first, context.channel.isActive else { return }
        let rest = steps.dropFirst()
        switch step {
        case .send(let text):
            write(Array(text.utf8), context)
            play(rest, context)
        case .sendBytes(let bytes):
            write(bytes, context)
            play(rest, context)
        case .sendForEver(let bytes):
            flood = ByteBuffer(bytes: bytes)
            continueFlood(context)
        case .drip(let text, let pause):
            drip(Array(text.utf8), pause, 0, context)
        case .hold(let gate):
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            gate.future.hop(to: context.eventLoop).whenSuccess {
                let (player, context) = bound.value
                player.play(rest, context)
            }
        case .close:
            context.close(promise: nil)
        case .reset:
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                .whenComplete { _ in bound.value.close(promise: nil) }
        }
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        continueFlood(context)
    }

    private func continueFlood(_ context: ChannelHandlerContext) {
        guard let flood, !floodIsPending, context.channel.isActive, context.channel.isWritable else { return }
        floodIsPending = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(flood)).whenSuccess {
            let (player, context) = bound.value
            player.floodIsPending = false
            context.eventLoop.execute { bound.value.0.continueFlood(bound.value.1) }
        }
    }

    private func drip(_ bytes: [UInt8], _ pause: TimeAmount, _ index: Int, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        write([bytes[index % bytes.count]], context)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: pause) {
            let (player, context) = bound.value
            player.drip(bytes, pause, index + 1, context)
        }
    }
}
