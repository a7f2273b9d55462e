package import Foundation
package import PostgreSQL
package import Wire

/// Something that a person of this community is told.
package struct StoredNotification: Sendable {
    package let id: Int64
    /// What happened, by the name of the session event.
    package let kind: String
    package let session: UUID?
    package let from: ActorID?
    package let createdAt: Date

    init(_ row: Row) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        session = try row.get("session_id")
        from = try row.get("from_id")
        createdAt = try row.get("created_at")
    }
}

extension Queryable {
    /// At most one per recipient and event.
    package func insertNotification(
        for recipient: ActorID, kind: String, session: UUID, from: ActorID?, event: Int64
    ) async throws {
        _ = try await execute(
            """
            insert into notifications (recipient_id, kind, session_id, from_id, event_id)
            values (\(recipient), \(kind), \(session), \(from), \(event)) on conflict do nothing
            """)
    }

    /// Newest first, older than `before`.
    package func notifications(for recipient: ActorID, before: Int64?, limit: Int) async throws -> [StoredNotification] {
        try await rows(
            """
            select id, kind, session_id, from_id, created_at from notifications
            where recipient_id = \(recipient) and id < coalesce(\(before), 9223372036854775807)
            order by id desc limit \(limit)
            """
        ).map(StoredNotification.init)
    }
}
