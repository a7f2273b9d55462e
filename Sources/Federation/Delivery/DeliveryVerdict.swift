package import Outbound

/// What a peer's answer to a delivery means.
package enum DeliveryVerdict: Equatable, Sendable {
    case delivered
    /// Try again, not before the given wait where the peer named one.
    case retry(after: Duration?, reason: String)
    /// No later attempt can succeed.
    case failed(reason: String)
    /// Nothing is behind the inbox any more; its actor may have another.
    case lost
    /// The inbox was closed for good.
    case gone

    /// Over an hour: longer than a peer remembers a key that it could not fetch.
    static let unauthorisedAttempts = 6

    /// - Parameters:
    ///   - status: Of the last answer, after both forms of signature were tried and a redirect within the origin was
    ///     followed.
    ///   - attempt: Counted from 1. A 401 is tried six times: the peer may hold an old key of ours, or none for now. A
    ///     404 is tried twice: while a server is set up anew it may know nobody.
    package static func of(status: Int, retryAfter: Duration?, attempt: Int) -> DeliveryVerdict {
        switch status {
        case 200..<300: .delivered
        case 300..<400: .retry(after: retryAfter, reason: "answered \(status), which is not followed")
        case 401 where attempt < unauthorisedAttempts: .retry(after: retryAfter, reason: "answered 401")
        case 403: .failed(reason: "refused by peer")
        case 404 where attempt < 2:
            .retry(after: retryAfter, reason: "answered 404; if it does again, the actor is asked for its inbox")
        case 404: .lost
        case 408, 425, 429, 500, 502...599: .retry(after: retryAfter, reason: "answered \(status)")
        case 410: .gone
        default: .failed(reason: "answered \(status)")
        }
    }

    package static func of(_ error: OutboundError) -> DeliveryVerdict {
        error.isTransient ? .retry(after: nil, reason: error.rawValue) : .failed(reason: error.rawValue)
    }
}

/// What an attempt says about the host itself.
enum HostSign: Equatable {
    case answers
    case fails
    /// It asks for time, for all that is sent to it.
    case asksForTime(Duration)
    /// Nothing was learnt.
    case nothing

    /// An error of the server's own is as bad as no answer; any other answer shows that it is there.
    static func of(status: Int, retryAfter: Duration?) -> HostSign {
        switch status {
        case 429: retryAfter.map { $0 > .zero ? .asksForTime($0) : .answers } ?? .answers
        case 500, 502...599: .fails
        default: .answers
        }
    }

    static func of(_ error: OutboundError) -> HostSign {
        switch error {
        case .noSuchHost, .dns, .connect, .tls, .connectionLost, .timeout, .malformedResponse: .fails
        case .scheme, .forbiddenHost, .forbiddenPort, .forbiddenAddress, .ownOrigin, .invalidRequest, .signing,
            .tooManyRedirects, .redirectLoop, .badRedirect, .tooLarge, .headersTooLarge, .cancelled, .shutDown,
            .refusedHost:
            .nothing
        }
    }
}
