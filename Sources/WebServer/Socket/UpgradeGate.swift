import HTTPTypes
import NIOCore
import NIOHTTP1

/// Stands before NIO's upgrade of a new connection and lets nothing come to it but what will be upgraded for sure: a
/// whole and right request for a WebSocket that a ``SocketRoute`` has agreed to. Of every other request it takes the
/// wish for an upgrade away, so that it is answered like any other; else NIO would lose its header.
///
/// Until the first header is there nobody else answers what the parser refuses, and nobody hears that the server stops.
final class UpgradeGate: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// The only version of the protocol.
    static let version = "13"

    /// Asks a route; the answer comes on the event loop. Nil where there is no such route.
    typealias Judge = (HTTPRequestHead, any Channel) -> EventLoopFuture<any SocketTalk>?

    private enum State {
        case waiting
        /// What came meanwhile is held.
        case judging([HTTPServerRequestPart])
        case decided
    }

    private let judge: Judge
    private let agreed: (any SocketTalk) -> Void
    private var state = State.waiting

    /// - Parameter agreed: called before a request goes on that will be upgraded.
    init(judge: @escaping Judge, agreed: @escaping (any SocketTalk) -> Void) {
        self.judge = judge
        self.agreed = agreed
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .decided: context.fireChannelRead(data)
        case .judging(let held): state = .judging(held + [unwrapInboundIn(data)])
        case .waiting:
            guard case .head(let head) = unwrapInboundIn(data) else {
                context.fireChannelRead(data)
                return
            }
            guard head.asksForWebSocket, let answer = judge(head, context.channel) else {
                decide(context, head.withoutUpgrade, [])
                return
            }
            state = .judging([])
            let bound = NIOLoopBound((gate: self, context: context), eventLoop: context.eventLoop)
            answer.whenComplete { answer in
                let (gate, context) = bound.value
                gate.end(context, head, answer)
            }
        }
    }

    private func end(
        _ context: ChannelHandlerContext, _ head: HTTPRequestHead, _ answer: Result<any SocketTalk, any Error>
    ) {
        guard case .judging(let held) = state, context.channel.isActive else { return }
        switch answer {
        case .success(let talk):
            agreed(talk)
            decide(context, head.withOneUpgrade, held)
        case .failure:
            // The route tells why. The parser reads nothing behind such a request.
            var refused = head.withoutUpgrade
            refused.headers.replaceOrAdd(name: "connection", value: "close")
            decide(context, refused, held)
        }
        context.fireChannelReadComplete()
    }

    private func decide(_ context: ChannelHandlerContext, _ head: HTTPRequestHead, _ held: [HTTPServerRequestPart]) {
        state = .decided
        context.fireChannelRead(wrapInboundOut(.head(head)))
        for part in held { context.fireChannelRead(wrapInboundOut(part)) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .decided = state {
            context.fireErrorCaught(error)
            return
        }
        if error is HTTPParserError {
            let headers = HTTPHeaders([("connection", "close"), ("content-length", "0")])
            let head = HTTPResponseHead(version: .http1_1, status: .badRequest, headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        let isDecided = if case .decided = state { true } else { false }
        if !isDecided, event is ChannelShouldQuiesceEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}

extension HTTPRequestHead {
    /// Whether this is a whole request for a WebSocket (RFC 6455 section 4.2.1), and nothing else.
    fileprivate var asksForWebSocket: Bool {
        method == .GET && version == .http1_1
            && headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
            && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
            && headers["sec-websocket-key"].count == 1 && headers["sec-websocket-version"] == [UpgradeGate.version]
            && !headers.contains(name: "content-length") && !headers.contains(name: "transfer-encoding")
    }

    fileprivate var withoutUpgrade: HTTPRequestHead {
        guard headers.contains(name: "upgrade") else { return self }
        var head = self
        head.headers.remove(name: "upgrade")
        return head
    }

    fileprivate var withOneUpgrade: HTTPRequestHead {
        var head = self
        head.headers.replaceOrAdd(name: "upgrade", value: "websocket")
        return head
    }
}
