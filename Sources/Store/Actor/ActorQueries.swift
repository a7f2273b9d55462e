package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    package func actor(id: ActorID) async throws -> Actor? {
        try await row("select \(Actor.columns) from actors where id = \(id)").map(Actor.init)
    }

    package func actor(uri: URI) async throws -> Actor? {
        try await row("select \(Actor.columns) from actors where uri = \(uri)").map(Actor.init)
    }

    package func localActor(_ username: Username) async throws -> Actor? {
        try await row(
            "select \(Actor.columns) from actors where username = \(username.description) and domain is null"
        ).map(Actor.init)
    }

    /// A remote actor by handle; where a handle was bound to several actors over time, the one fetched last.
    package func remoteActor(_ handle: Handle) async throws -> Actor? {
        try await row(
            """
            select \(Actor.columns) from actors
            where username = \(handle.name) and domain = \(handle.domain) and gone_at is null
            order by fetched_at desc limit 1
            """
        ).map(Actor.init)
    }

    /// Remembers that an actor's server says it is gone for good.
    package func markGone(_ actor: ActorID) async throws {
        _ = try await execute("update actors set gone_at = now() where id = \(actor) and domain is not null")
    }

    /// Actors by id, for showing the people of a list.
    package func actors(ids: Set<ActorID>) async throws -> [ActorID: Actor] {
        let found = try await rows(
            "select \(Actor.columns) from actors where id = any(\(ids.map(\.rawValue))::bigint[])")
        return Dictionary(try found.map(Actor.init).map { ($0.id, $0) }) { first, _ in first }
    }

    /// Those of some addresses that are known here and not gone.
    package func actors(uris: [URI]) async throws -> [Actor] {
        guard !uris.isEmpty else { return [] }
        return try await rows(
            """
            select \(Actor.columns) from actors
            where uri = any(\(uris.map(\.string))::text[]) and gone_at is null order by id
            """
        ).map(Actor.init)
    }

    /// Writes what was fetched of a remote actor, or refreshes it; gives its id.
    package func save(_ actor: RemoteActor) async throws -> ActorID {
        let saved = try await row(
            """
            insert into actors (uri, kind, username, domain, name, summary, url, inbox, shared_inbox, speaks_mentoring,
                is_locked, is_discoverable, followers_uri, suspended_at, fetched_at)
            values (\(actor.uri), \(actor.kind), \(actor.handle.name), \(actor.handle.domain), \(actor.name),
                \(actor.summary), \(actor.url), \(actor.inbox), \(actor.sharedInbox), \(actor.speaksMentoring),
                \(actor.isLocked), \(actor.isDiscoverable), \(actor.followers),
                case when \(actor.isSuspended) then now() end, now())
            on conflict (uri) do update set kind = excluded.kind, username = excluded.username,
                domain = excluded.domain, name = excluded.name, summary = excluded.summary, url = excluded.url,
                inbox = excluded.inbox, shared_inbox = excluded.shared_inbox,
                speaks_mentoring = excluded.speaks_mentoring, is_locked = excluded.is_locked,
                is_discoverable = excluded.is_discoverable, followers_uri = excluded.followers_uri,
                suspended_at = case when \(actor.isSuspended) then coalesce(actors.suspended_at, now()) end,
                fetched_at = now(), updated_at = now(), gone_at = null
            where actors.domain is not null
            returning id
            """)
        guard let saved else { throw StoreError.nothingReturned }
        let id: ActorID = try saved.get("id")
        try await save(actor.profile, of: id)
        return id
    }

    /// Remembers where an actor has moved to, which both sides have confirmed.
    package func markMoved(_ actor: ActorID, to target: ActorID) async throws {
        _ = try await execute(
            "update actors set moved_to_id = \(target), moved_at = now(), updated_at = now() where id = \(actor)")
    }
}

/// A remote actor as fetched from its origin, to be kept.
package struct RemoteActor: Sendable {
    package var uri: URI
    package var kind: Actor.Kind
    package var handle: Handle
    package var name: String
    package var summary: String
    package var url: URI?
    package var inbox: URI
    package var sharedInbox: URI?
    package var speaksMentoring: Bool
    package var followers: URI?
    package var isLocked: Bool
    package var isDiscoverable: Bool
    package var isSuspended: Bool
    package var profile: ActorProfile

    package init(
        uri: URI, kind: Actor.Kind, handle: Handle, name: String, summary: String, url: URI?, inbox: URI,
        sharedInbox: URI?, speaksMentoring: Bool, followers: URI? = nil, isLocked: Bool = false,
        isDiscoverable: Bool = false, isSuspended: Bool = false, profile: ActorProfile = ActorProfile()
    ) {
        self.uri = uri
        self.kind = kind
        self.handle = handle
        self.name = name
        self.summary = summary
        self.url = url
        self.inbox = inbox
        self.sharedInbox = sharedInbox
        self.speaksMentoring = speaksMentoring
        self.followers = followers
        self.isLocked = isLocked
        self.isDiscoverable = isDiscoverable
        self.isSuspended = isSuspended
        self.profile = profile
    }
}

extension Actor {
    /// Every column of an actor, in no need of a table prefix.
    static let columns: SQL = """
        actors.id, actors.uri, actors.kind, actors.username, actors.domain, actors.name, actors.summary, actors.url,
        actors.inbox, actors.shared_inbox, actors.speaks_mentoring, actors.created_at, actors.fetched_at,
        actors.gone_at, actors.updated_at, actors.followers_uri, actors.is_locked, actors.is_discoverable,
        actors.moved_to_id, actors.moved_at, actors.suspended_at, actors.handle_domain
        """

    init(_ row: Row) throws {
        let domain: String? = try row.get("domain")
        let uri: URI = try row.get("uri")
        let handleDomain: String? = try row.get("handle_domain")
        self.init(
            id: try row.get("id"), uri: uri, kind: try row.get("kind"),
            handle: Handle(name: try row.get("username"), domain: domain ?? handleDomain ?? uri.authority),
            isLocal: domain == nil,
            name: try row.get("name"), summary: try row.get("summary"), url: try row.get("url"),
            inbox: try row.get("inbox"), sharedInbox: try row.get("shared_inbox"),
            speaksMentoring: try row.get("speaks_mentoring"), createdAt: try row.get("created_at"),
            fetchedAt: try row.get("fetched_at"), goneAt: try row.get("gone_at"), updatedAt: try row.get("updated_at"),
            followers: try row.get("followers_uri"), isLocked: try row.get("is_locked"),
            isDiscoverable: try row.get("is_discoverable"), movedTo: try row.get("moved_to_id"),
            movedAt: try row.get("moved_at"), suspendedAt: try row.get("suspended_at"))
    }
}
