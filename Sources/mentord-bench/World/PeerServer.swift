import JSONTree
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// All peers as one server with TLS on one port of 127.0.0.1: serves their documents and takes whatever is delivered.
final class PeerServer: Sendable {
    let port: Int
    private let channel: any Channel
    private let threads: MultiThreadedEventLoopGroup
    fileprivate let shared: Shared

    /// What all connections see.
    fileprivate final class Shared: Sendable {
        let pages = Mutex<[String: ByteBuffer]>([:])
        let receipts = Mutex<[Receipt]>([])
    }

    static func start(_ certificates: Certificates) async throws -> PeerServer {
        let shared = Shared()
        let context = try certificates.context()
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = try await ServerBootstrap(group: threads)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLServerHandler(context: context))
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try pipeline.addHandler(Answering(shared: shared))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return PeerServer(channel, threads, shared)
    }

    private init(_ channel: any Channel, _ threads: MultiThreadedEventLoopGroup, _ shared: Shared) {
        self.channel = channel
        self.threads = threads
        self.shared = shared
        port = channel.localAddress?.port ?? 0
    }

    func stop() async {
        try? await channel.close().get()
        try? await threads.shutdownGracefully()
    }

    /// Serves the documents of a world; the answers are ready bytes from then on.
    func serve(_ world: World) {
        var pages: [String: ByteBuffer] = [:]
        for person in world.people {
            let (host, name) = (person.host, person.name)
            pages["\(host)/users/\(name)"] = Self.page(
                person.actorDocument.serialized(), type: "application/activity+json; charset=utf-8")
            pages["\(host)/.well-known/webfinger?resource=acct:\(name)@\(host)"] = Self.page(
                person.webFinger.serialized(), type: "application/jrd+json")
        }
        shared.pages.withLock { $0 = pages }
    }

    private static func page(_ body: [UInt8], type: String) -> ByteBuffer {
        var page = ByteBuffer(
            string: "HTTP/1.1 200 OK\r\ncontent-type: \(type)\r\ncontent-length: \(body.count)\r\n\r\n")
        page.writeBytes(body)
        return page
    }

    // MARK: - What was delivered

    var receiptCount: Int { shared.receipts.withLock(\.count) }

    /// Forgets and gives what was delivered so far.
    func takeReceipts() -> [Receipt] {
        shared.receipts.withLock { receipts in
            defer { receipts = [] }
            return receipts
        }
    }
}

/// A request that a peer took, as it came.
struct Receipt: Sendable {
    let head: HTTPRequestHead
    let body: ByteBuffer
    /// In nanoseconds since 1970, and by the clock that never jumps.
    let at: Int64
    let uptime: UInt64
}

/// Answers the requests of one connection with bytes that are there already. Lives on its event loop.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let shared: PeerServer.Shared
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    private static let accepted = ByteBuffer(string: "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
    private static let unknown = ByteBuffer(string: "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")

    init(shared: PeerServer.Shared) { self.shared = shared }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var part): body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            context.writeAndFlush(wrapOutboundOut(answer(head)), promise: nil)
        }
    }

    private func answer(_ head: HTTPRequestHead) -> ByteBuffer {
        guard head.method == .POST else {
            let address = (head.headers.first(name: "host") ?? "") + head.uri
            return shared.pages.withLock { $0[address] } ?? Self.unknown
        }
        let receipt = Receipt(
            head: head, body: body, at: Moment.now, uptime: NIODeadline.now().uptimeNanoseconds)
        shared.receipts.withLock { $0.append(receipt) }
        return Self.accepted
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
