import ActivityStreams
package import Foundation
package import Keys
package import PostgreSQL
package import Social
import Store
import Synchronization
package import UseCases
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
        /// A stored key, with what it proves.
        let stored: KnownSigner?
    }

    package enum Failure: Error, Equatable {
        case unknownKey
        /// The key's server did not answer; the sender may try again.
        case unreachable
        /// The key's server says that it is gone for good.
        case gone
    }

    static let ration: TimeInterval = 300
    /// Stored keys that are held in memory.
    static let held = 4_096
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
    private let remembered: Int
    /// By the address of the document: however many keys of one document are named, it is fetched once.
    private let inquiries = Mutex<[URI: Inquiry]>([:])

    private let holders = Mutex<[URI: Holder]>([:])

    /// - Parameter remembered: how many key documents are remembered that were asked for lately.
    package init(actors: RemoteActors, database: Pool, community: Community, remembered: Int = 2_000) {
        self.remembered = remembered
        self.actors = actors
        self.database = database
        self.community = community
    }

    /// The stored key, or the fetched one when none is stored.
    ///
    /// - Parameter doorway: stepped out of while another server is asked.
    package func key(_ id: URI, now: Date, outside doorway: Doorway? = nil) async throws -> Holder {
        if let (stored, owner) = try await database.keyWithOwner(id), let key = try? PublicKey(pem: stored.publicPEM) {
            guard owner.goneAt == nil else { throw Failure.gone }
            let signer = KnownSigner(key: stored, owner: owner)
            let holder = Holder(key: key, owner: owner.uri, fetched: nil, stored: signer)
            if signer.isSmall { hold(holder, as: id) }
            return holder
        }
        guard id.origin != community.origin else { throw Failure.unknownKey }
        let inquiry = inquiry(about: id, now: now)
        let holder = try holder(of: id, in: await result(of: inquiry, outside: doorway))
        // Who took leave since then is not brought back by what is remembered of their key (A18).
        if case .ended(_, let at) = inquiry, let goneAt = try await database.actor(uri: holder.owner)?.goneAt,
            goneAt >= at
        {
            throw Failure.gone
        }
        return holder
    }

    /// A stored key as it was when it was last read, perhaps by now another's or none. Only for who looks at it again
    /// in the transaction that depends on it: ``KnownSigner/receive(_:in:)``.
    func heldKey(_ id: URI) -> Holder? { holders.withLock { $0[id] } }

    /// Has the key read anew when it is next asked for.
    func release(_ id: URI) { holders.withLock { $0[id] = nil } }

    private func hold(_ holder: Holder, as id: URI) {
        holders.withLock { holders in
            // All that are in use come back at the price of one look each.
            if holders.count >= Self.held { holders.removeAll() }
            holders[id] = holder
        }
    }

    /// The key as its origin gives it now, for a stored one that did not fit. Where it was asked for lately, what is
    /// known since: a request beside this one may have learnt the new key.
    package func refreshedKey(_ id: URI, now: Date, outside doorway: Doorway? = nil) async throws -> Holder? {
        guard id.origin != community.origin else { return nil }
        let inquiry = inquiry(about: id, now: now)
        guard case .ended(let result, let at) = inquiry else {
            return try holder(of: id, in: await self.result(of: inquiry, outside: doorway))
        }
        if let stored = try await database.key(id), stored.fetchedAt > at { return try await key(id, now: now) }
        if case .failure(.gone) = result { throw Failure.gone }
        return try? holder(of: id, in: result)
    }

    /// The actor that is gone with a key whose server says that the key is: the one at the key's own address, else the
    /// one to whom the key is known to belong, if the address of that actor is gone as well (SWICG, "ActivityPub and
    /// HTTP Signatures", on the Delete of actors). Nil when that cannot be told.
    func departedOwner(of id: URI, now: Date, outside doorway: Doorway? = nil) async throws -> URI? {
        guard let stored = try await database.key(id), let owner = try await database.actor(id: stored.actor) else {
            return id.withoutFragment
        }
        if owner.isLocal { return nil }
        if owner.goneAt != nil || owner.uri == id.withoutFragment { return owner.uri }
        let result = await result(of: inquiry(about: owner.uri, now: now), outside: doorway)
        if case .failure(.gone) = result { return owner.uri }
        return nil
    }

    private func result(of inquiry: Inquiry, outside doorway: Doorway?) async -> Result<FetchedActor, Failure> {
        guard inquiry.isRunning, let doorway else { return await inquiry.result() }
        return await doorway.outside { await inquiry.result() }
    }

    private func holder(of id: URI, in result: Result<FetchedActor, Failure>) throws -> Holder {
        let fetched = try result.get()
        guard let key = fetched.keys[id] else { throw Failure.unknownKey }
        return Holder(key: key, owner: fetched.document.id, fetched: fetched, stored: nil)
    }

    /// The inquiry that answers for now: one that runs, one that ended lately, or a new one. Where too many run, the
    /// sender has to come again.
    private func inquiry(about id: URI, now: Date) -> Inquiry {
        let address = id.withoutFragment
        return inquiries.withLock { inquiries in
            if let known = inquiries[address], !known.isOver(at: now) { return known }
            guard inquiries.values.count(where: \.isRunning) < Self.running else {
                return .ended(.failure(.unreachable), at: now)
            }
            if inquiries.count >= remembered { inquiries.makeRoom(for: remembered, at: now) }
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
            case .notFound, .refused, .unusable: .failure(.unknownKey)
            }
        }
    }
}

extension [URI: KeyRing.Inquiry] {
    /// Forgets what is over, and where that leaves too little room, the oldest quarter of the rest: at first keys that
    /// were found, which are stored by now or were of no use, then failures.
    fileprivate mutating func makeRoom(for capacity: Int, at now: Date) {
        self = filter { !$0.value.isOver(at: now) }
        let excess = count - capacity * 3 / 4
        guard excess > 0 else { return }
        let ended = compactMap { address, inquiry -> (address: URI, isFailure: Bool, at: Date)? in
            guard case .ended(let result, let at) = inquiry else { return nil }
            if case .failure = result { return (address, true, at) }
            return (address, false, at)
        }
        let order = ended.sorted { $0.isFailure == $1.isFailure ? $0.at < $1.at : !$0.isFailure }
        for inquiry in order.prefix(excess) { self[inquiry.address] = nil }
    }
}
