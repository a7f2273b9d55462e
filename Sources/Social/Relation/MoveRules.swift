package import Foundation
package import Wire

/// When an account may say that it has moved, and when others believe it.
package enum MoveRules {
    package enum Refusal: Error, Equatable, Sendable {
        case toItself
        /// The new account does not name the old one among its aliases.
        case notConfirmed
        /// It moved less than a week ago.
        case tooSoon
        /// The new account has itself moved on, or is gone.
        case targetLeft
    }

    package static let pause: TimeInterval = 7 * 24 * 3600

    /// - Parameter aliases: `alsoKnownAs` of the target, fetched for this decision.
    package static func judge(
        _ old: Actor, to target: Actor, aliases: [URI], now: Date
    ) throws(Refusal) {
        guard old.id != target.id else { throw .toItself }
        guard aliases.contains(old.uri) else { throw .notConfirmed }
        guard target.goneAt == nil, target.movedTo == nil else { throw .targetLeft }
        guard old.movedAt.map({ now.timeIntervalSince($0) > pause }) ?? true else { throw .tooSoon }
    }
}
