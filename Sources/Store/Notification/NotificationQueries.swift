package import Foundation
package import PostgreSQL
package import Wire

/// Something that a person of this community is told.
package struct StoredNotification: Sendable {
    package let id: Int64
    /// What happened, by the name of the session event.
    package let kind: String
    package let session: UUID?
    package let post: PostID?
    package let from: ActorID?
    package let createdAt: Date

    init(_ row: Row) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        session = try row.get("session_id")
        post = try row.get("post_id")
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

    /// Tells somebody of what another did to a post of theirs, or to them; at most once.
    package func insertNotification(for recipient: ActorID, kind: String, from: ActorID, post: PostID? = nil)
        async throws
    {
        _ = try await execute(
            """
            insert into notifications (recipient_id, kind, from_id, post_id)
            select actor_id, \(kind), \(from), \(post) from accounts where actor_id = \(recipient)
            on conflict do nothing
            """)
    }

    /// Takes back what somebody was told, because it is undone.
    package func deleteNotification(for recipient: ActorID, kind: String, from: ActorID, post: PostID? = nil)
        async throws
    {
        _ = try await execute(
            """
            delete from notifications
            where recipient_id = \(recipient) and kind = \(kind) and from_id = \(from)
                and post_id is not distinct from \(post)
            """)
    }

    /// Forgets everything but sessions that somebody was told of another.
    package func deleteNotifications(for recipient: ActorID, from: ActorID) async throws {
        _ = try await execute(
            """
            delete from notifications
            where recipient_id = \(recipient) and from_id = \(from) and session_id is null
            """)
    }

    /// Whether somebody wants to hear of what an actor does.
    package func mayNotify(_ recipient: ActorID, of actor: ActorID) async throws -> Bool {
        try await row("select from blocks where blocker_id = \(recipient) and blocked_id = \(actor)") == nil
    }

    /// What happened to the reader's sessions; newest first, older than `before`.
    package func notifications(for recipient: ActorID, before: Int64?, limit: Int) async throws -> [StoredNotification] {
        try await rows(
            """
            select id, kind, session_id, from_id, post_id, created_at from notifications
            where recipient_id = \(recipient) and session_id is not null and id < coalesce(\(before), 9223372036854775807)
            order by id desc limit \(limit)
            """
        ).map(StoredNotification.init)
    }

    /// Everything that somebody was told, newest first.
    package func allNotifications(for recipient: ActorID, limit: Int) async throws -> [StoredNotification] {
        try await rows(
            """
            select id, kind, session_id, from_id, post_id, created_at from notifications
            where recipient_id = \(recipient) order by id desc limit \(limit)
            """
        ).map(StoredNotification.init)
    }
}
