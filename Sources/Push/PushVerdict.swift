import Outbound

/// What the answer of a service means for a message and the subscription behind it (RFC 8030 sections 5 and 7.3).
enum PushVerdict: Equatable {
    case sent
    /// There is nobody any more, or nobody who may be reached: the subscription ends.
    case gone(reason: String)
    case retry(after: Duration?, reason: String)
    /// This message is not for them; another may be.
    case refused(reason: String)

    static func of(status: Int, retryAfter: Duration?) -> PushVerdict {
        switch status {
        case 200..<300: .sent
        case 408, 429, 500..<600: .retry(after: retryAfter, reason: "answered \(status)")
        case 400..<500: .gone(reason: "answered \(status)")
        default: .refused(reason: "answered \(status)")
        }
    }

    static func of(_ error: OutboundError) -> PushVerdict {
        switch error {
        case .scheme, .forbiddenHost, .forbiddenPort, .forbiddenAddress, .ownOrigin, .refusedHost:
            .gone(reason: error.rawValue)
        case .noSuchHost, .dns, .connect, .tls, .connectionLost, .timeout, .malformedResponse, .cancelled, .shutDown:
            .retry(after: nil, reason: error.rawValue)
        case .invalidRequest, .signing, .tooManyRedirects, .redirectLoop, .badRedirect, .tooLarge, .headersTooLarge:
            .refused(reason: error.rawValue)
        }
    }

    /// How long to wait after an attempt, counted from 1; nil when it was the last. After a day nobody wants to know.
    static func wait(afterAttempt attempt: Int) -> Duration? {
        let waits: [Duration] = [
            .seconds(15), .seconds(60), .seconds(300), .seconds(1200), .seconds(3600), .seconds(4 * 3600),
            .seconds(8 * 3600),
        ]
        return waits.indices.contains(attempt - 1) ? waits[attempt - 1] : nil
    }
}
