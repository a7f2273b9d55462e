import Synchronization
import Wire

/// How many connections one client may hold at once, so that none holds them all. Trusted proxies, which bring
/// everybody's, are not counted.
final class ConnectionCap: Sendable {
    private let limit: Int
    private let exempt: [CIDR]
    private let counts = Mutex<[IPAddress: Int]>([:])

    init(_ limit: Int, exempt: [CIDR]) {
        self.limit = limit
        self.exempt = exempt
    }

    /// Counts a connection; false, and uncounted, when it is one too many. After true ``leave(_:)`` must be called.
    func enter(_ client: IPAddress) -> Bool {
        guard !exempt.contains(client.unmapped) else { return true }
        return counts.withLock { counts in
            let count = counts[client.network, default: 0]
            guard count < limit else { return false }
            counts[client.network] = count + 1
            return true
        }
    }

    func leave(_ client: IPAddress) {
        guard !exempt.contains(client.unmapped) else { return }
        counts.withLock { counts in
            let left = counts[client.network, default: 0] - 1
            counts[client.network] = left > 0 ? left : nil
        }
    }
}
