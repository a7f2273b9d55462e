package import Foundation
package import PostgreSQL
import Social
package import Wire

/// Somebody of whom notifications wait until their recipient decides.
package struct NotificationRequest: Sendable {
    package let id: Int64
    package let from: ActorID
    package let createdAt: Date
    /// When the last of them came.
    package let updatedAt: Date
    /// Counted to at most 100.
    package let count: Int
    /// The last post of theirs that names the recipient.
    package let lastPost: PostID?
}

extension Queryable {
    /// Requests of which something is still there, newest first.
    package func notificationRequests(to account: ActorID, _ page: Page) async throws -> [NotificationRequest] {
        page.newestFirst(
            try await rows(
                """
                \(NotificationRequest.selection(account))
                    and \(page.holds("requests.id")) \(page.end(by: "requests.id"))
                """
            ).map(NotificationRequest.init))
    }

    package func notificationRequest(_ id: Int64, to account: ActorID) async throws -> NotificationRequest? {
        try await row("\(NotificationRequest.selection(account)) and requests.id = \(id)").map(NotificationRequest.init)
    }

    /// How many people wait to be heard, and with how many notifications.
    package func pendingNotifications(of account: ActorID) async throws -> (requests: Int, notifications: Int) {
        let found = try await row(
            """
            select count(distinct from_id) as requests, count(*) as notifications
            from notifications
            where recipient_id = \(account) and is_filtered
                and \(StoredNotification.hasShownSender("notifications", to: account))
            """)
        guard let found else { throw StoreError.nothingReturned }
        return (try found.get("requests"), try found.get("notifications"))
    }

    /// Hears these people from now on; what waited of them takes its place among the rest.
    ///
    /// - Returns: how many of the requests there were.
    package func acceptNotificationRequests(_ ids: [Int64], to account: ActorID) async throws -> Int {
        try await row(
            """
            with decided as (
                delete from notification_requests where account_id = \(account) and id = any(\(ids)::bigint[])
                returning from_id
            ), permitted as (
                insert into notification_permissions (account_id, from_id)
                select \(account)::bigint, from_id from decided on conflict do nothing
            ), shown as (
                update notifications set is_filtered = false
                where recipient_id = \(account) and is_filtered and from_id in (select from_id from decided)
            )
            select count(*) as n from decided
            """
        ).map { try $0.get("n") } ?? 0
    }

    /// Forgets what waits of these people; what they do later waits again.
    ///
    /// - Returns: how many of the requests there were.
    package func dismissNotificationRequests(_ ids: [Int64], to account: ActorID) async throws -> Int {
        try await row(
            """
            with decided as (
                delete from notification_requests where account_id = \(account) and id = any(\(ids)::bigint[])
                returning from_id
            ), forgotten as (
                delete from notifications
                where recipient_id = \(account) and is_filtered and from_id in (select from_id from decided)
            )
            select count(*) as n from decided
            """
        ).map { try $0.get("n") } ?? 0
    }
}

extension NotificationRequest {
    fileprivate static func selection(_ account: ActorID) -> SQL {
        """
        select requests.id, requests.from_id, requests.created_at, latest.created_at as updated_at,
            (select count(*) from (select from notifications
                where recipient_id = \(account) and from_id = requests.from_id and is_filtered
                limit 100) counted) as count,
            (select post_id from notifications
                where recipient_id = \(account) and from_id = requests.from_id and is_filtered and kind = 'mention'
                order by id desc limit 1) as last_post_id
        from notification_requests requests cross join lateral (
            select created_at from notifications
            where recipient_id = \(account) and from_id = requests.from_id and is_filtered
            order by id desc limit 1) latest
        where requests.account_id = \(account) and \(StoredNotification.hasShownSender("requests", to: account))
        """
    }

    fileprivate init(_ row: Row) throws {
        id = try row.get("id")
        from = try row.get("from_id")
        createdAt = try row.get("created_at")
        updatedAt = try row.get("updated_at")
        count = try row.get("count")
        lastPost = try row.get("last_post_id")
    }
}
