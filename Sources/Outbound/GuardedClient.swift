import Dispatch
package import Wire

/// The one way in which this server speaks HTTP to others.
///
/// Every URI comes from somebody else's document, so each is judged by `HostPolicy` before its name is looked up, and
/// the addresses found by `AddressPolicy` before a packet leaves; connections go to the judged address only
/// (`PinnedClient`). Redirects are followed here, hop by hop with the same checks, never by the HTTP library.
///
/// Exchanges are bounded in number per origin and altogether, in turn; in time as a whole; and in bytes.
package final class GuardedClient: Sendable {
    private let settings: OutboundSettings
    private let hosts: HostPolicy
    private let gate: (any HostGate)?
    private let resolver: any Resolver
    private let lanes: Lanes
    private let global: Slots
    private let open = DispatchGroup()

    /// Redirects followed for a GET.
    private static let longestChain = 2
    /// Addresses of one host that are tried before giving up.
    private static let attempts = 3

    /// Throws when the trusted certificates cannot be loaded.
    ///
    /// - Parameter gate: which hosts the community admits; nil for all.
    package init(
        settings: OutboundSettings, gate: (any HostGate)? = nil, trust: TrustRoots = .system,
        resolver: any Resolver = SystemResolver()
    ) throws(TrustRoots.LoadingError) {
        let addresses = AddressPolicy(reachable: settings.reachable)
        self.gate = gate
        self.settings = settings
        self.resolver = resolver
        hosts = HostPolicy(addresses: addresses, ownOrigin: settings.origin, httpsPort: settings.httpsPort)
        global = Slots(settings.limits.global)
        lanes = Lanes(
            template: PinnedClient.Template(
                certificates: try trust.load(), policy: addresses, timeouts: settings.timeouts,
                limits: settings.limits, open: open))
    }

    /// Fetches a document, following at most two redirects within its scheme.
    ///
    /// - Parameters:
    ///   - uri: Its fragment is not sent and not part of the response's `uri`.
    ///   - accept: The value of `Accept`.
    ///   - fields: beside that one, sent on each hop.
    ///   - signer: Signs each hop anew; nil sends without a signature.
    package func get(
        _ uri: URI, accept: String, fields: [(name: String, value: String)] = [],
        signer: (any RequestSigner)? = nil, limits: ExchangeLimits = .document
    ) async throws(OutboundError) -> Response {
        try await within(.now + limits.total, late: .timeout) { () async throws(OutboundError) in
            var target = uri.withoutFragment
            var visited: Set<String> = []
            while true {
                visited.insert(target.origin.description + target.requestTarget)
                let response = try await self.exchange(
                    OutgoingRequest(method: .get, uri: target, headers: [("accept", accept)] + fields, body: []),
                    signer: signer, bodyLimit: limits.body)
                guard Redirect.isRedirect(status: response.status) else { return response }
                guard let next = response.location, next.scheme == target.scheme else { throw .badRedirect }
                guard !visited.contains(next.origin.description + next.requestTarget) else { throw .redirectLoop }
                guard visited.count <= Self.longestChain else { throw .tooManyRedirects }
                target = next
            }
        }
    }

    /// Sends a document. Redirects are not followed: the caller sees the status and `Response.location`.
    ///
    /// - Parameter fields: beside the content type.
    package func send(
        _ method: OutgoingRequest.Method = .post, to uri: URI, contentType: String,
        fields: [(name: String, value: String)] = [], body: [UInt8], signer: (any RequestSigner)? = nil,
        limits: ExchangeLimits = .document
    ) async throws(OutboundError) -> Response {
        try await within(.now + limits.total, late: .timeout) { () async throws(OutboundError) in
            try await self.exchange(
                OutgoingRequest(
                    method: method, uri: uri.withoutFragment, headers: [("content-type", contentType)] + fields,
                    body: body),
                signer: signer, bodyLimit: limits.body)
        }
    }

    /// Why nothing could be sent to a URI at present, by the rules for every exchange; nil when it could.
    package func judge(_ uri: URI) async -> OutboundError? {
        let rule = hosts.verdict(on: uri)
        if case .refused(let reason) = rule { return reason }
        if let gate, await !gate.admits(uri.host) { return .refusedHost }
        do throws(OutboundError) {
            _ = try await judgedAddresses(of: uri.host, rule: rule)
            return nil
        } catch {
            return error
        }
    }

    /// Refuses new exchanges, waits for those in flight, whose tasks their owners may cancel, and closes all
    /// connections.
    package func shutdown() async {
        lanes.close()
        await withCheckedContinuation { continuation in
            open.notify(queue: .global()) { continuation.resume() }
        }
    }
}

