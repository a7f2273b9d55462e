import Synchronization
import Wire

/// All that is remembered of one origin between exchanges: its slots, its judged addresses, its connections.
final class Lane: Sendable {
    private struct State {
        var addresses: [IPAddress] = []
        /// When the name is looked up again.
        var freshUntil: ContinuousClock.Instant?
        /// How long the addresses serve while the resolver fails.
        var usableUntil: ContinuousClock.Instant?
        var client: PinnedClient?
    }

    let origin: Origin
    let slots: Slots
    private let template: PinnedClient.Template
    private let state = Mutex(State())

    init(origin: Origin, template: PinnedClient.Template) {
        self.origin = origin
        self.template = template
        slots = Slots(template.limits.perHost)
    }

    /// The addresses to try in this order: those judged a short while ago, else freshly looked up and judged ones,
    /// else, while the resolver fails, the last ones it gave (RFC 8767).
    func addresses(
        lookUp: () async throws(OutboundError) -> [IPAddress]
    ) async throws(OutboundError) -> [IPAddress] {
        if let fresh = addresses(while: \.freshUntil) { return fresh }
        do throws(OutboundError) {
            let addresses = try await lookUp()
            state.withLock { state in
                state.addresses = addresses
                state.freshUntil = .now + template.timeouts.pin
                state.usableUntil = .now + template.timeouts.stalePin
            }
            return addresses
        } catch {
            guard error == .dns, let stale = addresses(while: \.usableUntil) else { throw error }
            state.withLock { $0.freshUntil = .now + template.timeouts.pin }
            return stale
        }
    }

    private func addresses(while limit: KeyPath<State, ContinuousClock.Instant?>) -> [IPAddress]? {
        state.withLock { state in
            guard let end = state[keyPath: limit], end > .now else { return nil }
            return state.addresses
        }
    }

    /// The client whose connections go to this address. One that went elsewhere ends with its last exchange.
    func client(for address: IPAddress) -> PinnedClient {
        state.withLock { state in
            if let client = state.client, client.address == address { return client }
            let client = PinnedClient(host: origin.host, address: address, template: template)
            state.client = client
            return client
        }
    }

    /// Remembers that this address could be connected to, so that it is tried first from now on.
    func prefer(_ address: IPAddress) {
        state.withLock { state in
            guard let index = state.addresses.firstIndex(of: address), index > 0 else { return }
            state.addresses.swapAt(0, index)
        }
    }
}
