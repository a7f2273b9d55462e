/// An address at which connections become WebSockets (RFC 6455).
package struct SocketRoute: Sendable {
    package let path: String
    /// Judges a request before anything is upgraded; throws the ``Problem`` to answer instead.
    package let open: @Sendable (Exchange) async throws -> any SocketTalk

    package init(_ path: String, open: @escaping @Sendable (Exchange) async throws -> any SocketTalk) {
        self.path = path
        self.open = open
    }
}

/// This side of what is said over a WebSocket. It is let go when the connection is.
package protocol SocketTalk: Sendable {
    /// What is said; its end is that of the connection.
    var outbox: Outbox { get }
    /// The subprotocol that is agreed to.
    var subprotocol: String? { get }
    /// The other side said something. The next thing is read after this returns.
    func hear(_ text: String) async
}

/// What holds for every WebSocket.
package struct SocketLimits: Sendable {
    /// Bytes of a message that is read.
    package var message = 8 * 1024
    /// After so long a silence the other side is asked whether it is there; after twice that it is not.
    package var ping: Duration = .seconds(30)
    /// How long the other side may take to agree to an end.
    package var farewell: Duration = .seconds(1)

    package init() {}

    /// Bytes of a frame. More than of a message, so that who sends a little too much is still told so.
    var frame: Int { 8 * message }
}

extension SocketRoute {
    /// What the address answers to who cannot have a socket, and why.
    var route: Route {
        Route(.get, path, access: .open) { exchange in
            guard exchange.field("sec-websocket-key") != nil else { throw Problem.notFound }
            guard exchange.field("sec-websocket-version") == UpgradeGate.version else {
                throw Problem(
                    status: 426, message: "Version 13 of WebSockets is spoken here.",
                    headers: [("sec-websocket-version", UpgradeGate.version), ("upgrade", "websocket")])
            }
            _ = try await open(exchange)
            throw Problem(
                status: 503, message: "Ask for a WebSocket with the first request of a connection.",
                headers: [("retry-after", "1")])
        }
    }
}