extension GuardedClient {
    /// One request and its response, without following anything.
    private func exchange(
        _ request: OutgoingRequest, signer: (any RequestSigner)?, bodyLimit: Int
    ) async throws(OutboundError) -> Response {
        let rule = hosts.verdict(on: request.uri)
        if case .refused(let reason) = rule { throw reason }
        if let gate, await !gate.admits(request.uri.host) { throw .refusedHost }
        let request = try prepared(request)
        return try await lanes.withLane(to: request.uri.origin) { lane async throws(OutboundError) in
            try await lane.slots.withSlot { () async throws(OutboundError) in
                let addresses = try await lane.addresses { () async throws(OutboundError) in
                    try await self.judgedAddresses(of: request.uri.host, rule: rule)
                }
                return try await self.global.withSlot { () async throws(OutboundError) in
                    try await self.send(
                        try self.signed(request, by: signer), over: lane, to: addresses.prefix(Self.attempts),
                        bodyLimit: min(bodyLimit, self.settings.limits.largestBody))
                }
            }
        }
    }

    private func prepared(_ request: OutgoingRequest) throws(OutboundError) -> OutgoingRequest {
        guard PinnedClient.sendsUnchanged(request.uri) else { throw .invalidRequest }
        let own = request.headers
        var request = request
        request.headers = []
        try request.setHeaders([
            ("host", request.authority),
            ("user-agent", "mentord/\(settings.version) (+\(settings.origin))"),
            ("accept-encoding", "gzip"),
        ])
        try request.setHeaders(own)
        return request
    }

    private func signed(
        _ request: OutgoingRequest, by signer: (any RequestSigner)?
    ) throws(OutboundError) -> OutgoingRequest {
        guard let signer else { return request }
        let fields: [(name: String, value: String)]
        do {
            fields = try signer.sign(request)
        } catch {
            throw .signing
        }
        var request = request
        try request.setHeaders(fields)
        return request
    }

    /// Looks a host up and keeps the addresses that may be reached.
    private func judgedAddresses(
        of host: String, rule: HostPolicy.Verdict
    ) async throws(OutboundError) -> [IPAddress] {
        let answers: [IPAddress]
        if rule == .loopback {
            answers = [.loopback]
        } else {
            answers = try await within(.now + settings.timeouts.dns, late: .dns) { () async throws(OutboundError) in
                try await self.resolver.addresses(of: host)
            }.map(\.unmapped)
        }
        guard !answers.isEmpty else { throw .noSuchHost }
        if rule == .name(listedOnly: true), !answers.allSatisfy({ hosts.addresses.verdict(on: $0) == .listed }) {
            throw .forbiddenPort
        }
        let allowed = answers.filter { hosts.addresses.verdict(on: $0) != .forbidden }
        guard !allowed.isEmpty else { throw .forbiddenAddress }
        return allowed
    }

    /// Sends to the first address that can be connected to. Once a connection stands, there is no second attempt.
    private func send(
        _ request: OutgoingRequest, over lane: Lane, to addresses: ArraySlice<IPAddress>, bodyLimit: Int
    ) async throws(OutboundError) -> Response {
        for address in addresses {
            do throws(OutboundError) {
                let response = try await lane.client(for: address).perform(request, bodyLimit: bodyLimit)
                lane.prefer(address)
                return response
            } catch {
                guard error == .connect else { throw error }
            }
        }
        throw .connect
    }
}
