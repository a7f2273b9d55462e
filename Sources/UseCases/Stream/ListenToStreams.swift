import Foundation
package import PostgreSQL
package import Store
import Synchronization

/// Hears for one server what happens in the community, on whichever server: nothing is missed from ``begin()`` on, and
/// nothing comes twice.
package final class ListenToStreams: Sendable {
    /// Seconds for which this server counts as listening after it was last heard of.
    package static let lease = 30
    /// More than ``StreamAudience/trust``, for transactions that are under way.
    private static let wait: Duration = StreamAudience.trust + .milliseconds(250)

    private let database: Pool
    private let audience: StreamAudience
    private let server = UUID()
    private let position = Mutex<String?>(nil)

    package init(database: Pool, audience: StreamAudience) {
        self.database = database
        self.audience = audience
    }

    /// Returns when every server of the community notes what happens.
    package func begin() async throws {
        audience.setHere(true)
        let age = Duration.seconds(try await database.listenToStreams(on: server, seconds: Self.lease))
        if age < Self.wait { try await Task.sleep(for: Self.wait - age) }
        // What a restored database has of another's events must not be heard.
        try await database.sweepStreams()
        let now = try await database.streamPosition()
        position.withLock { $0 = now }
    }

    /// What happened since the events that were last ``passed(to:)``, and where they end.
    package func next() async throws -> (events: [StreamEvent], position: String) {
        guard let before = position.withLock(\.self) else { throw StoreError.nothingReturned }
        return try await database.streamEvents(after: before)
    }

    /// The events up to here need not come again.
    package func passed(to position: String) { self.position.withLock { $0 = position } }

    /// Has to be called again before the lease ends.
    package func renew() async throws {
        _ = try await database.listenToStreams(on: server, seconds: Self.lease)
        try await database.sweepStreams()
    }

    package func end() async throws {
        audience.setHere(false)
        position.withLock { $0 = nil }
        try await database.stopListeningToStreams(on: server)
    }
}
