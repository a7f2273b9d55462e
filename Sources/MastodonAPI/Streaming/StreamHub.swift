import PostgreSQL
import Store
import Synchronization
package import UseCases
import WebServer

/// Those who listen on this server, and the one reader of events for all of them, who has nothing to do while there are
/// none.
package final class StreamHub: Sendable {
    private struct State {
        var listeners: [Int: StreamListener] = [:]
        var slots = StreamSlots()
        var lastNumber = 0
        /// Whether nothing is missed from now on.
        var isReady = false
    }

    /// How often events are looked for.
    private static let pace: Duration = .milliseconds(250)
    /// How often tokens are looked at again.
    private static let checks: Duration = .seconds(1)
    private static let renewals: Duration = .seconds(10)
    /// The reader of events stays for a while when nobody listens any more: programs come back soon.
    private static let stay: Duration = .seconds(60)
    /// How long whoever comes first may have to wait.
    private static let patience: Duration = .seconds(5)

    private let source: ListenToStreams
    private let deliveries: StreamDeliveries
    private let state = Mutex(State())
    private let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    package init(source: ListenToStreams, entities: Entities) {
        self.source = source
        deliveries = StreamDeliveries(database: entities.database, entities: entities)
    }

    /// A place among those who listen; it is given up when the ticket is let go.
    final class Ticket: Sendable {
        let listener: StreamListener
        private let number: Int
        private let hub: StreamHub

        fileprivate init(_ listener: StreamListener, number: Int, hub: StreamHub) {
            self.listener = listener
            self.number = number
            self.hub = hub
        }

        deinit { hub.leave(number) }
    }

    /// Returns when nothing is missed any more that happens from now on.
    func open(_ reader: StreamReader, _ form: StreamListener.Form) async throws -> Ticket {
        let listener = StreamListener(reader, form)
        let ticket: Ticket
        do throws(StreamSlots.Refusal) {
            ticket = try state.withLock { state throws(StreamSlots.Refusal) in
                try state.slots.take(reader)
                state.lastNumber += 1
                state.listeners[state.lastNumber] = listener
                return Ticket(listener, number: state.lastNumber, hub: self)
            }
        } catch {
            throw error == .full ? Problem.crowded : Problem.tooMany(retryAfter: 60)
        }
        arrival.yield()
        let deadline = ContinuousClock.now + Self.patience
        while !state.withLock(\.isReady) {
            guard ContinuousClock.now < deadline else { throw Problem.unavailable }
            try await Task.sleep(for: .milliseconds(20))
        }
        return ticket
    }

    private func leave(_ number: Int) {
        state.withLock { state in
            guard let listener = state.listeners.removeValue(forKey: number) else { return }
            state.slots.leave(listener.reader)
        }
    }

    private var listeners: [StreamListener] { state.withLock { Array($0.listeners.values) } }
}

extension StreamHub {
    /// Tells those who listen what happens, until the task is cancelled.
    ///
    /// - Parameter report: called with what went wrong; it is tried again.
    package func run(report: @Sendable (any Error) -> Void) async {
        for await _ in arrivals {
            do {
                try await source.begin()
                state.withLock { $0.isReady = true }
                try await serve(report)
            } catch {
                state.withLock { $0.isReady = false }
                if Task.isCancelled { break }
                report(error)
                // Who waits is still there.
                try? await Task.sleep(for: .seconds(1))
                arrival.yield()
            }
        }
        state.withLock { $0.isReady = false }
        // Not of the task that was cancelled, or nothing would be sent.
        await Task.detached { [source] in try? await source.end() }.value
    }

    /// Returns when nobody has listened for a while.
    private func serve(_ report: (any Error) -> Void) async throws {
        var (checked, renewed, heard) = (ContinuousClock.now, ContinuousClock.now, ContinuousClock.now)
        while true {
            try await Task.sleep(for: Self.pace)
            do {
                try await tell()
                let now = ContinuousClock.now
                if now - checked >= Self.checks {
                    checked = now
                    try await dropInvalid()
                }
                if now - renewed >= Self.renewals {
                    renewed = now
                    try await source.renew()
                }
                if !listeners.isEmpty { heard = now }
                if now - heard >= Self.stay, stopsListening() {
                    try await source.end()
                    return
                }
            } catch {
                if Task.isCancelled { throw error }
                report(error)
                // Events stay where they are until the database is there again; but after so long nobody may have
                // written any. Programs that come again read what they missed.
                if ContinuousClock.now - renewed >= .seconds(ListenToStreams.lease) {
                    for listener in listeners { listener.outbox.end(.goingAway) }
                    throw error
                }
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func stopsListening() -> Bool {
        state.withLock { state in
            guard state.listeners.isEmpty else { return false }
            state.isReady = false
            return true
        }
    }

    private func tell() async throws {
        let (events, position) = try await source.next()
        guard !events.isEmpty else {
            source.passed(to: position)
            return
        }
        do {
            // Nobody is told anything before everything is known, so that nothing is told twice after a failure.
            for told in try await deliveries.of(events, to: listeners) {
                told.listener.tell(told.message, on: told.stream)
            }
        } catch let error as PostgresError where error.isTransient {
            throw error
        } catch {
            // It would be the same the next time.
            source.passed(to: position)
            throw error
        }
        source.passed(to: position)
    }

    /// Ends the connections of those whose token was revoked, on whichever server, and of people who are gone.
    private func dropInvalid() async throws {
        let all = listeners
        let tokens = Set(all.compactMap(\.reader.grant?.id))
        guard !tokens.isEmpty else { return }
        let valid = try await entities.database.validTokens(among: Array(tokens))
        for listener in all {
            if let id = listener.reader.grant?.id, !valid.contains(id) { listener.outbox.end(.notAllowed) }
        }
    }

    private var entities: Entities { deliveries.entities }
}
