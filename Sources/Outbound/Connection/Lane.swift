import Synchronization
import Wire

/// All that is remembered of one origin between exchanges: its slots, its judged addresses, its connections.
final class Lane: Sendable {
    private struct State {
        var addresses: [IPAddress] = []
        var judged: ContinuousClock.Instant?
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

    /// The addresses to try in this order: those judged a short while ago, else freshly looked up and judged ones.
    func addresses(
        lookUp: () async throws(OutboundError) -> [IPAddress]
    ) async throws(OutboundError) -> [IPAddress] {
        let known: [IPAddress]? = state.withLock { state in
            guard let judged = state.judged, judged.duration(to: .now) < template.timeouts.pin else { return nil }
            return state.addresses
        }
        if let known { return known }
        let addresses = try await lookUp()
        state.withLock { state in
            state.addresses = addresses
            state.judged = .now
        }
        return addresses
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
