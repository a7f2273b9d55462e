import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Speaks WebSocket to a server, frame by frame, rightly or not.
struct RawSocket {
    struct Frame: Equatable {
        let opcode: UInt8
        let payload: [UInt8]

        var text: String? { opcode == 1 ? String(decoding: payload, as: UTF8.self) : nil }
        var isPing: Bool { opcode == 9 }
        /// Of a frame that ends the talk.
        var code: Int? { opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
    }

    /// The example of RFC 6455 section 1.3.
    static let (key, accept) = ("dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")

    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: AsyncStream<[UInt8]>.AsyncIterator
    private var received: [UInt8] = []
    /// What the server answered to the handshake, or instead of it.
    private(set) var answer = ""

    static func handshake(_ target: String, fields: [String] = []) -> String {
        let usual = [
            "GET \(target) HTTP/1.1", "Host: a.example", "Connection: keep-alive, Upgrade", "Upgrade: WebSocket",
            "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
        ]
        return (usual + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// Runs `body` with a connection on which a handshake was answered.
    static func with<Success>(
        _ target: String = "/socket", fields: [String] = [], tls: NIOSSLContext? = nil, to port: Int,
        _ body: (inout RawSocket) async throws -> Success
    ) async throws -> Success {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let (pieces, piece) = AsyncStream.makeStream(of: [UInt8].self)
            let reading = Task {
                // A reset is an end like any other.
                do { for try await bytes in inbound { piece.yield(Array(bytes.readableBytesView)) } } catch {}
                piece.finish()
            }
            defer { reading.cancel() }
            var socket = RawSocket(outbound: outbound, inbound: pieces.makeAsyncIterator())
            try await outbound.write(ByteBuffer(string: handshake(target, fields: fields)))
            await socket.readAnswer()
            return try await body(&socket)
        }
    }

    private init(
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        inbound: AsyncStream<[UInt8]>.AsyncIterator
    ) {
        self.outbound = outbound
        self.inbound = inbound
    }

    private mutating func readAnswer() async {
        while true {
            if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
                answer = String(decoding: received[..<end.upperBound], as: UTF8.self)
                received.removeSubrange(..<end.upperBound)
                return
            }
            guard await more() else { return }
        }
    }

    /// False at the end.
    private mutating func more() async -> Bool {
        guard let bytes = await inbound.next(isolation: #isolation) else { return false }
        received += bytes
        return true
    }

    /// The next frame; nil at the end of the connection.
    mutating func next() async -> Frame? {
        while true {
            if let frame = takeFrame() { return frame }
            guard await more() else { return nil }
        }
    }

    /// The next frame that is no ping; pings are answered.
    mutating func nextWord() async throws -> Frame? {
        while let frame = await next() {
            guard frame.isPing else { return frame }
            try await send(opcode: 10, frame.payload)
        }
        return nil
    }

    private mutating func takeFrame() -> Frame? {
        guard received.count >= 2 else { return nil }
        var (start, length) = (2, Int(received[1] & 0x7F))
        if length == 126 {
            guard received.count >= 4 else { return nil }
            (start, length) = (4, Int(received[2]) << 8 | Int(received[3]))
        } else if length == 127 {
            guard received.count >= 10 else { return nil }
            (start, length) = (10, received[2..<10].reduce(0) { $0 << 8 | Int($1) })
        }
        guard received.count >= start + length else { return nil }
        let frame = Frame(opcode: received[0] & 0x0F, payload: Array(received[start..<start + length]))
        received.removeSubrange(..<(start + length))
        return frame
    }

    func send(_ text: String) async throws { try await send(opcode: 1, Array(text.utf8)) }

    /// - Parameter first: flags that stand before the opcode; `0x80` marks the last frame of a message.
    func send(opcode: UInt8, _ payload: [UInt8], first: UInt8 = 0x80, isMasked: Bool = true) async throws {
        let mask: [UInt8] = isMasked ? [0x12, 0x34, 0x56, 0x78] : []
        let bit: UInt8 = isMasked ? 0x80 : 0
        var bytes = [first | opcode]
        switch payload.count {
        case ..<126: bytes.append(bit | UInt8(payload.count))
        case ..<65_536: bytes += [bit | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default: bytes += [bit | 127] + (0..<8).reversed().map { UInt8(payload.count >> ($0 * 8) & 0xFF) }
        }
        bytes += mask
        bytes += isMasked ? payload.enumerated().map { $1 ^ mask[$0 % 4] } : payload
        // A server that has had enough may have closed.
        try? await outbound.write(ByteBuffer(bytes: bytes))
    }
}

/// Waits until something is so; false after twenty seconds.
func until(_ isSo: () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < end {
        if await isSo() { return true }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return await isSo()
}
