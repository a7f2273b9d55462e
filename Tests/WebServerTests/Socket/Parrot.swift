import Synchronization

@testable import WebServer

/// Says again what it hears.
final class Parrot: SocketTalk {
    let outbox = Outbox()
    let subprotocol: String?
    private let onLeave: @Sendable () -> Void

    init(subprotocol: String? = nil, onLeave: @escaping @Sendable () -> Void = {}) {
        self.subprotocol = subprotocol
        self.onLeave = onLeave
    }

    deinit { onLeave() }

    func hear(_ text: String) async { outbox.send(text) }

    static let route = SocketRoute("/socket") { exchange in
        if exchange.query("token") == "bad" { throw Problem.unauthorised }
        return Parrot(subprotocol: exchange.field("sec-websocket-protocol"))
    }
}

/// Talks that were opened, as long as they last.
final class Talks: Sendable {
    private let state = Mutex((open: 0, all: [Outbox]()))

    var open: Int { state.withLock(\.open) }
    var outboxes: [Outbox] { state.withLock(\.all) }

    func route(_ path: String = "/socket") -> SocketRoute {
        SocketRoute(path) { [self] _ in
            let talk = Parrot(onLeave: { self.state.withLock { $0.open -= 1 } })
            state.withLock {
                $0.open += 1
                $0.all.append(talk.outbox)
            }
            return talk
        }
    }
}
