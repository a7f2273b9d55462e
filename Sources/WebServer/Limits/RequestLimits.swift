import Foundation
import Social
import Store
import Synchronization
import UseCases
import Wire

/// How often programs of people may ask: whoever shows a token by that token, others by their address. What is left is
/// told with every answer, as the Mastodon API does (docs.joinmastodon.org/api/rate-limits).
final class RequestLimits: Sendable {
    /// What is left of an allowance after a request.
    struct Allowance: Equatable {
        let limit: Int
        let remaining: Int
        /// When all of it is there again.
        let reset: Date
        /// The seconds to wait, where nothing was left for this request.
        let wait: TimeInterval?
    }

    private enum Asker: Hashable, Sendable {
        case account(ActorID)
        case token(Int64)
        case client(IPAddress)
    }

    private struct Buckets {
        let burst: Int
        let perSecond: Double
        var askers: TokenBuckets<Asker>

        init(burst: Double, seconds: Double, factor: Double) {
            let burst = max(1, (burst * factor).rounded(.down))
            self.burst = Int(exactly: burst) ?? .max
            perSecond = burst / seconds
            askers = TokenBuckets(burst: burst, perSecond: perSecond)
        }
    }

    private let buckets: Mutex<[Route.Pace: Buckets]>

    /// - Parameter factor: on all allowances; 0 for none at all.
    init(factor: Double) {
        guard factor > 0 else {
            buckets = Mutex([:])
            return
        }
        buckets = Mutex([
            .steady: Buckets(burst: 300, seconds: 300, factor: factor),
            .rare: Buckets(burst: 30, seconds: 1800, factor: factor),
            .uploads: Buckets(burst: 30, seconds: 1800, factor: factor),
        ])
    }

    /// Takes one request from the allowance of who asks; nil where the route has none.
    func take(_ pace: Route.Pace, grant: TokenGrant?, client: IPAddress, at now: Date) -> Allowance? {
        let account = pace == .uploads ? grant?.account?.actor.id : nil
        let asker = account.map { Asker.account($0) } ?? grant.map { Asker.token($0.id) } ?? .client(client)
        return buckets.withLock { buckets in
            guard var bucket = buckets[pace] else { return nil }
            let wait = bucket.askers.take(asker, at: now)
            buckets[pace] = bucket
            let left = bucket.askers.left(asker, at: now)
            return Allowance(
                limit: bucket.burst, remaining: Int(exactly: left.rounded(.down)) ?? 0,
                reset: now.addingTimeInterval((Double(bucket.burst) - left) / bucket.perSecond), wait: wait)
        }
    }
}

extension RequestLimits.Allowance {
    /// Times as Mastodon writes them: programs read them, and stumble over anything else.
    var fields: [(name: String, value: String)] {
        [
            ("x-ratelimit-limit", String(limit)), ("x-ratelimit-remaining", String(remaining)),
            (
                "x-ratelimit-reset",
                DateTime.format(Date(timeIntervalSince1970: reset.timeIntervalSince1970.rounded(.up)))
            ),
        ]
    }
}
