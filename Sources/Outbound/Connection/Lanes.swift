import Dispatch
import Synchronization
import Wire

/// The lanes of all origins that are in use or were lately, bounded in number.
final class Lanes: Sendable {
    private struct Entry {
        let lane: Lane
        var users = 0
        /// Larger than that of every lane used before.
        var lastUse: UInt64 = 0
    }

    private struct State {
        var entries: [Origin: Entry] = [:]
        var uses: UInt64 = 0
        var isClosed = false
    }

    private let template: PinnedClient.Template
    private let state = Mutex(State())

    init(template: PinnedClient.Template) {
        self.template = template
    }

    /// How many origins are remembered.
    var count: Int { state.withLock { $0.entries.count } }

    /// Runs the work with the origin's lane. Throws `shutDown` after `close()`.
    func withLane<Value: Sendable>(
        to origin: Origin, _ work: (Lane) async throws(OutboundError) -> Value
    ) async throws(OutboundError) -> Value {
        guard let lane = enter(origin) else { throw .shutDown }
        defer { leave(origin) }
        return try await work(lane)
    }

    /// Refuses new work and forgets the lanes, so that each closes its connections after its last exchange.
    func close() {
        let entries = state.withLock { state in
            state.isClosed = true
            defer { state.entries = [:] }
            return state.entries
        }
        // Released here rather than under the lock: the last reference to a client closes its connections.
        withExtendedLifetime(entries) {}
    }

    private func enter(_ origin: Origin) -> Lane? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            template.open.enter()
            var entry = state.entries[origin] ?? Entry(lane: Lane(origin: origin, template: template))
            entry.users += 1
            state.entries[origin] = entry
            return entry.lane
        }
    }

    private func leave(_ origin: Origin) {
        let evicted: Entry? = state.withLock { state in
            guard state.entries[origin] != nil else { return nil }
            state.uses += 1
            state.entries[origin]?.users -= 1
            state.entries[origin]?.lastUse = state.uses
            return evictOne(&state)
        }
        withExtendedLifetime(evicted) { template.open.leave() }
    }

    /// Takes out the lane unused for longest when there are too many.
    private func evictOne(_ state: inout State) -> Entry? {
        guard state.entries.count > template.limits.idleOrigins,
            let oldest = state.entries.filter({ $0.value.users == 0 }).min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return nil }
        return state.entries.removeValue(forKey: oldest.key)
    }
}
