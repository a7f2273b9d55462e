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
    /// Key documents that are fetched at once, for whomever: deliveries share the way out.
    static let running = 32

    /// What is known of a key's document that was asked for lately.
    fileprivate enum Inquiry {
        case running(Task<Result<FetchedActor, Failure>, Never>)
        case ended(Result<FetchedActor, Failure>, at: Date)

        var isRunning: Bool {
            if case .running = self { true } else { false }
        }

        func isOver(at now: Date) -> Bool {
            if case .ended(_, let at) = self { now.timeIntervalSince(at) > KeyRing.ration } else { false }
        }

        func result() async -> Result<FetchedActor, Failure> {
            switch self {
            case .running(let task): await task.value
            case .ended(let result, _): result
            }
        }
    }

    private let actors: RemoteActors
    private let database: Pool
    private let community: Community
    /// By the address of the document: however many keys of one document are named, it is fetched once.
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
        return try await holder(of: id, in: inquiry(about: id, now: now).result())
    }

    /// The key as its origin gives it now, for a stored one that did not fit. Where it was asked for lately, what is
    /// known since: a request beside this one may have learnt the new key.
    package func refreshedKey(_ id: URI, now: Date) async throws -> Holder? {
        guard id.origin != community.origin else { return nil }
        let inquiry = inquiry(about: id, now: now)
        guard case .ended(let result, let at) = inquiry else {
            return try holder(of: id, in: await inquiry.result())
        }
        if let stored = try await database.key(id), stored.fetchedAt > at { return try await key(id, now: now) }
        return try? holder(of: id, in: result)
    }

    private func holder(of id: URI, in result: Result<FetchedActor, Failure>) throws -> Holder {
        let fetched = try result.get()
        guard let key = fetched.keys[id] else { throw Failure.unknownKey }
        return Holder(key: key, owner: fetched.document.id, fetched: fetched)
    }

    /// The inquiry that answers for now: one that runs, one that ended lately, or a new one. Where too many run or are
    /// remembered, the sender has to come again.
    private func inquiry(about id: URI, now: Date) -> Inquiry {
        let address = id.withoutFragment
        return inquiries.withLock { inquiries in
            if let known = inquiries[address], !known.isOver(at: now) { return known }
            if inquiries.count >= Self.remembered { inquiries = inquiries.filter { !$0.value.isOver(at: now) } }
            guard inquiries.count < Self.remembered,
                inquiries.values.count(where: \.isRunning) < Self.running
            else { return .ended(.failure(.unreachable), at: now) }
            let task = Task {
                let result = await fetch(id)
                self.inquiries.withLock { $0[address] = .ended(result, at: now) }
                return result
            }
            inquiries[address] = .running(task)
            return .running(task)
        }
    }

    private func fetch(_ id: URI) async -> Result<FetchedActor, Failure> {
        do throws(RemoteActors.Failure) {
            return .success(try await actors.fetch(keyDocument: id))
        } catch {
            return switch error {
            case .gone: .failure(.gone)
            case .unreachable: .failure(.unreachable)
            case .notFound, .unusable: .failure(.unknownKey)
            }
        }
    }
}
