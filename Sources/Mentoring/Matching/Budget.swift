import Foundation

/// What somebody can pay for a session.
package enum Budget: Hashable, Sendable {
    case any
    /// Nothing.
    case free
    case atMost(Rate)

    enum Fit: Hashable {
        case free
        case within
        /// The rate is in a currency that cannot be compared.
        case incomparable
        case above
    }

    /// How a rate fits, for a session of so many minutes; no rate at all is free.
    func fit(_ rate: Rate?, minutes: Int) -> Fit {
        guard let rate else { return .free }
        switch self {
        case .any: return .within
        case .free: return .above
        case .atMost(let most):
            guard rate.currency == most.currency else { return .incomparable }
            guard let asked = rate.cost(minutes: minutes), let bound = most.cost(minutes: minutes) else {
                return .incomparable
            }
            return asked <= bound ? .within : .above
        }
    }
}

extension Rate {
    /// Of a session of so many minutes.
    fileprivate func cost(minutes: Int) -> Decimal? {
        guard let amount = Decimal(string: amount, locale: Locale(identifier: "en_US_POSIX")) else { return nil }
        switch per {
        case .session: return amount
        case .hour: return amount * Decimal(minutes) / 60
        }
    }
}
