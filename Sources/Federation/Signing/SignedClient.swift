package import Outbound
import HTTPSignatures
package import Wire

/// Sends signed requests, knocking again in another form where a peer does not take the first.
///
/// Whether a peer reads RFC 9421 or only draft-cavage cannot be asked, so it is tried, and what it took is remembered.
package struct SignedClient: Sendable {
    private let client: GuardedClient
    private let keys: SigningKeys

    package init(client: GuardedClient, keys: SigningKeys) {
        self.client = client
        self.keys = keys
    }

    /// Hands an activity over. A redirect that keeps the method (307, 308) is followed once within the same origin; all
    /// of it together takes no longer than `limits` allow.
    package func post(
        _ body: [UInt8], to uri: URI, as actor: ActorID, limits: ExchangeLimits = .document
    ) async throws -> Response {
        let end = ContinuousClock.now + limits.total
        let response = try await post(body, to: uri, as: actor, limits: limits, end: end)
        guard response.status == 307 || response.status == 308, let target = response.location,
            target.isSameOrigin(as: uri), target != uri
        else { return response }
        return try await post(body, to: target, as: actor, limits: limits, end: end)
    }

    private func post(
        _ body: [UInt8], to uri: URI, as actor: ActorID, limits: ExchangeLimits, end: ContinuousClock.Instant
    ) async throws -> Response {
        let begin = await keys.forms.form(for: uri)
        let forms: [SignatureForm] = [begin, begin == .messageSignature ? .draftCavage() : .messageSignature]
        return try await knock(at: uri, with: forms, until: end, refusals: [400, 401]) { form, left in
            try await client.send(
                to: uri, contentType: "application/activity+json", body: body,
                signer: try await keys.signer(for: actor, form: form),
                limits: ExchangeLimits(body: limits.body, total: left))
        }
    }

    /// Fetches a document. Where the address has a query, a peer may have left it out of what it verifies.
    package func get(_ uri: URI, accept: String, as actor: ActorID, limits: ExchangeLimits) async throws -> Response {
        let cavage: [SignatureForm] = [.draftCavage()] + (uri.query == nil ? [] : [.draftCavage(.withoutQuery)])
        let begin = await keys.forms.form(for: uri)
        let forms = begin == .messageSignature ? [begin] + cavage : cavage + [.messageSignature]
        return try await knock(at: uri, with: forms, until: .now + limits.total, refusals: [401]) { form, left in
            try await client.get(
                uri, accept: accept, signer: try await keys.signer(for: actor, form: form),
                limits: ExchangeLimits(body: limits.body, total: left))
        }
    }

    /// The first answer that is no refusal; where all are, a 401, which may pass, rather than a 400.
    private func knock(
        at uri: URI, with forms: [SignatureForm], until end: ContinuousClock.Instant, refusals: Set<Int>,
        send: (SignatureForm, Duration) async throws -> Response
    ) async throws -> Response {
        var refusal: Response?
        for form in forms {
            let left = end - .now
            if let refusal, left <= .zero { return refusal }
            let response = try await send(form, left)
            guard refusals.contains(response.status) else {
                if response.isSuccess, (form == .messageSignature) != (forms.first == .messageSignature) {
                    await keys.forms.remember(form, for: uri)
                }
                return response
            }
            if refusal == nil || response.status == 401 { refusal = response }
        }
        guard let refusal else { throw OutboundError.signing }
        return refusal
    }
}
