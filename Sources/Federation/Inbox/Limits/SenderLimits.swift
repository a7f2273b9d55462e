import Foundation
package import PostgreSQL
import Social
import Store
import Synchronization
import UseCases

/// How much a domain may bring to the inboxes of this process: 300 activities in five minutes, 100 of them at once; 60
/// and 20 while its host has been known for less than a week.
///
/// Counted after the signature was verified, so that nobody uses up what is another's, and for the registrable domain
/// as a whole, so that a thousand names below one are no thousand senders. New hosts share an allowance of their own:
/// they take nothing from the old ones beside them.
package final class SenderLimits: Sendable {
    private struct State {
        var settled: TokenBuckets<DomainName>
        var new: TokenBuckets<DomainName>
        /// Hosts that are known for a week at least, which stays true.
        var settledHosts: Set<String> = []
    }

    static let newFor: TimeInterval = 7 * 24 * 3600
    private static let heldHosts = 10_000

    private let database: Pool
    private let isOn: Bool
    private let state: Mutex<State>

    /// - Parameter factor: on all allowances; 0 for no limits.
    package init(database: Pool, factor: Double) {
        self.database = database
        isOn = factor > 0
        state = Mutex(
            State(
                settled: TokenBuckets(burst: max(1, 100 * factor), perSecond: factor),
                new: TokenBuckets(burst: max(1, 20 * factor), perSecond: factor / 5)))
    }

    /// Counts one activity from a host, `host[:port]`; the seconds to wait where it is one too many.
    func take(_ host: String, authority: String, at now: Date) async throws -> TimeInterval? {
        guard isOn else { return nil }
        let domain = DomainName(host: host).registrable
        let isSettled = try await isSettled(authority, at: now)
        return state.withLock { isSettled ? $0.settled.take(domain, at: now) : $0.new.take(domain, at: now) }
    }

    private func isSettled(_ authority: String, at now: Date) async throws -> Bool {
        if state.withLock({ $0.settledHosts.contains(authority) }) { return true }
        guard let since = try await database.hostKnownSince(authority), now.timeIntervalSince(since) >= Self.newFor
        else { return false }
        state.withLock {
            if $0.settledHosts.count >= Self.heldHosts { $0.settledHosts.removeAll() }
            $0.settledHosts.insert(authority)
        }
        return true
    }
}
