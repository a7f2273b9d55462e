package import PostgreSQL
package import Wire

/// What becomes of a notification that its recipient did not ask for.
package enum NotificationTreatment: String, SQLEncodable, SQLDecodable, CaseIterable, Sendable {
    case accept
    /// Kept until the recipient decides about the sender.
    case filter
    case drop
}

/// Of whom somebody wants to hear (docs.joinmastodon.org/entities/NotificationPolicy).
package struct NotificationPolicy: Hashable, Sendable {
    /// People whom they do not follow.
    package var notFollowing: NotificationTreatment
    /// People who do not follow them, or not for three days yet.
    package var notFollowers: NotificationTreatment
    /// People who have been known here for less than 30 days.
    package var newAccounts: NotificationTreatment
    /// Direct posts of strangers that answer nothing.
    package var privateMentions: NotificationTreatment
    /// People of servers that the moderators limited.
    package var limitedAccounts: NotificationTreatment
}

extension Queryable {
    package func notificationPolicy(of account: ActorID) async throws -> NotificationPolicy {
        let found = try await row(
            """
            select for_not_following::text, for_not_followers::text, for_new_accounts::text,
                for_private_mentions::text, for_limited_accounts::text
            from accounts where actor_id = \(account)
            """)
        guard let found else { throw StoreError.nothingReturned }
        return NotificationPolicy(
            notFollowing: try found.get("for_not_following"), notFollowers: try found.get("for_not_followers"),
            newAccounts: try found.get("for_new_accounts"), privateMentions: try found.get("for_private_mentions"),
            limitedAccounts: try found.get("for_limited_accounts"))
    }

    package func save(_ policy: NotificationPolicy, of account: ActorID) async throws {
        _ = try await execute(
            """
            update accounts set for_not_following = \(policy.notFollowing), for_not_followers = \(policy.notFollowers),
                for_new_accounts = \(policy.newAccounts), for_private_mentions = \(policy.privateMentions),
                for_limited_accounts = \(policy.limitedAccounts)
            where actor_id = \(account)
            """)
    }
}
