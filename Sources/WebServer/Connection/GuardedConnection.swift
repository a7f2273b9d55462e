import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import Wire

/// A connection of the server as it comes from the socket: counted by client, with TLS where the server has a
/// certificate, watched, and then given to HTTP.
struct GuardedConnection: ServerChildChannel {
    let http: HTTP1Channel
    let certificate: ServerCertificate?
    let cap: ConnectionCap
    let deadlines: Deadlines
    /// Of one body, chunk by chunk with what frames it.
    let mostBytes: Int

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        channel.eventLoop.makeCompletedFuture {
            if let certificate {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificate.context))
            }
            let client = channel.remoteAddress.flatMap { IPAddress($0) }
            let isWelcome = client.map { cap.enter($0) } ?? true
            if let client, isWelcome { channel.closeFuture.whenComplete { _ in cap.leave(client) } }
            try channel.pipeline.syncOperations.addHandler(
                ConnectionWatch(deadlines: deadlines, mostBytes: mostBytes, isWelcome: isWelcome))
        }.flatMap { http.setup(channel: channel, logger: logger) }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async { await http.handle(value: value, logger: logger) }
}

extension IPAddress {
    /// The address of a socket's peer; nil for a Unix socket.
    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        self.init(text)
    }
}
