import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A real HTTP server on 127.0.0.1 that records what it is asked and answers as the test says.
package final class LoopbackServer: Sendable {
    package struct Request: Sendable {
        package let method: String
        package let target: String
        /// Names in lower case.
        package let fields: [(name: String, value: String)]
        package let body: [UInt8]

        package func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    }

    package struct Reply: Sendable {
        package var status: Int
        package var fields: [(name: String, value: String)]
        package var body: [UInt8]

        package init(_ status: Int, fields: [(name: String, value: String)] = [], body: [UInt8] = []) {
            self.status = status
            self.fields = fields
            self.body = body
        }
    }

    package typealias Script = @Sendable (Request) -> Reply

    package let port: Int
    private let channel: any Channel
    private let record: Record

    package static func start(_ script: @escaping Script) async throws -> LoopbackServer {
        let record = Record()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 512)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        Answering { request in
                            record.requests.withLock { $0.append(request) }
                            return script(request)
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LoopbackServer(channel, record)
    }

    private init(_ channel: any Channel, _ record: Record) {
        self.channel = channel
        self.record = record
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    package var requests: [Request] { record.requests.withLock { $0 } }

    private final class Record: Sendable {
        let requests = Mutex<[Request]>([])
    }
}

/// Answers the requests of one connection. Lives on its event loop.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let script: (LoopbackServer.Request) -> LoopbackServer.Reply
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(script: @escaping (LoopbackServer.Request) -> LoopbackServer.Reply) { self.script = script }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer): body += buffer.readableBytesView
        case .end:
            guard let head else { return }
            let reply = script(
                LoopbackServer.Request(
                    method: head.method.rawValue, target: head.uri,
                    fields: head.headers.map { ($0.name.lowercased(), $0.value) }, body: body))
            var headers = HTTPHeaders(reply.fields.map { ($0.name, $0.value) })
            headers.replaceOrAdd(name: "content-length", value: String(reply.body.count))
            context.write(
                wrapOutboundOut(
                    .head(.init(version: .http1_1, status: .init(statusCode: reply.status), headers: headers))),
                promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
