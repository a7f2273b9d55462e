import Synchronization

/// What is to be told on a connection that stays open, in order and within a bound: who reads too slowly is cut off and
/// costs no more memory than that.
package final class Outbox: Sendable {
    /// Why a connection that stayed open ends.
    package enum End: Hashable, Sendable {
        /// The other side went, or said that it goes.
        case left
        /// This server stops.
        case goingAway
        /// Who listens may not listen any longer.
        case notAllowed
        /// The other side does not read, or does not answer.
        case tooSlow
        /// What the other side sends is none of what can be read.
        case unacceptable(SocketFault)
    }

    private struct State {
        var waiting = 0
        var end: End?
        var observers: [@Sendable (End) -> Void] = []
    }

    /// In bytes.
    private let bound: Int
    private let state = Mutex(State())
    private let continuation: AsyncStream<String>.Continuation
    /// For the one who writes them to the connection.
    let texts: AsyncStream<String>

    /// - Parameter bound: the bytes that may wait before somebody reads too slowly.
    package init(bound: Int = 256 * 1024) {
        self.bound = bound
        (texts, continuation) = AsyncStream.makeStream(of: String.self)
    }

    /// Puts a text behind all others; lost where the connection has ended.
    package func send(_ text: String) {
        let isFull = state.withLock { state in
            guard state.end == nil else { return false }
            // One text is always taken, however large.
            guard state.waiting < bound else { return true }
            state.waiting += Self.cost(of: text)
            continuation.yield(text)
            return false
        }
        if isFull { end(.tooSlow) }
    }

    /// Ends the connection once what waits is written; the first reason counts.
    package func end(_ end: End) {
        let observers = state.withLock { state -> [@Sendable (End) -> Void] in
            guard state.end == nil else { return [] }
            state.end = end
            continuation.finish()
            defer { state.observers = [] }
            return state.observers
        }
        for observer in observers { observer(end) }
    }

    /// Nil while the connection lasts.
    package var end: End? { state.withLock(\.end) }

    /// Calls once when the end is known, at once where it is.
    func onEnd(_ observer: @escaping @Sendable (End) -> Void) {
        let end = state.withLock { state in
            if state.end == nil { state.observers.append(observer) }
            return state.end
        }
        if let end { observer(end) }
    }

    /// A text of ``texts`` is written.
    func wrote(_ text: String) { state.withLock { $0.waiting -= Self.cost(of: text) } }

    /// With something for what holds it.
    private static func cost(of text: String) -> Int { text.utf8.count + 64 }
}
