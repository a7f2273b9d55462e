package import Foundation

/// How often something may happen for each key: up to `burst` at once, and then `perSecond`. A pure value; its owner
/// knows the time.
///
/// The table is bounded. Where more keys come than it holds, those that are back at their full allowance are forgotten
/// first, then those that were used least lately.
package struct TokenBuckets<Key: Hashable & Sendable>: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Date
    }

    private let burst: Double
    private let perSecond: Double
    private let capacity: Int
    private var buckets: [Key: Bucket] = [:]

    /// - Parameter capacity: keys that are remembered.
    package init(burst: Double, perSecond: Double, capacity: Int = 10_000) {
        self.burst = burst
        self.perSecond = perSecond
        self.capacity = capacity
    }

    package var count: Int { buckets.count }

    /// Takes one; the seconds to wait when none is left.
    package mutating func take(_ key: Key, at now: Date) -> TimeInterval? {
        if let wait = wait(key, at: now) { return wait }
        if buckets[key] == nil, buckets.count >= capacity { forget(at: now) }
        buckets[key] = Bucket(tokens: tokens(of: key, at: now) - 1, at: now)
        return nil
    }

    /// The seconds to wait until one is there; nil when one is.
    package func wait(_ key: Key, at now: Date) -> TimeInterval? {
        let tokens = tokens(of: key, at: now)
        return tokens >= 1 ? nil : (1 - tokens) / perSecond
    }

    /// How many are left for a key, parts of one among them.
    package func left(_ key: Key, at now: Date) -> Double { tokens(of: key, at: now) }

    private func tokens(of key: Key, at now: Date) -> Double { buckets[key].map { tokens(in: $0, at: now) } ?? burst }

    /// A clock that is set back gives nothing and takes nothing.
    private func tokens(in bucket: Bucket, at now: Date) -> Double {
        min(burst, bucket.tokens + max(0, now.timeIntervalSince(bucket.at)) * perSecond)
    }

    /// Leaves at most half, so that a flood of new keys pays for the sorting once in many.
    private mutating func forget(at now: Date) {
        buckets = buckets.filter { tokens(in: $0.value, at: now) < burst }
        guard buckets.count > capacity / 2 else { return }
        let kept = buckets.sorted { $0.value.at > $1.value.at }.prefix(capacity / 2)
        buckets = Dictionary(kept.map { ($0.key, $0.value) }) { first, _ in first }
    }
}
