import NIOCore
import NIOWebSocket
import ServiceLifecycle
import Synchronization

/// A connection that has become a WebSocket: reads what comes, says what waits, asks whether the other side is there,
/// and ends in good order.
struct SocketConnection {
    typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    let frames: Frames
    let talk: any SocketTalk
    let limits: SocketLimits

    /// Returns when the connection has ended.
    func run() async {
        let (outbox, channel) = (talk.outbox, frames.channel)
        outbox.onEnd { if $0 == .tooSlow { channel.close(promise: nil) } }
        let isHeard = Heard()
        await withGracefulShutdownHandler {
            do {
                try await frames.executeThenClose { inbound, outbound in
                    let pings = Task { try await ping(outbound, isHeard) }
                    defer { pings.cancel() }
                    try await speak(outbound, whileReading: inbound, isHeard)
                }
            } catch {
                // The connection is gone: nothing is left to be said.
            }
        } onGracefulShutdown: {
            outbox.end(.goingAway)
        }
        outbox.end(.left)
    }

    private func speak(
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
        whileReading inbound: NIOAsyncChannelInboundStream<WebSocketFrame>, _ isHeard: Heard
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { await read(inbound, outbound, isHeard) }
            for await text in talk.outbox.texts {
                try await outbound.write(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text)))
                talk.outbox.wrote(text)
            }
            let end = talk.outbox.end ?? .left
            var reason = ByteBuffer()
            reason.write(webSocketErrorCode: end.code)
            try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: reason))
            guard end != .left else { return }
            // Until the other side has said good-bye, so that it hears ours.
            group.addTask { try? await Task.sleep(for: limits.farewell) }
            try await group.next()
        }
    }

    /// Returns when the other side ends the talk, or the connection.
    private func read(
        _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ isHeard: Heard
    ) async {
        defer { talk.outbox.end(.left) }
        var assembly = MessageAssembly(limit: limits.message)
        do {
            for try await frame in inbound {
                isHeard.set()
                let outcome = assembly.take(frame)
                if outcome == .close { return }
                // After its end only the other side's farewell is waited for.
                guard talk.outbox.end == nil else { continue }
                switch outcome {
                case .message(let text): await talk.hear(text)
                case .ping(let bytes):
                    try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: bytes))
                case .fault(let fault): talk.outbox.end(.unacceptable(fault))
                case .close, .nothing: break
                }
            }
        } catch {
            // What was sent cannot be read, and the other side was told, or the connection broke.
        }
    }

    private func ping(_ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ isHeard: Heard) async throws {
        while true {
            isHeard.clear()
            try await outbound.write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
            try await Task.sleep(for: limits.ping)
            if !isHeard.isSet { talk.outbox.end(.tooSlow) }
        }
    }
}

/// Whether the other side gave a sign of life.
private final class Heard: Sendable {
    private let flag = Atomic(true)

    var isSet: Bool { flag.load(ordering: .relaxed) }
    func set() { flag.store(true, ordering: .relaxed) }
    func clear() { flag.store(false, ordering: .relaxed) }
}
