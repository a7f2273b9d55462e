package import Foundation
package import HTTPSignatures
package import PostgreSQL
package import Social
import Store
package import UseCases
package import Wire

/// Decides who signed a request, for inboxes and for fetches. What is cheap comes first: nothing is looked up or
/// fetched for a request that could not verify, or that comes from whom the community refuses.
package struct RequestVerifier: Sendable {
    package enum Outcome: Sendable {
        case verified(Signer)
        /// The reason is a stable word for logs and answers.
        case refused(String)
        /// The community has nothing to do with a host that signs or is named.
        case forbidden(Judgement.Refusal)
        /// Too many wrong signatures came from the client's address; nothing was looked at.
        case tooMany(retryAfter: TimeInterval)
        /// The key's server could not be asked.
        case unreachable
        /// The key's server says that the key is gone for good, and where it can be told, which actor with it.
        case gone(actor: URI?)
    }

    /// The owner of the key that signed, not written anywhere yet.
    package struct Signer: Sendable {
        package let owner: URI
        let fetched: FetchedActor?
        let known: KnownSigner?

        /// The actor behind the key, written if it was not known before.
        package func actor(in transaction: Transaction) async throws -> Actor {
            if let fetched { return try await fetched.save(in: transaction) }
            guard let actor = try await transaction.actor(uri: owner) else { throw StoreError.nothingReturned }
            return actor
        }

        /// Opens the work on an activity in its transaction: the actor, written if it was not known before, and whether
        /// the activity's id is new. Nil when the key proves nothing any more.
        func receive(_ activity: URI, in transaction: Transaction) async throws -> (sender: Actor, isNew: Bool)? {
            if let known { return try await known.receive(activity, in: transaction) }
            let actor = try await actor(in: transaction)
            try await transaction.rememberHost(actor.uri.authority)
            return (actor, try await transaction.markReceived(activity, from: actor.id))
        }

        /// The hosts that stand behind it: that of its id, and that of its handle.
        fileprivate var hosts: [String] {
            let handle = fetched?.handle ?? known?.handle
            let domain = handle.flatMap { Origin(scheme: .https, authority: $0.domain)?.host }
            return [owner.host] + (domain.map { [$0] } ?? [])
        }
    }

    private let keys: KeyRing
    private let signatures: VerificationPolicy
    private let domains: DomainPolicy
    private let limit: BadSignatureLimit

    package init(keys: KeyRing, community: Community, domains: DomainPolicy, limit: BadSignatureLimit) {
        self.keys = keys
        self.signatures = VerificationPolicy(origins: [community.origin])
        self.domains = domains
        self.limit = limit
    }

    /// Who signed a request that comes from a client.
    package func verify(_ request: RequestMessage, from client: IPAddress, at now: Date) async throws -> Outcome {
        switch read(request, from: client, at: now) {
        case .stopped(let outcome): return outcome
        case .claim(let claim):
            if let refusal = await refusal(of: claim) { return .forbidden(refusal) }
            return try await verify(claim, from: client, at: now)
        }
    }

    /// How far a request gets without its key.
    enum Reading: Sendable {
        case claim(SignatureClaim)
        case stopped(Outcome)
    }

    /// Judges the client's record and the form of the request.
    func read(_ request: RequestMessage, from client: IPAddress, at now: Date) -> Reading {
        if let wait = limit.wait(client, at: now) { return .stopped(.tooMany(retryAfter: wait)) }
        return switch SignatureClaim.read(request, at: now, policy: signatures) {
        case .failure(let refusal): .stopped(refused(refusal.rawValue, client, at: now))
        case .success(let claim): .claim(claim)
        }
    }

    /// Why the community has nothing to do with the host of the key, or with another that the request names; nil when
    /// it has.
    func refusal(of claim: SignatureClaim, naming hosts: [String] = []) async -> Judgement.Refusal? {
        guard let refusal = await domains.refusal(among: [claim.keyID.host] + hosts) else { return nil }
        if domains.lastKnown(claim.keyID.host) == .refused(.notListed) {
            await domains.noteRequest(of: claim.keyID.host)
        }
        return refusal
    }

    /// Finds the key and verifies.
    ///
    /// - Parameters:
    ///   - doorway: stepped out of while another server is asked.
    ///   - memory: whether a key may be believed that is held in memory. Then ``Signer/receive(_:in:)`` has the last
    ///     word.
    func verify(
        _ claim: SignatureClaim, from client: IPAddress, at now: Date, outside doorway: Doorway? = nil,
        trusting memory: Bool = false
    ) async throws -> Outcome {
        if !memory { keys.release(claim.keyID) }
        guard let outcome = try await outcome(of: claim, at: now, outside: doorway) else {
            return refused(Refusal.wrongSignature.rawValue, client, at: now)
        }
        switch outcome {
        case .refused(let reason): return refused(reason, client, at: now)
        case .verified(let signer):
            // A key may lie at another host than its owner is called by.
            return await domains.refusal(among: signer.hosts).map { .forbidden($0) } ?? outcome
        default: return outcome
        }
    }

    /// Nil when the signature is wrong.
    private func outcome(of claim: SignatureClaim, at now: Date, outside doorway: Doorway?) async throws -> Outcome? {
        if let held = keys.heldKey(claim.keyID), case .verified = claim.verify(with: held.key) {
            return Self.outcome(held)
        }
        do {
            let holder = try await keys.key(claim.keyID, now: now, outside: doorway)
            if case .verified = claim.verify(with: holder.key) { return Self.outcome(holder) }
            guard holder.fetched == nil,
                let fresh = try await keys.refreshedKey(claim.keyID, now: now, outside: doorway),
                case .verified = claim.verify(with: fresh.key)
            else { return nil }
            return Self.outcome(fresh)
        } catch let failure as KeyRing.Failure {
            switch failure {
            case .unknownKey: return .refused("unknown-key")
            case .unreachable: return .unreachable
            case .gone:
                return .gone(actor: try await keys.departedOwner(of: claim.keyID, now: now, outside: doorway))
            }
        }
    }

    private func refused(_ reason: String, _ client: IPAddress, at now: Date) -> Outcome {
        limit.count(client, at: now)
        return .refused(reason)
    }

    private static func outcome(_ holder: KeyRing.Holder) -> Outcome {
        .verified(Signer(owner: holder.owner, fetched: holder.fetched, known: holder.stored))
    }
}
