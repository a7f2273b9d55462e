import NIOCore
import NIOPosix

/// What the server under test answered.
struct HTTPAnswer: Sendable {
    let status: Int
    let body: ByteBuffer

    var text: String { "\(status) \(String(buffer: body))" }

    /// Takes the first whole answer from received bytes; nil while there is none. Reads no more of HTTP than the server
    /// uses: a length is always given.
    static func take(from buffer: inout ByteBuffer) -> HTTPAnswer? {
        let view = buffer.readableBytesView
        let separator: [UInt8] = [13, 10, 13, 10]
        guard let end = view.firstRange(of: separator) else { return nil }
        let lines = String(decoding: view[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) }
        let head = view.distance(from: view.startIndex, to: end.upperBound)
        guard view.count >= head + (length ?? 0) else { return nil }
        let status = lines.first.flatMap { Int($0.dropFirst("HTTP/1.1 ".count).prefix(3)) }
        buffer.moveReaderIndex(forwardBy: head)
        return HTTPAnswer(status: status ?? 0, body: buffer.readSlice(length: length ?? 0) ?? ByteBuffer())
    }
}

/// One request on a connection of its own, for whatever is not measured.
enum HTTPCall {
    static func make(_ request: String, port: Int) async throws -> HTTPAnswer {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: HTTPAnswer.self)
        do {
            let channel = try await ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Reader(promise: promise))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
            try await channel.writeAndFlush(ByteBuffer(string: request)).get()
            let answer = try await promise.futureResult.get()
            channel.close(promise: nil)
            return answer
        } catch {
            promise.fail(error)
            throw error
        }
    }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let promise: EventLoopPromise<HTTPAnswer>
        private var received = ByteBuffer()

        init(promise: EventLoopPromise<HTTPAnswer>) { self.promise = promise }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var part = unwrapInboundIn(data)
            received.writeBuffer(&part)
            if let answer = HTTPAnswer.take(from: &received) { promise.succeed(answer) }
        }

        func channelInactive(context: ChannelHandlerContext) { promise.fail(ChannelError.eof) }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            promise.fail(error)
            context.close(promise: nil)
        }
    }
}

/// A port of 127.0.0.1 on which nothing listens.
enum FreePort {
    static func find() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port
        try await channel.close().get()
        guard let port else { throw BenchFailure.refused("No port is free.") }
        return port
    }
}
