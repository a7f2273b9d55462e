package import Outbound

/// What a peer's answer to a delivery means.
package enum DeliveryVerdict: Equatable, Sendable {
    case delivered
    /// Try again, not before the given wait where the peer named one.
    case retry(after: Duration?, reason: String)
    /// No later attempt can succeed.
    case failed(reason: String)

    /// Over an hour: longer than a peer remembers a key that it could not fetch.
    static let unauthorisedAttempts = 6

    /// - Parameter attempt: counted from 1. A 401 is tried six times: the peer may hold an old key of ours, or none for now.
    package static func of(status: Int, retryAfter: Duration?, attempt: Int) -> DeliveryVerdict {
        switch status {
        case 200..<300: .delivered
        case 401 where attempt < unauthorisedAttempts: .retry(after: retryAfter, reason: "answered 401")
        case 408, 425, 429, 500, 502...599: .retry(after: retryAfter, reason: "answered \(status)")
        default: .failed(reason: "answered \(status)")
        }
    }

    package static func of(_ error: OutboundError) -> DeliveryVerdict {
        error.isTransient ? .retry(after: nil, reason: error.rawValue) : .failed(reason: error.rawValue)
    }
}
