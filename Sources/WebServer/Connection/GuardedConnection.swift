import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1
import NIOSSL
import NIOWebSocket
import Wire

/// A connection of the server as it comes from the socket: counted by client, with TLS where the server has a
/// certificate, watched, and then given to HTTP, or made a WebSocket where its first request asks for one.
struct GuardedConnection: ServerChildChannel {
    /// What a connection becomes is known once its first header is there.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        fileprivate let outcome: EventLoopFuture<Outcome>
    }

    fileprivate enum Outcome: Sendable {
        case http(HTTP1Channel.Value)
        case socket(SocketConnection)
    }

    let http: HTTP1Channel
    let certificate: ServerCertificate?
    let cap: ConnectionCap
    let deadlines: Deadlines
    /// Of one body, chunk by chunk with what frames it.
    let mostBytes: Int
    let sockets: SocketJudge
    let socketLimits: SocketLimits

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            if let certificate {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificate.context))
            }
            try channel.pipeline.syncOperations.addHandler(
                ConnectionWatch(deadlines: deadlines, mostBytes: mostBytes, cap: cap))
            let talk = NIOLoopBoundBox<(any SocketTalk)?>(nil, eventLoop: channel.eventLoop)
            var pipeline = NIOUpgradableHTTPServerPipelineConfiguration(
                upgradeConfiguration: .init(upgraders: [upgrader(talk)]) { $0.becomeHTTP(http, logger) })
            // As without upgrades: requests are taken one after the other by whoever answers them, who also answers
            // what the parser refuses. Before the first header is there the gate does.
            pipeline.enablePipelining = false
            pipeline.enableErrorHandling = false
            pipeline.enableResponseHeaderValidation = false
            let limits = http.configuration.httpDecoder
            pipeline.decoderConfiguration.maxHeaderFieldSize = limits.maxHeaderFieldSize
            pipeline.decoderConfiguration.maxHeaderListSize = limits.maxHeaderListSize
            pipeline.decoderConfiguration.maxHeaderFieldCount = limits.maxHeaderFieldCount
            let operations = channel.pipeline.syncOperations
            let outcome = try operations.configureUpgradableHTTPServerPipeline(configuration: pipeline)
            let upgrade = try operations.handler(type: NIOTypedHTTPServerUpgradeHandler<Outcome>.self)
            try operations.addHandler(
                UpgradeGate(judge: { [sockets] in sockets($0, $1) }, agreed: { talk.value = $0 }),
                position: .before(upgrade))
            return Value(channel: channel, outcome: outcome)
        }
    }

    private func upgrader(_ talk: NIOLoopBoundBox<(any SocketTalk)?>) -> NIOTypedWebSocketServerUpgrader<Outcome> {
        NIOTypedWebSocketServerUpgrader(
            maxFrameSize: socketLimits.frame,
            shouldUpgrade: { channel, _ in
                let subprotocol = talk.value?.subprotocol
                return channel.eventLoop.makeSucceededFuture(
                    HTTPHeaders(subprotocol.map { [("sec-websocket-protocol", $0)] } ?? []))
            },
            upgradePipelineHandler: { [socketLimits] channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    guard let agreed = talk.value else { throw ChannelError.inappropriateOperationForState }
                    talk.value = nil
                    channel.setLive(true)
                    let frames = try SocketConnection.Frames(wrappingChannelSynchronously: channel)
                    return .socket(SocketConnection(frames: frames, talk: agreed, limits: socketLimits))
                }
            })
    }

    func handle(value: Value, logger: Logger) async {
        let outcome = await withTaskCancellationHandler {
            try? await value.outcome.get()
        } onCancel: {
            value.channel.close(promise: nil)
        }
        switch outcome {
        case .http(let channel): await http.handle(value: channel, logger: logger)
        case .socket(let connection): await connection.run()
        case nil: value.channel.close(promise: nil)
        }
    }
}

extension Channel {
    /// The handlers that ``HTTP1Channel`` puts behind the parser. On the event loop of the channel only.
    fileprivate func becomeHTTP(_ http: HTTP1Channel, _ logger: Logger) -> EventLoopFuture<GuardedConnection.Outcome> {
        eventLoop.makeCompletedFuture {
            try pipeline.syncOperations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            try pipeline.syncOperations.addHandlers(http.configuration.additionalChannelHandlers())
            try pipeline.syncOperations.addHandler(
                HTTPConnectionStateHandler(
                    idleTimeout: http.configuration.idleTimeout.map { .init($0) }, logger: logger))
            return .http(
                try HTTP1Channel.Value(
                    wrappingChannelSynchronously: self, configuration: .init(isOutboundHalfClosureEnabled: true)))
        }
    }
}

extension IPAddress {
    /// The address of a socket's peer; nil for a Unix socket.
    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        self.init(text)
    }
}
