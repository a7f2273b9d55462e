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
    static let remembered = 10_000

    private let actors: RemoteActors
    private let database: Pool
    private let community: Community
    private let asked = Mutex<[URI: (at: Date, failure: Failure)]>([:])

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
        return try await fetch(id, now: now)
    }

    /// The key as its origin gives it now, for one that did not fit; nil when it was asked for a short while ago.
    package func refreshedKey(_ id: URI, now: Date) async throws -> Holder? {
        guard id.origin != community.origin, isAllowed(id, now: now) else { return nil }
        return try await fetch(id, now: now)
    }

    private func isAllowed(_ id: URI, now: Date) -> Bool {
        asked.withLock { asked in asked[id].map { now.timeIntervalSince($0.at) > Self.ration } ?? true }
    }

    private func fetch(_ id: URI, now: Date) async throws -> Holder {
        let recent = asked.withLock { asked -> Failure? in
            if let last = asked[id], now.timeIntervalSince(last.at) <= Self.ration { return last.failure }
            if asked.count >= Self.remembered { asked.removeAll() }
            asked[id] = (now, .unknownKey)
            return nil
        }
        if let recent { throw recent }
        do throws(RemoteActors.Failure) {
            let fetched = try await actors.fetch(keyDocument: id)
            guard let key = fetched.keys[id] else { throw .unusable }
            return Holder(key: key, owner: fetched.document.id, fetched: fetched)
        } catch {
            let failure: Failure =
                switch error {
                case .gone: .gone
                case .unreachable: .unreachable
                case .notFound, .unusable: .unknownKey
                }
            asked.withLock { $0[id] = (now, failure) }
            throw failure
        }
    }
}
