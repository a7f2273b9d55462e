package import PostgreSQL
import Social
package import Wire

/// What clients call the things that people are told of; none other is ever given to them.
package enum ClientNotificationKind: String, CaseIterable, Sendable {
    case mention, status, reblog, follow, followRequest = "follow_request", favourite, poll, update
}

/// Which notifications a client asks for.
package struct NotificationSearch: Sendable {
    package var kinds: Set<ClientNotificationKind>
    package var from: ActorID?
    package var page: Page

    package init(kinds: Set<ClientNotificationKind> = Set(ClientNotificationKind.allCases), from: ActorID? = nil, page: Page) {
        self.kinds = kinds
        self.from = from
        self.page = page
    }
}

extension Queryable {
    /// Those that the recipient can and wants to see, newest first.
    package func notifications(for recipient: ActorID, _ search: NotificationSearch) async throws -> [StoredNotification] {
        search.page.newestFirst(
            try await rows(
                """
                select \(StoredNotification.columns)
                from notifications left join posts on posts.id = notifications.post_id
                where recipient_id = \(recipient) and notifications.from_id is not null
                    and notifications.kind = any(\(search.kinds.map(\.rawValue).sorted())::text[])
                    and (\(search.from)::bigint is null or from_id = \(search.from))
                    and \(search.page.holds("notifications.id")) and \(StoredNotification.isShown(to: recipient))
                \(search.page.end(by: "notifications.id"))
                """
            ).map(StoredNotification.init))
    }

    package func notification(_ id: Int64, for recipient: ActorID) async throws -> StoredNotification? {
        try await row(
            """
            select \(StoredNotification.columns)
            from notifications left join posts on posts.id = notifications.post_id
            where notifications.id = \(id) and recipient_id = \(recipient)
                and notifications.kind = any(\(ClientNotificationKind.allCases.map(\.rawValue))::text[])
                and \(StoredNotification.isShown(to: recipient))
            """
        ).map(StoredNotification.init)
    }

    /// How many came after the marker, counted to at most `limit`.
    package func unreadNotifications(for recipient: ActorID, limit: Int) async throws -> Int {
        try await row(
            """
            select count(*) as n from (
                select from notifications
                where recipient_id = \(recipient) and kind = any(\(ClientNotificationKind.allCases.map(\.rawValue))::text[])
                    and id > coalesce((select last_read_id from markers
                        where account_id = \(recipient) and timeline = 'notifications'), 0)
                limit \(limit)) unread
            """
        ).map { try $0.get("n") } ?? 0
    }

    /// Sessions have their own list, where nothing is cleared.
    package func clearNotifications(of recipient: ActorID) async throws {
        _ = try await execute("delete from notifications where recipient_id = \(recipient) and session_id is null")
    }

    package func deleteNotification(_ id: Int64, of recipient: ActorID) async throws {
        _ = try await execute(
            "delete from notifications where id = \(id) and recipient_id = \(recipient) and session_id is null")
    }
}

extension StoredNotification {
    static let columns: SQL = """
        notifications.id, notifications.kind, notifications.session_id, notifications.from_id, notifications.post_id,
        notifications.created_at
        """

    /// Whether a row of `notifications`, with its row of `posts`, still concerns somebody who is there for the reader.
    static func isShown(to recipient: ActorID) -> SQL {
        """
        exists (select from actors a where a.id = from_id and a.gone_at is null and a.suspended_at is null)
        and not exists (select from mutes where muter_id = \(recipient) and muted_id = from_id and hides_notifications
            and (ends_at is null or ends_at > now()))
        and (notifications.post_id is null or \(SQL.isVisible(to: .actor(recipient))))
        """
    }
}
