package import PostgreSQL
package import Wire

/// An activity of ours: its bytes are what every peer gets, on every attempt.
package struct StoredActivity: Sendable {
    package let id: Int64
    package let uri: URI
    package let actor: ActorID
    package let kind: String
    /// URIs of the actors that may see it.
    package let audience: [String]
    package let isPublic: Bool
    package let body: String
}

extension Queryable {
    /// Gives the activity's number.
    package func insertActivity(
        uri: URI, actor: ActorID, kind: String, audience: [URI], isPublic: Bool, body: String
    ) async throws -> Int64 {
        let inserted = try await row(
            """
            insert into activities (uri, actor_id, kind, audience, is_public, body)
            values (\(uri), \(actor), \(kind), \(audience.map(\.string)), \(isPublic), \(body))
            returning id
            """)
        guard let inserted else { throw StoreError.nothingReturned }
        return try inserted.get("id")
    }

    package func activity(uri: URI) async throws -> StoredActivity? {
        try await row("select \(StoredActivity.columns) from activities where uri = \(uri)").map(StoredActivity.init)
    }

    package func activity(id: Int64) async throws -> StoredActivity? {
        try await row("select \(StoredActivity.columns) from activities where id = \(id)").map(StoredActivity.init)
    }

    /// The public activities of an actor, newest first, older than `before`.
    package func publicActivities(of actor: ActorID, before: Int64?, limit: Int) async throws -> [StoredActivity] {
        try await rows(
            """
            select \(StoredActivity.columns) from activities
            where actor_id = \(actor) and is_public and id < coalesce(\(before), 9223372036854775807)
            order by id desc limit \(limit)
            """
        ).map(StoredActivity.init)
    }

    package func publicActivityCount(of actor: ActorID) async throws -> Int {
        try await row("select count(*) as n from activities where actor_id = \(actor) and is_public")
            .map { try $0.get("n") } ?? 0
    }

    /// Remembers that an activity takes effect now; false when it already did.
    package func markReceived(_ activity: URI, from actor: ActorID) async throws -> Bool {
        let inserted = try await execute(
            "insert into received_activities (uri, actor_id) values (\(activity), \(actor)) on conflict do nothing")
        return inserted == 1
    }

    /// Remembers that an object was withdrawn before it arrived.
    package func insertTombstone(_ uri: URI) async throws {
        _ = try await execute("insert into tombstones (uri) values (\(uri)) on conflict do nothing")
    }

    package func isTombstone(_ uri: URI) async throws -> Bool {
        try await row("select from tombstones where uri = \(uri)") != nil
    }

    /// Forgets received ids after 30 days and tombstones after 90: longer than any peer keeps trying.
    package func forgetOldReceipts() async throws {
        _ = try await execute("delete from received_activities where received_at < now() - interval '30 days'")
        _ = try await execute("delete from tombstones where created_at < now() - interval '90 days'")
    }
}

extension StoredActivity {
    static let columns: SQL = "id, uri, actor_id, kind, audience, is_public, body"

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), uri: try row.get("uri"), actor: try row.get("actor_id"), kind: try row.get("kind"),
            audience: try row.get("audience"), isPublic: try row.get("is_public"), body: try row.get("body"))
    }
}
