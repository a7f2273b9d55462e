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
    /// Whether what the policy keeps back is among them. Who asks for one person's sees all of theirs.
    package var includesFiltered: Bool
    package var page: Page

    package init(
        kinds: Set<ClientNotificationKind> = Set(ClientNotificationKind.allCases), from: ActorID? = nil,
        includesFiltered: Bool = false, page: Page
    ) {
        self.kinds = kinds
        self.from = from
        self.includesFiltered = includesFiltered
        self.page = page
    }

    /// Whether a row of `notifications` is meant, wherever its page lies.
    func means(_ row: SQL) -> SQL {
        var conditions: [SQL] = ["\(row).kind = any(\(kinds.map(\.rawValue).sorted())::text[])"]
        if let from { conditions.append("\(row).from_id = \(from)") }
        if !includesFiltered, from == nil { conditions.append("not \(row).is_filtered") }
        return .joined(conditions, separator: " and ")
    }
}

extension Queryable {
    /// Those that the recipient can and wants to see, newest first.
    package func notifications(for recipient: ActorID, _ search: NotificationSearch) async throws
        -> [StoredNotification]
    {
        search.page.newestFirst(
            try await rows(
                """
                select \(StoredNotification.columns)
                from notifications left join posts on posts.id = notifications.post_id
                where recipient_id = \(recipient) and notifications.from_id is not null
                    and \(search.means("notifications"))
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

    /// The last one that somebody has read; 0 before any.
    package func notificationMarker(of recipient: ActorID) async throws -> Int64 {
        try await row("select last_read_id from markers where account_id = \(recipient) and timeline = 'notifications'")
            .map { try $0.get("last_read_id") } ?? 0
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
    static let columns = columns(session: "notifications.session_id")

    /// - Parameter session: which session it is about.
    static func columns(session: SQL) -> SQL {
        """
        notifications.id, notifications.kind, \(session) as session_id, notifications.from_id, notifications.post_id,
        notifications.created_at, notifications.group_key
        """
    }

    /// Whether a row of `notifications`, with its row of `posts`, still concerns somebody who is there for the reader.
    static func isShown(to recipient: ActorID) -> SQL {
        """
        \(hasShownSender("notifications", to: recipient))
        and (notifications.post_id is null or \(SQL.isVisible(to: .actor(recipient))))
        """
    }

    /// The part of it that is about the sender.
    static func hasShownSender(_ row: SQL, to recipient: ActorID) -> SQL {
        """
        exists (select from actors a where a.id = \(row).from_id and a.gone_at is null and a.suspended_at is null)
        and not exists (select from mutes where muter_id = \(recipient) and muted_id = \(row).from_id
            and hides_notifications and (ends_at is null or ends_at > now()))
        """
    }
}
