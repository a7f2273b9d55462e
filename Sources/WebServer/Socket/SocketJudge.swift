import NIOCore
import NIOHTTP1
import Wire

/// Finds the ``SocketRoute`` that a request for a WebSocket means, and asks it.
struct SocketJudge: Sendable {
    private let routes: [String: SocketRoute]
    private let trustedProxies: [CIDR]

    init(_ routes: [SocketRoute], trustedProxies: [CIDR]) {
        self.routes = Dictionary(routes.map { ($0.path, $0) }) { first, _ in first }
        self.trustedProxies = trustedProxies
    }

    func callAsFunction(_ head: HTTPRequestHead, _ channel: any Channel) -> EventLoopFuture<any SocketTalk>? {
        var path = head.uri.prefix { $0 != "?" }
        if path.count > 1, path.last == "/" { path.removeLast() }
        guard let route = routes[String(path)], head.headers["host"].count == 1 else { return nil }
        let fields = head.headers.map { (name: $0.name.lowercased(), value: $0.value) }
        let exchange = Exchange(
            method: head.method.rawValue, target: head.uri, parameters: [:],
            query: head.uri.utf8.firstIndex(of: UInt8(ascii: "?")).map {
                FormFields.read(head.uri.utf8[head.uri.utf8.index(after: $0)...])
            } ?? [],
            fields: fields, body: [], grant: nil,
            client: ClientAddress.of(
                peer: channel.remoteAddress.flatMap { IPAddress($0) } ?? .loopback,
                forwarded: fields.filter { $0.name == "x-forwarded-for" }.map(\.value), trusted: trustedProxies))
        return channel.eventLoop.makeFutureWithTask { try await route.open(exchange) }
    }
}
