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
    /// What it is shown together with; nil where it stands alone.
    package let groupKey: String?

    init(_ row: Row) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        session = try row.get("session_id")
        post = try row.get("post_id")
        from = try row.get("from_id")
        createdAt = try row.get("created_at")
        groupKey = try row.get("group_key")
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
        try await tell(
            """
            insert into notifications (recipient_id, kind, from_id, post_id)
            select actor_id, \(kind), \(from), \(post) from accounts where actor_id = \(recipient)
            on conflict do nothing
            """)
    }

    /// The same, if they want to hear of it: not of those whom they block or mute, not of a thread that they left, and
    /// otherwise as their policy says. Of people of limited servers it says something only where they do not follow
    /// them, and those do not write in a thread in which somebody here took part.
    package func insertWantedNotification(for recipient: ActorID, kind: String, from: ActorID, post: PostID? = nil)
        async throws
    {
        try await tell(
            """
            insert into notifications (recipient_id, kind, from_id, post_id, is_filtered)
            select accounts.actor_id, \(kind), actors.id, \(post), treatment = 'filter'
            from accounts join actors on actors.id = \(from)
                cross join lateral \(SQL.treatment(isFilterable: kind != "update", post: post))
            where accounts.actor_id = \(recipient)
                and not exists (select from blocks where blocker_id = accounts.actor_id and blocked_id = actors.id)
                and not exists (select from mutes where muter_id = accounts.actor_id and muted_id = actors.id
                    and hides_notifications and (ends_at is null or ends_at > now()))
                and not exists (select from domain_mutes
                    where account_id = accounts.actor_id and domain_mutes.domain = actors.domain)
                and not exists (select from thread_mutes join posts on posts.thread_id = thread_mutes.thread_id
                    where posts.id = \(post) and account_id = accounts.actor_id)
                and treatment <> 'drop'
            on conflict do nothing
            """)
    }

    /// Takes back what somebody was told, because it is undone.
    package func deleteNotification(for recipient: ActorID, kind: String, from: ActorID, post: PostID? = nil)
        async throws
    {
        try await submit(
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

    /// Tells those who asked to hear of each post of an author; whom it names is told so instead.
    package func insertPostNotifications(about post: PostID, by author: ActorID) async throws {
        try await tell(
            """
            insert into notifications (recipient_id, kind, from_id, post_id)
            select follower_id, 'status', \(author), \(post)
            from follows join accounts on accounts.actor_id = follower_id
            where followed_id = \(author) and state = 'accepted' and notifies
                and not exists (select from post_addressees a where a.post_id = \(post) and a.actor_id = follower_id)
            on conflict do nothing
            """)
    }

    /// What happened to the reader's sessions, and what was written to them about a session; newest first, older than
    /// `before`.
    package func notifications(for recipient: ActorID, before: Int64?, limit: Int) async throws -> [StoredNotification]
    {
        try await rows(
            """
            select \(StoredNotification.columns(session: "coalesce(session_id, sessions.id)"))
            from notifications left join posts on posts.id = post_id left join sessions on sessions.uri = posts.context
            where recipient_id = \(recipient) and notifications.id < coalesce(\(before), 9223372036854775807)
                and (session_id is not null
                    or notifications.kind = 'mention' and sessions.id is not null and not is_filtered)
            order by notifications.id desc limit \(limit)
            """
        ).map(StoredNotification.init)
    }

    /// Everything that somebody was told and that does not wait for a decision, newest first; of people of refused
    /// hosts nothing but what is about sessions.
    package func allNotifications(for recipient: ActorID, limit: Int) async throws -> [StoredNotification] {
        try await rows(
            """
            select \(StoredNotification.columns)
            from notifications left join actors on actors.id = from_id
            where recipient_id = \(recipient) and not is_filtered
                and (domain is null or session_id is not null or judge_domain(uri_host(uri), 'open') <> 'refused')
            order by notifications.id desc limit \(limit)
            """
        ).map(StoredNotification.init)
    }
}
