import Foundation
import Synchronization

/// A peer whose machine takes connections and requests, and whose program does not get to an answer. Ends with
/// `leave()`.
final class HangingPeer: Sendable {
    enum Manner: CaseIterable {
        /// Not a byte comes back.
        case silent
        /// An answer begins, and its body comes a byte at a time: never silent for long, and never done.
        case dripping
    }

    private let socket: ListeningSocket
    private let manner: Manner
    /// Open connections; nil when this peer has left.
    private let connections = Mutex<[Int32]?>([])

    init(port: Int, manner: Manner) throws {
        socket = try ListeningSocket(port: port)
        self.manner = manner
        Thread.detachNewThread { self.takeConnections() }
        if manner == .dripping { Thread.detachNewThread { self.drip() } }
    }

    /// Connections on which a request has begun to arrive.
    var requests: Int {
        connections.withLock { connections in
            (connections ?? []).count { connection in
                var byte: UInt8 = 0
                return recv(connection, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 1
            }
        }
    }

    /// Drops all connections and listens no more.
    func leave() {
        shutdown(socket.descriptor, Int32(SHUT_RDWR))
        connections.withLock { connections in
            for connection in connections ?? [] { close(connection) }
            connections = nil
        }
    }

    private static let head = "HTTP/1.1 202 Accepted\r\ncontent-length: 1000\r\n\r\n"

    private func takeConnections() {
        while case let connection = accept(socket.descriptor, nil, nil), connection >= 0 {
            connections.withLock { connections in
                guard connections != nil else {
                    close(connection)
                    return
                }
                if manner == .dripping { Self.write(Self.head, to: connection) }
                connections?.append(connection)
            }
        }
    }

    private func drip() {
        var hasLeft = false
        while !hasLeft {
            hasLeft = connections.withLock { connections in
                for connection in connections ?? [] { Self.write("a", to: connection) }
                return connections == nil
            }
            usleep(500_000)
        }
    }

    private static func write(_ text: String, to connection: Int32) {
        _ = send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
    }
}
