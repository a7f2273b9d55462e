/// Why an exchange with another server did not give a response. A response with any status is none of these.
package enum OutboundError: String, Error, CaseIterable, Sendable {
    // Refused before or while connecting.
    /// Not https, or http for a name where only https may be used.
    case scheme
    /// The host is no DNS name, or a loopback name while loopback is not reachable.
    case forbiddenHost
    case forbiddenPort
    /// Every address of the host is special, or the address connected to was.
    case forbiddenAddress
    /// The URI is this server's own.
    case ownOrigin
    /// This community has nothing to do with the host.
    case refusedHost

    // Our own request.
    /// A header field with control bytes, or a URI that would go over the wire in another spelling.
    case invalidRequest
    /// The signer failed.
    case signing

    // Redirects.
    case tooManyRedirects
    case redirectLoop
    /// A redirect without one usable `Location`, or to another scheme.
    case badRedirect

    // What the other side sent.
    /// The body is longer than the caller's limit, after decompression.
    case tooLarge
    /// The header block is longer than 32 KiB or has more than 100 fields.
    case headersTooLarge
    /// The bytes are not HTTP, or the content coding is unknown or broken.
    case malformedResponse

    // The way there.
    case noSuchHost
    /// The resolver failed or was silent.
    case dns
    /// No connection stood in time, TLS included, to any address that was tried.
    case connect
    /// TLS failed: certificate, name, version or handshake.
    case tls
    /// The connection ended before the response was complete.
    case connectionLost
    /// The total deadline passed, or the other side was silent for too long.
    case timeout

    // Ourselves.
    case cancelled
    case shutDown

    /// True when the same exchange may succeed later without anybody changing its URI.
    package var isTransient: Bool {
        switch self {
        case .noSuchHost, .dns, .connect, .tls, .connectionLost, .timeout, .malformedResponse, .cancelled, .shutDown:
            true
        case .scheme, .forbiddenHost, .forbiddenPort, .forbiddenAddress, .ownOrigin, .refusedHost, .invalidRequest,
            .signing,
            .tooManyRedirects, .redirectLoop, .badRedirect, .tooLarge, .headersTooLarge:
            false
        }
    }
}
