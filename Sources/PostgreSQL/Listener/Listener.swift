internal import Foundation
internal import Logging

/// Listens on channels, on a connection and a thread of its own that connects again whenever it was lost.
///
/// NOTIFY is only a hint: what was sent while nobody listened is lost. Readers look at their tables at each
/// `Event.listening`, and from time to time regardless. A transaction pooler cannot stand between.
package final class Listener: Sendable {
    package enum Event: Sendable, Equatable {
        /// LISTEN has taken effect, at first or after a loss: notifications before this moment may be missing.
        case listening
        case notification(channel: String, payload: String)
    }

    /// What was heard, for one reader; ends after `stop()`. A reader that falls behind loses the oldest. Listening
    /// ends when the reader's task is cancelled or nobody holds the stream any more.
    package let events: AsyncStream<Event>
    private let stopping = Cancellation(wake: WakePipe())

    /// Starts listening.
    package init(_ settings: ConnectionSettings, channels: [String], bufferedEvents: Int = 4096) {
        let (events, continuation) = AsyncStream.makeStream(
            of: Event.self, bufferingPolicy: .bufferingNewest(bufferedEvents))
        self.events = events
        continuation.onTermination = { [stopping] _ in stopping.raise() }

        let session = ListenerSession(
            settings: settings, channels: channels, stopping: stopping, yield: { continuation.yield($0) })
        let logger = Logger.current
        let thread = Thread {
            withLogger(logger) { _ in session.run() }
            continuation.finish()
        }
        thread.name = "postgresql-listen"
        thread.start()
    }

    /// Ends the stream and the connection, without waiting for either.
    package func stop() {
        stopping.raise()
    }
}
