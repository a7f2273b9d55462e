import ActivityStreams
import Foundation
import JSONTree
import Keys
import Outbound
package import PostgreSQL
package import Social
import Store
package import UseCases
package import Wire

/// Finds and remembers actors of other communities.
package struct RemoteActors: Sendable {
    /// How long a stored actor is taken as it is.
    static let freshness: TimeInterval = 24 * 3600

    package enum Failure: Error, Equatable {
        case notFound
        /// Its server says that it is gone for good.
        case gone
        case unreachable
        /// The community has nothing to do with its server.
        case refused
        /// It answered, but with nothing that can be used as an actor.
        case unusable
    }

    private let community: Community
    private let fetcher: DocumentFetcher
    private let domains: DomainPolicy
    private let webFinger: WebFinger
    private let forms: SignatureForms

    /// - Parameter forms: learn from actors which signatures their servers verify.
    package init(community: Community, fetcher: DocumentFetcher, domains: DomainPolicy, forms: SignatureForms) {
        self.community = community
        self.fetcher = fetcher
        self.domains = domains
        self.forms = forms
        self.webFinger = WebFinger(fetcher: fetcher)
    }

    /// The actor behind a handle: from our memory while it is fresh, or while its server does not answer.
    package func actor(_ handle: Handle, on database: Pool) async throws -> Actor {
        try await remembered(try await database.remoteActor(handle), on: database) {
            let (uri, confirmed) = try await ask(handle)
            return try await store(try await fetch(uri, confirmedAs: confirmed), on: database)
        }
    }

    /// The actor at an address: from our memory while it is fresh, or while its server does not answer.
    package func actor(_ uri: URI, on database: Pool) async throws -> Actor {
        try await remembered(try await database.actor(uri: uri), on: database) {
            try await store(try await fetch(uri), on: database)
        }
    }

    /// The actor at an address as its server describes it now, whatever is remembered.
    @discardableResult
    package func refresh(_ uri: URI, on database: Pool) async throws -> Actor {
        do {
            return try await store(try await fetch(uri), on: database)
        } catch Failure.gone {
            if let known = try await database.actor(uri: uri) { try await database.markGone(known.id) }
            throw Failure.gone
        }
    }

    private func remembered(_ known: Actor?, on database: Pool, else fetch: () async throws -> Actor) async throws
        -> Actor
    {
        guard let known else { return try await fetch() }
        guard await domains.judge(known.uri.host).refusal == nil else { throw Failure.refused }
        if Self.isFresh(known) { return known }
        do {
            return try await fetch()
        } catch Failure.unreachable {
            return known
        } catch Failure.gone {
            try await database.markGone(known.id)
            throw Failure.gone
        }
    }

    /// An actor as its server describes it now, with the handle to show. Writes nothing.
    package func fetch(_ uri: URI, confirmedAs handle: Handle? = nil) async throws(Failure) -> FetchedActor {
        try await read(try await document(at: uri), confirmedAs: handle)
    }

    /// The actor that owns a key, by the key's address: the key's document is the actor, a stub of it, or a bare key
    /// that names its owner.
    package func fetch(keyDocument key: URI) async throws(Failure) -> FetchedActor {
        let json = try await document(at: key)
        if ActorDocument(json) != nil { return try await read(json, confirmedAs: nil) }
        guard let owner = json.uri("owner") ?? json.uri("controller"), owner.isSameOrigin(as: key) else {
            throw .unusable
        }
        return try await fetch(owner)
    }

    private func read(_ json: JSON, confirmedAs handle: Handle?) async throws(Failure) -> FetchedActor {
        guard let document = ActorDocument(json), document.id.origin != community.origin else { throw .unusable }
        return FetchedActor(document: document, handle: await confirmedHandle(of: document, known: handle))
    }

    private func document(at uri: URI) async throws(Failure) -> JSON {
        do throws(DocumentFetcher.Failure) { return try await fetcher.document(at: uri) } catch { throw Failure(error) }
    }

    /// The handle to show: one of another host only if that host and the actor's own server both say so, else the one
    /// at the host of the actor's id.
    private func confirmedHandle(of document: ActorDocument, known: Handle?) async -> Handle {
        let own = Handle(name: document.username.lowercased(), domain: document.id.authority)
        let claimed = document.webfinger.flatMap { Handle($0) }
        guard let wanted = known ?? claimed, wanted != own, !community.isOwn(domain: wanted.domain) else { return own }
        // What the handle's own host said is `known` already, or is asked; then the other direction.
        let asked = known == nil ? wanted : claimed == wanted ? nil : own
        guard let asked else { return wanted }
        let answer = try? await webFinger.actor(of: asked, scheme: scheme(for: asked))
        return answer?.0 == document.id && answer?.1 == wanted ? wanted : own
    }

    private func store(_ fetched: FetchedActor, on database: Pool) async throws -> Actor {
        await forms.learn(implementing: fetched.document.capabilities, at: fetched.document.id)
        return try await database.transaction { transaction in
            try await fetched.saveWithProfile(in: transaction)
        }
    }

    private static func isFresh(_ actor: Actor) -> Bool {
        actor.goneAt == nil && (actor.fetchedAt.map { -$0.timeIntervalSinceNow < freshness } ?? false)
    }

    /// Names that end in localhost are spoken to in plain http, all others over TLS.
    private func scheme(for handle: Handle) -> URI.Scheme {
        URI("http://\(handle.domain)")?.origin.isLoopbackName == true && community.origin.scheme == .http
            ? .http : .https
    }

    private func ask(_ handle: Handle) async throws(Failure) -> (URI, Handle) {
        do throws(DocumentFetcher.Failure) {
            return try await webFinger.actor(of: handle, scheme: scheme(for: handle))
        } catch {
            throw Failure(error)
        }
    }
}

extension RemoteActors.Failure {
    fileprivate init(_ failure: DocumentFetcher.Failure) {
        switch failure {
        case .gone: self = .gone
        case .contentType, .notJSON, .otherID: self = .unusable
        case .status(404): self = .notFound
        case .unreachable(.refusedHost): self = .refused
        case .unreachable, .status: self = failure.isTransient ? .unreachable : .notFound
        }
    }
}
