import NIOCore
import NIOPosix

/// Sends requests over kept connections, each the next as soon as the last is answered.
struct LoadGenerator {
    static let connections = 16

    let port: Int

    /// Sends all requests; those of one `lane` go over one connection, in order.
    func send(_ requests: [ByteBuffer], lanes: [Int]) async throws -> LoadResult {
        var parts: [[(Int, ByteBuffer)]] = Array(repeating: [], count: Self.connections)
        for (index, request) in requests.enumerated() {
            parts[lanes[index] % Self.connections].append((index, request))
        }
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var senders: [(channel: any Channel, answers: EventLoopFuture<[LoadAnswer]>)] = []
        do {
            for part in parts { senders.append(try await connect(threads.next(), part)) }
            // All connections stand before the first request is sent.
            for sender in senders { sender.channel.triggerUserOutboundEvent(LoadSender.Begin(), promise: nil) }
            var answers: [LoadAnswer] = []
            for sender in senders { answers += try await sender.answers.get() }
            try await threads.shutdownGracefully()
            return LoadResult(answers)
        } catch {
            try? await threads.shutdownGracefully()
            throw error
        }
    }

    private func connect(
        _ loop: any EventLoop, _ requests: [(Int, ByteBuffer)]
    ) async throws -> (any Channel, EventLoopFuture<[LoadAnswer]>) {
        let promise = loop.makePromise(of: [LoadAnswer].self)
        do {
            let channel = try await ClientBootstrap(group: loop)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(LoadSender(requests, promise: promise))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
            return (channel, promise.futureResult)
        } catch {
            promise.fail(error)
            throw error
        }
    }
}

/// What became of one request.
struct LoadAnswer: Sendable {
    let index: Int
    let status: Int
    /// By the clock that never jumps, in nanoseconds.
    let sentAt: UInt64
    let answeredAt: UInt64
}

/// Sends the requests of one connection. Lives on its event loop.
private final class LoadSender: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    struct Begin: Sendable {}

    private let requests: [(index: Int, bytes: ByteBuffer)]
    private let promise: EventLoopPromise<[LoadAnswer]>
    private var answers: [LoadAnswer] = []
    private var sentAt: UInt64 = 0
    private var received = ByteBuffer()

    init(_ requests: [(Int, ByteBuffer)], promise: EventLoopPromise<[LoadAnswer]>) {
        self.requests = requests
        self.promise = promise
        answers.reserveCapacity(requests.count)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        if event is Begin { sendNext(context) }
        promise?.succeed()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        received.writeBuffer(&part)
        guard let answer = HTTPAnswer.take(from: &received) else { return }
        received.discardReadBytes()
        answers.append(
            LoadAnswer(
                index: requests[answers.count].index, status: answer.status, sentAt: sentAt,
                answeredAt: NIODeadline.now().uptimeNanoseconds))
        sendNext(context)
    }

    private func sendNext(_ context: ChannelHandlerContext) {
        guard answers.count < requests.count else {
            promise.succeed(answers)
            context.close(promise: nil)
            return
        }
        sentAt = NIODeadline.now().uptimeNanoseconds
        context.writeAndFlush(wrapOutboundOut(requests[answers.count].bytes), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(BenchFailure.stalled("the server closed a connection after \(answers.count) answers"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }
}
