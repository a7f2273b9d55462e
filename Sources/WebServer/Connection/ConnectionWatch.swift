import NIOCore
import NIOHTTPTypes
import Wire

/// Watches the bytes of one connection and ends it when one of its ``Deadlines`` passes, so that nobody holds a
/// connection by sending or reading slowly, and at once where its client has too many. Where the server stops, it keeps
/// the end back until the last answer is out. Stands between TLS and the parser; ``RequestWatch`` behind the parser
/// tells it where requests begin and end.
final class ConnectionWatch: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = NIOAny
    typealias OutboundOut = NIOAny

    private enum Reading {
        /// Between two requests; how long that may last, the idle time decides.
        case nothing
        case header(since: ContinuousClock.Instant)
        case body(since: ContinuousClock.Instant, bytes: Int)
        /// The connection stays open for what there is to tell; who listens need not say anything.
        case anything
    }

    private let deadlines: Deadlines
    /// What comes of a body beyond this is not waited for, whatever was answered.
    private let mostBytes: Int
    private let cap: ConnectionCap
    /// The client that counts this connection among its own.
    private var client: IPAddress?
    private var reading = Reading.nothing
    /// Since when each write waits for the other side to read.
    private var writes = CircularBuffer<ContinuousClock.Instant>()
    private var tick: Scheduled<Void>?
    private var isStopping = false
    /// Whoever waits for the end of a connection on which something is still being written.
    private var ending: EventLoopPromise<Void>?

    init(deadlines: Deadlines, mostBytes: Int, cap: ConnectionCap) {
        self.deadlines = deadlines
        self.mostBytes = mostBytes
        self.cap = cap
    }

    func channelActive(context: ChannelHandlerContext) {
        if let client = context.channel.remoteAddress.flatMap({ IPAddress($0) }) {
            guard cap.enter(client) else {
                end(context)
                return
            }
            self.client = client
        }
        reading = .header(since: .now)
        watch(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let client { cap.leave(client) }
        client = nil
        tick?.cancel()
        tick = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch reading {
        case .nothing: reading = .header(since: .now)
        case .header, .anything: break
        case .body(let since, let bytes):
            let bytes = bytes + unwrapInboundIn(data).readableBytes
            guard bytes <= mostBytes else {
                end(context)
                return
            }
            reading = .body(since: since, bytes: bytes)
        }
        watch(context)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        writes.append(.now)
        let done = promise ?? context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((watch: self, context: context), eventLoop: context.eventLoop)
        done.futureResult.whenComplete { _ in bound.value.watch.wrote(bound.value.context) }
        watch(context)
        context.write(data, promise: done)
    }

    private func wrote(_ context: ChannelHandlerContext) {
        _ = writes.popFirst()
        if writes.isEmpty, ending != nil { end(context) }
    }

    /// Nobody waits, where the server stops, until the last answer is out: they end the connection behind it at once,
    /// and what the system has not taken yet would be lost.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, isStopping, !isLive, !writes.isEmpty else {
            context.close(mode: mode, promise: promise)
            return
        }
        guard ending == nil else {
            ending?.futureResult.cascade(to: promise)
            return
        }
        ending = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((watch: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(deadlines.farewell)) {
            bound.value.watch.end(bound.value.context)
        }
    }

    /// Ends the connection, whatever is still being written.
    private func end(_ context: ChannelHandlerContext) {
        let promise = ending
        ending = nil
        context.close(promise: promise)
    }

    /// A header is complete; what follows is its body.
    func headerEnded() {
        if case .anything = reading { return }
        reading = .body(since: .now, bytes: 0)
    }

    /// A request is complete.
    func requestEnded() {
        if case .anything = reading { return }
        reading = .nothing
    }

    /// While a connection is live only what is written has its time, and the end of what comes is the end of all.
    func setLive(_ isLive: Bool) { reading = isLive ? .anything : .nothing }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isLive, event as? ChannelEvent == .inputClosed { end(context) }
        if event is ChannelShouldQuiesceEvent { isStopping = true }
        context.fireUserInboundEventTriggered(event)
    }

    private func watch(_ context: ChannelHandlerContext) {
        guard tick == nil, context.channel.isActive else { return }
        let bound = NIOLoopBound((watch: self, context: context), eventLoop: context.eventLoop)
        tick = context.eventLoop.scheduleTask(in: TimeAmount(deadlines.tick)) {
            let (watch, context) = bound.value
            watch.tick = nil
            watch.look(context)
        }
    }

    private func look(_ context: ChannelHandlerContext) {
        let now = ContinuousClock.now
        if isLate(at: now) {
            end(context)
        } else if isWaiting || !writes.isEmpty {
            watch(context)
        }
    }

    private var isLive: Bool { if case .anything = reading { true } else { false } }

    /// Whether something has to come in time. If not, there is nothing to look for until something comes or goes.
    private var isWaiting: Bool {
        switch reading {
        case .nothing, .anything: false
        case .header, .body: true
        }
    }

    private func isLate(at now: ContinuousClock.Instant) -> Bool {
        if let write = writes.first, now - write > deadlines.write { return true }
        switch reading {
        case .nothing, .anything: return false
        case .header(let since): return now - since > deadlines.header
        case .body(let since, let bytes):
            let elapsed = now - since
            // A little more than the server gives, so that its answer gets out.
            if elapsed > deadlines.body(after: bytes) + .seconds(5) { return true }
            let counted = (elapsed - deadlines.grace) / .seconds(1)
            return counted > 0 && Double(bytes) < counted * deadlines.bytesPerSecond
        }
    }
}

/// Tells the ``ConnectionWatch`` of its connection where requests begin and end.
final class RequestWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private var watch: ConnectionWatch?

    func handlerAdded(context: ChannelHandlerContext) {
        watch = try? context.pipeline.syncOperations.handler(type: ConnectionWatch.self)
    }

    func handlerRemoved(context: ChannelHandlerContext) { watch = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: watch?.headerEnded()
        case .body: break
        case .end: watch?.requestEnded()
        }
        context.fireChannelRead(data)
    }
}

extension Channel {
    /// Tells the ``ConnectionWatch`` of this connection whether it stays open for what there is to tell. On its event
    /// loop only.
    func setLive(_ isLive: Bool) {
        let watch = try? pipeline.syncOperations.handler(type: ConnectionWatch.self)
        watch?.setLive(isLive)
    }
}
