import ActivityStreams
package import Foundation
package import Keys
package import PostgreSQL
package import Social
import Store
import Synchronization
package import Wire

/// Finds the keys that requests claim to be signed with: from our memory, else from the origin of the key.
///
/// Fetching is rationed, because anybody can name any key: what could not be fetched is not tried again for five
/// minutes, and a known key that does not fit is refetched once in five minutes at most.
package final class KeyRing: Sendable {
    /// A key with the actor that owns it; `fetched` is there when nothing of it is stored yet.
    package struct Holder: Sendable {
        package let key: PublicKey
        package let owner: URI
        package let fetched: FetchedActor?
    }

    package enum Failure: Error, Equatable {
        case unknownKey
        /// The key's server did not answer; the sender may try again.
        case unreachable
        /// The key's server says that it is gone for good.
        case gone
    }

    static let ration: TimeInterval = 300
    static let remembered = 2_000

    /// What is known of a key that was asked for lately.
    fileprivate enum Inquiry {
        case running(Task<Result<Holder, Failure>, Never>)
        case ended(Result<Holder, Failure>, at: Date)
    }

    private let actors: RemoteActors
    private let database: Pool
    private let community: Community
    private let inquiries = Mutex<[URI: Inquiry]>([:])

    package init(actors: RemoteActors, database: Pool, community: Community) {
        self.actors = actors
        self.database = database
        self.community = community
    }

    /// The stored key, or the fetched one when none is stored.
    package func key(_ id: URI, now: Date) async throws -> Holder {
        if let stored = try await database.key(id), let owner = try await database.actor(id: stored.actor),
            let key = try? PublicKey(pem: stored.publicPEM)
        {
            guard owner.goneAt == nil else { throw Failure.gone }
            return Holder(key: key, owner: owner.uri, fetched: nil)
        }
        guard id.origin != community.origin else { throw Failure.unknownKey }
        return try await inquiry(about: id, now: now).result().get()
    }

    /// The key as its origin gives it now, for a stored one that did not fit. Where it was asked for lately, what is
    /// known since: a request beside this one may have learnt the new key.
    package func refreshedKey(_ id: URI, now: Date) async throws -> Holder? {
        guard id.origin != community.origin else { return nil }
        let inquiry = inquiry(about: id, now: now)
        guard case .ended(let result, let at) = inquiry else { return try await inquiry.result().get() }
        if let stored = try await database.key(id), stored.fetchedAt > at { return try await key(id, now: now) }
        return try? result.get()
    }

    /// The inquiry that answers for now: one that runs, one that ended lately, or a new one. However many requests
    /// name a key at once, its server is asked once.
    private func inquiry(about id: URI, now: Date) -> Inquiry {
        inquiries.withLock { inquiries in
            switch inquiries[id] {
            case .running(let task): return .running(task)
            case .ended(let result, let at) where now.timeIntervalSince(at) <= Self.ration:
                return .ended(result, at: at)
            default:
                if inquiries.count >= Self.remembered { inquiries.removeAll() }
                let task = Task {
                    let result = await fetch(id)
                    self.inquiries.withLock { $0[id] = .ended(result, at: now) }
                    return result
                }
                inquiries[id] = .running(task)
                return .running(task)
            }
        }
    }

    private func fetch(_ id: URI) async -> Result<Holder, Failure> {
        do throws(RemoteActors.Failure) {
            let fetched = try await actors.fetch(keyDocument: id)
            guard let key = fetched.keys[id] else { return .failure(.unknownKey) }
            return .success(Holder(key: key, owner: fetched.document.id, fetched: fetched))
        } catch {
            return switch error {
            case .gone: .failure(.gone)
            case .unreachable: .failure(.unreachable)
            case .notFound, .unusable: .failure(.unknownKey)
            }
        }
    }
}

extension KeyRing.Inquiry {
    fileprivate func result() async -> Result<KeyRing.Holder, KeyRing.Failure> {
        switch self {
        case .running(let task): await task.value
        case .ended(let result, _): result
        }
    }
}
