package import Foundation
package import HTTPSignatures
package import PostgreSQL
package import Social
import Store
package import Wire

/// Decides who signed a request, for inboxes and for fetches of what is not public.
package struct RequestVerifier: Sendable {
    package enum Outcome: Sendable {
        case verified(Signer)
        /// The reason is a stable word for logs and answers.
        case refused(String)
        /// The key's server could not be asked.
        case unreachable
        case gone
    }

    /// The owner of the key that signed, not written anywhere yet.
    package struct Signer: Sendable {
        package let owner: URI
        let fetched: FetchedActor?

        /// The actor behind the key, written if it was not known before.
        package func actor(in transaction: Transaction) async throws -> Actor {
            if let fetched { return try await fetched.save(in: transaction) }
            guard let actor = try await transaction.actor(uri: owner) else { throw StoreError.nothingReturned }
            return actor
        }
    }

    private let keys: KeyRing
    private let policy: VerificationPolicy

    package init(keys: KeyRing, community: Community) {
        self.keys = keys
        self.policy = VerificationPolicy(origins: [community.origin])
    }

    package func verify(_ request: RequestMessage, at now: Date) async throws -> Outcome {
        let claim: SignatureClaim
        switch SignatureClaim.read(request, at: now, policy: policy) {
        case .success(let read): claim = read
        case .failure(let refusal): return .refused(refusal.rawValue)
        }
        do {
            let holder = try await keys.key(claim.keyID, now: now)
            if case .verified = claim.verify(with: holder.key) { return Self.outcome(holder) }
            guard holder.fetched == nil, let fresh = try await keys.refreshedKey(claim.keyID, now: now),
                case .verified = claim.verify(with: fresh.key)
            else { return .refused(Refusal.wrongSignature.rawValue) }
            return Self.outcome(fresh)
        } catch let failure as KeyRing.Failure {
            switch failure {
            case .unknownKey: return .refused("unknown-key")
            case .unreachable: return .unreachable
            case .gone: return .gone
            }
        }
    }

    private static func outcome(_ holder: KeyRing.Holder) -> Outcome {
        .verified(Signer(owner: holder.owner, fetched: holder.fetched))
    }
}
