import Foundation
import PostgreSQL
import Social
import Store
import Wire

/// How many follows the people of a new host may ask for within a day: five times the days for which it has been known,
/// and as many as they like once that is a week (K07). A server that was switched on this morning is not home to a
/// thousand people who all know somebody here.
///
/// Counted are follows that still stand, of all new hosts below a registrable domain together. They are rows of the
/// database, so that neither a restart nor a second process makes the allowance larger.
package struct FollowQuota: Sendable {
    static let perDay = 5
    private static let day: TimeInterval = 24 * 3600

    private let factor: Double

    /// - Parameter factor: on the allowance; 0 for no limit.
    package init(factor: Double) { self.factor = factor }

    /// The seconds to wait where one more follow is one too many. Until the transaction ends nobody else of the domain
    /// is let through.
    func wait(of follower: Actor, at now: Date, in transaction: Transaction) async throws -> TimeInterval? {
        guard factor > 0, let since = try await transaction.hostKnownSince(follower.uri.authority) else { return nil }
        let age = max(0, now.timeIntervalSince(since))
        guard let allowance = allowance(knownFor: age) else { return nil }
        let domain = DomainName(host: follower.uri.host).registrable
        try await transaction.lockFollows(from: domain)
        let times = try await transaction.followTimes(
            of: domain, fromHostsKnownAfter: now.addingTimeInterval(-SenderLimits.newFor),
            since: now.addingTimeInterval(-Self.day), limit: allowance)
        guard times.count == allowance, let oldest = times.last else { return nil }
        // The oldest counts for a day; and each further day there is room for more.
        let nextDay = Self.day - age.truncatingRemainder(dividingBy: Self.day)
        return max(1, min(oldest.addingTimeInterval(Self.day).timeIntervalSince(now), nextDay))
    }

    /// How many follows within a day are taken from hosts that have been known for a time; nil for any number.
    func allowance(knownFor age: TimeInterval) -> Int? {
        guard factor > 0, age < SenderLimits.newFor else { return nil }
        let days = (age / Self.day).rounded(.down) + 1
        return Int(exactly: max(1, Double(Self.perDay) * days * factor).rounded(.down))
    }
}
