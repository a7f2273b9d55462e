package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    package func account(id: ActorID) async throws -> Account? {
        try await row("select \(Account.columns) from \(Account.source) where actor_id = \(id)").map(Account.init)
    }

    package func account(_ username: Username) async throws -> Account? {
        try await row(
            """
            select \(Account.columns) from \(Account.source)
            where username = \(username.description) and domain is null
            """
        ).map(Account.init)
    }

    /// All accounts, oldest first.
    package func accounts() async throws -> [Account] {
        try await rows("select \(Account.columns) from \(Account.source) order by actor_id").map(Account.init)
    }

    package func accountCount() async throws -> Int {
        try await row("select count(*) as n from accounts").map { try $0.get("n") } ?? 0
    }

    /// The address of an instance actor of ours that is another than the given one.
    package func otherInstanceActor(than uri: URI) async throws -> URI? {
        try await row(
            "select uri from actors where domain is null and kind = 'Application' and uri <> \(uri) limit 1"
        ).map { try $0.get("uri") }
    }

    /// Gives all actors of this community the host behind their `@`.
    package func setHandleDomain(_ domain: String) async throws {
        _ = try await execute(
            """
            update actors set handle_domain = \(domain)
            where domain is null and handle_domain is distinct from \(domain)
            """)
    }

    /// Writes an actor of this community; nil when the username is taken.
    package func insertLocalActor(
        uri: URI, kind: Actor.Kind, username: String, name: String, url: URI, inbox: URI, sharedInbox: URI,
        domain: String? = nil
    ) async throws -> ActorID? {
        try await row(
            """
            insert into actors (uri, kind, username, name, url, inbox, shared_inbox, speaks_mentoring, followers_uri,
                handle_domain)
            values (\(uri), \(kind), \(username), \(name), \(url), \(inbox), \(sharedInbox), true,
                \(uri) || '/followers', \(domain))
            on conflict do nothing
            returning id
            """
        ).map { try $0.get("id") }
    }

    /// False when the address belongs to another account.
    package func insertAccount(_ actor: ActorID, email: String, passwordHash: String, role: Account.Role) async throws
        -> Bool
    {
        let inserted = try await execute(
            """
            insert into accounts (actor_id, email, password_hash, role)
            values (\(actor), \(email), \(passwordHash), \(role))
            on conflict do nothing
            """)
        return inserted == 1
    }
}

extension Account {
    static let columns: SQL = "\(Actor.columns), accounts.email, accounts.role, accounts.created_at as opened_at"
    static let source: SQL = "accounts join actors on actors.id = accounts.actor_id"

    init(_ row: Row) throws {
        self.init(
            actor: try Actor(row), email: try row.get("email"), role: try row.get("role"),
            createdAt: try row.get("opened_at"))
    }
}
