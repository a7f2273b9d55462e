package import Foundation
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
        uri: URI, actor: ActorID, kind: String, audience: [URI], isPublic: Bool, body: String, post: PostID? = nil
    ) async throws -> Int64 {
        let inserted = try await row(
            """
            insert into activities (uri, actor_id, kind, audience, is_public, body, post_id)
            values (\(uri), \(actor), \(kind), \(audience.map(\.string)), \(isPublic), \(body), \(post))
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

    /// Remembers that an activity takes effect now; false when it already did.
    package func markReceived(_ activity: URI, from actor: ActorID) async throws -> Bool {
        let inserted = try await execute(
            "insert into received_activities (uri, actor_id) values (\(activity), \(actor)) on conflict do nothing")
        return inserted == 1
    }

    /// Remembers that an object was withdrawn, perhaps before it arrived.
    package func insertTombstone(_ uri: URI, formerType: String? = nil, isOurs: Bool = false) async throws {
        _ = try await execute(
            """
            insert into tombstones (uri, former_type, is_ours) values (\(uri), \(formerType), \(isOurs))
            on conflict do nothing
            """)
    }

    package func isTombstone(_ uri: URI) async throws -> Bool { try await tombstone(uri) != nil }

    package func tombstone(_ uri: URI) async throws -> StoredTombstone? {
        try await row("select uri, former_type, created_at from tombstones where uri = \(uri)").map {
            StoredTombstone(
                uri: try $0.get("uri"), formerType: try $0.get("former_type"), deletedAt: try $0.get("created_at"))
        }
    }

    /// Forgets received ids after 30 days: longer than any peer keeps trying. What others withdrew is remembered as
    /// long as it could still arrive: sessions 90 days, posts a week. Our own deletions are never forgotten.
    package func forgetOldReceipts() async throws {
        _ = try await execute("delete from received_activities where received_at < now() - interval '30 days'")
        _ = try await execute(
            """
            delete from tombstones
            where not is_ours and created_at < now()
                - case when coalesce(former_type, 'Event') = 'Event' then interval '90 days' else interval '7 days' end
            """)
    }
}

/// Something that was deleted.
package struct StoredTombstone: Sendable {
    package let uri: URI
    /// What it was; nil where nobody said.
    package let formerType: String?
    package let deletedAt: Date
}

extension StoredActivity {
    static let columns: SQL = "id, uri, actor_id, kind, audience, is_public, body"

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), uri: try row.get("uri"), actor: try row.get("actor_id"), kind: try row.get("kind"),
            audience: try row.get("audience"), isPublic: try row.get("is_public"), body: try row.get("body"))
    }
}
