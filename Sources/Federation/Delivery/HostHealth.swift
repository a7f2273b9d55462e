package import Logging
import Jobs
package import PostgreSQL
import Store
import Synchronization
package import Wire

/// Tells the table `hosts`, which all daemons read when they take jobs, how other servers do.
///
/// Five failures in a row close a host: its jobs wait without being tried, but for one now and then. Whatever shows
/// that it is back opens it again. After failures on seven different days only session traffic is kept for it.
package final class HostHealth: Sendable {
    private let database: Pool
    /// How long a closed host is left alone between two attempts.
    private let probeInterval: Duration
    private let logger: Logger
    private let queue = JobQueue()
    /// When a host was last written down as answering. A healthy host costs one write a minute.
    private let written = Mutex<[String: ContinuousClock.Instant]>([:])

    private static let held = 10_000
    private static let writeInterval = Duration.seconds(60)

    /// - Parameter pace: the factor of ``DeliverySchedule``.
    package init(database: Pool, pace: Double = 1, logger: Logger) {
        self.database = database
        probeInterval = Self.probeInterval(pace: pace)
        self.logger = logger
    }

    package static func probeInterval(pace: Double) -> Duration { .seconds(900) * pace }

    /// Somebody of a host proved to be there with a signed request. Costs at most one write per host and minute.
    package func heard(from actor: URI) async {
        await note(actor.authority, unlessWritten: "heard ") { try await self.database.hostHeard($0) }
    }

    /// A host answered, whatever it said.
    ///
    /// - Parameter failures: how many it had when the attempt began.
    func answered(_ host: String, after failures: Int) async {
        if failures > 0 { forget(host) }
        await note(host, unlessWritten: "") { try await self.database.hostAnswered($0) }
    }

    /// An attempt failed: no connection, no answer in time, or an error of the server's own.
    func failed(_ host: String, because reason: String) async {
        forget(host)
        await trying {
            let isUnreachable = try await database.hostFailed(host, because: reason, pause: probeInterval)
            if isUnreachable { try await queue.dropWaiting(lane: host, on: database) }
        }
    }

    /// What was to find out how a host does turned out to be wanted no longer.
    func untried(_ host: String) async {
        await trying { try await database.probeHost(host) }
    }

    /// A host asks to be left alone for a while.
    func pause(_ host: String, for pause: Duration, because reason: String) async {
        forget(host)
        await trying { try await database.pauseHost(host, for: pause, because: reason) }
    }

    /// A host says that it is gone for good.
    func gone(_ host: String) async {
        forget(host)
        await trying {
            try await database.hostGone(host)
            try await queue.dropWaiting(lane: host, urgentDiesFor: "the host is gone", on: database)
        }
    }

    private func forget(_ host: String) { written.withLock { $0[host] = nil } }

    private func note(_ host: String, unlessWritten prefix: String, write: (String) async throws -> Void) async {
        let key = prefix + host
        let isDue = written.withLock { written in
            let now = ContinuousClock.now
            if let last = written[key], now - last < Self.writeInterval { return false }
            if written.count >= Self.held { written.removeAll() }
            written[key] = now
            return true
        }
        if isDue { await trying { try await write(host) } }
    }

    /// What cannot be written down is noticed again at the next attempt.
    private func trying(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            logger.warning("cannot write down how a host does", metadata: ["error": "\(error)"])
        }
    }
}
