package import PostgreSQL
import Store
import Synchronization

/// Whether anybody listens to streams, on this server or another of the community, as far as memory knows.
///
/// That nobody does is believed for a second after a look at the database, so that what happens costs nothing more
/// while nobody listens; else the statement that would write decides by itself. Whoever begins to listen waits for as
/// long as somebody may believe that nobody does (``ListenToStreams``): from then on nothing is missed.
package final class StreamAudience: Sendable {
    private struct Held {
        var isHere = false
        var foundNobodyAt: ContinuousClock.Instant?
        var isLooking = false
    }

    /// For so long nobody is believed to listen.
    package static let trust: Duration = .seconds(1)

    private let database: Pool?
    private let trust: Duration
    private let held = Mutex(Held())

    /// - Parameters:
    ///   - database: nil where there is no use in remembering.
    ///   - trust: the same on all servers of a community.
    package init(database: Pool? = nil, trust: Duration = StreamAudience.trust) {
        self.database = database
        self.trust = trust
    }

    /// Whether what happens has to be noted. True where it is not known.
    package var mayListen: Bool {
        let now = ContinuousClock.now
        let (answer, isLookDue) = held.withLock { held in
            guard !held.isHere else { return (true, false) }
            let age = held.foundNobodyAt.map { now - $0 } ?? trust
            // Before it is too late, so that those who come then find an answer.
            let isLookDue = age >= trust / 2 && !held.isLooking && database != nil
            if isLookDue { held.isLooking = true }
            return (age >= trust, isLookDue)
        }
        if isLookDue {
            // Detached: whoever asks is inside of a transaction, where nothing else may use the database.
            Task.detached { await self.look() }
        }
        return answer
    }

    private func look() async {
        let begin = ContinuousClock.now
        let isNobody = (try? await database?.isAnybodyListening()) == false
        held.withLock { held in
            held.isLooking = false
            held.foundNobodyAt = isNobody ? begin : nil
        }
    }

    /// Somebody listens on this server, or nobody any more.
    func setHere(_ isHere: Bool) {
        held.withLock { held in
            held.isHere = isHere
            held.foundNobodyAt = nil
        }
    }
}
