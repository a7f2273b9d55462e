import NIOCore
import Wire

extension IPAddress {
    /// The address of a socket's peer; nil for a Unix socket.
    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        self.init(text)
    }
}
