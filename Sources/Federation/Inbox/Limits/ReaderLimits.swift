package import Foundation
import Social
import Synchronization
import UseCases

/// How much the servers of one domain may read with a signature from this process: 300 documents in five minutes, 100
/// of them at once.
///
/// Counted after the signature was verified and for the registrable domain, like what a domain brings
/// (``SenderLimits``), but apart from it: who reads much can still deliver. New hosts read as much as old ones. Reading
/// does nothing to anybody here, and where only signed requests read, it is how two servers get to know each other.
package final class ReaderLimits: Sendable {
    private let isOn: Bool
    private let buckets: Mutex<TokenBuckets<DomainName>>

    /// - Parameter factor: on the allowance; 0 for no limit.
    package init(factor: Double) {
        isOn = factor > 0
        buckets = Mutex(TokenBuckets(burst: max(1, 100 * factor), perSecond: factor))
    }

    /// Counts one document for a host; the seconds to wait where it is one too many.
    package func take(_ host: String, at now: Date) -> TimeInterval? {
        guard isOn else { return nil }
        let domain = DomainName(host: host).registrable
        return buckets.withLock { $0.take(domain, at: now) }
    }
}
