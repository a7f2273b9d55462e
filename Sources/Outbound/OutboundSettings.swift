package import Wire

/// What an operator or a test may set of the outbound client.
package struct OutboundSettings: Sendable {
    /// The program's version, for `User-Agent`.
    package var version: String
    /// This server's own origin: named in `User-Agent`, never fetched from.
    package var origin: Origin
    /// Special addresses that may be reached nevertheless; empty in production.
    package var reachable: [CIDR] = []
    package var timeouts = Timeouts()
    package var limits = Limits()
    /// The port of https. Only tests, which may not be allowed to listen on 443, have another.
    var httpsPort = 443

    package init(version: String, origin: Origin, reachable: [CIDR] = []) {
        self.version = version
        self.origin = origin
        self.reachable = reachable
    }

    package struct Timeouts: Sendable {
        package var dns: Duration = .seconds(3)
        /// TCP connect and TLS handshake together.
        package var connect: Duration = .seconds(5)
        /// The longest pause between two reads or writes of a request.
        package var silence: Duration = .seconds(10)
        /// How long an unused connection is kept.
        package var idleConnection: Duration = .seconds(30)
        /// How long a judged address is used before the name is looked up again.
        package var pin: Duration = .seconds(60)
        /// How long it is used while the resolver fails.
        package var stalePin: Duration = .seconds(3600)
    }

    package struct Limits: Sendable {
        /// Exchanges in flight with one origin; more wait in turn.
        package var perHost = 4
        /// Exchanges in flight altogether.
        package var global = 128
        /// Upper bound of what a caller may ask for as body limit, in bytes.
        package var largestBody = 8 << 20
        /// Status line and header block of a response, in bytes.
        package var headerBytes = 32 << 10
        package var headerFields = 100
        /// Origins whose connections and judged addresses are remembered between exchanges.
        package var idleOrigins = 512
    }
}

/// What one exchange may cost.
package struct ExchangeLimits: Sendable {
    /// Bytes of the body after decompression.
    package var body: Int
    /// From the call to the last byte: waiting for a turn, look-up, redirects and all.
    package var total: Duration

    package init(body: Int = 1 << 20, total: Duration = .seconds(30)) {
        self.body = body
        self.total = total
    }

    /// Documents of other servers, and deliveries: 1 MiB, 30 s.
    package static let document = ExchangeLimits()
    /// What an inbound request waits for, such as a signer's key: 1 MiB, 10 s.
    package static let hotPath = ExchangeLimits(total: .seconds(10))
    /// WebFinger and NodeInfo: 64 KiB, 10 s.
    package static let discovery = ExchangeLimits(body: 64 << 10, total: .seconds(10))
}
