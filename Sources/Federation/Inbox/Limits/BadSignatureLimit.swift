import Foundation
import Synchronization
import UseCases
import Wire

/// How many requests whose signature proves nothing may come from one address before none of its requests is looked at:
/// thirty a minute. Of IPv6 the network of 64 bits counts, which one customer has to themself.
package final class BadSignatureLimit: Sendable {
    private let buckets = Mutex(TokenBuckets<IPAddress>(burst: 30, perSecond: 0.5))
    private let isOn: Bool

    package init(isOn: Bool = true) { self.isOn = isOn }

    /// The seconds to wait where an address has used up its allowance.
    func wait(_ client: IPAddress, at now: Date) -> TimeInterval? {
        isOn ? buckets.withLock { $0.wait(client.network, at: now) } : nil
    }

    /// Counts a signature that proved nothing.
    func count(_ client: IPAddress, at now: Date) {
        guard isOn else { return }
        _ = buckets.withLock { $0.take(client.network, at: now) }
    }
}
