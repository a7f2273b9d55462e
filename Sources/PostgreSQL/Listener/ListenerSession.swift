internal import Logging

/// The work of a listener's thread: connect, listen, pass on, and again after a loss.
struct ListenerSession: Sendable {
    let settings: ConnectionSettings
    let channels: [String]
    let stopping: Cancellation
    let yield: @Sendable (Listener.Event) -> Void

    private static let shortestPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(5)

    /// Returns when `stopping` is raised.
    func run() {
        var pause = Self.shortestPause
        while !stopping.isRaised {
            do throws(PostgresError) {
                let handle = try Handle.connect(settings)
                try listen(handle)
                pause = Self.shortestPause
                yield(.listening)
                receive(handle)
            } catch {
                Logger.current.warning("cannot listen to PostgreSQL", metadata: ["error": "\(error)"])
            }
            guard !stopping.isRaised else { return }
            _ = waitForInput(socket: -1, wake: stopping.wake, milliseconds: pause.wholeMilliseconds)
            pause = min(pause * 2, Self.longestPause)
        }
    }

    private func listen(_ handle: borrowing Handle) throws(PostgresError) {
        let script = channels.map { "listen \(quotedIdentifier($0));" }.joined()
        guard case .success? = handle.run(script: script, within: .seconds(10), cancellation: stopping) else {
            throw handle.failure(.connecting)
        }
    }

    /// Passes on notifications until the connection is lost or `stopping` is raised.
    private func receive(_ handle: borrowing Handle) {
        while handle.isOpen, !stopping.isRaised {
            for (channel, payload) in handle.takeNotifications() {
                yield(.notification(channel: channel, payload: payload))
            }
            guard handle.isOpen else { return }
            _ = waitForInput(socket: handle.socket, wake: stopping.wake, milliseconds: .max)
        }
    }
}
