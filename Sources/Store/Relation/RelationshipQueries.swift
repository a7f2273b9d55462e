package import Foundation
package import PostgreSQL
package import Social
package import Wire

/// What somebody of this community and somebody else are to each other, with all that the former keeps to themself.
package struct Relationship: Sendable {
    package let other: ActorID
    package let follows: Follow.State?
    package let showsBoosts: Bool
    package let notifies: Bool
    package let languages: [String]
    package let followedBy: Follow.State?
    package let blocks: Bool
    package let isBlockedBy: Bool
    package let mutes: Bool
    package let mutesNotifications: Bool
    package let muteEndsAt: Date?
    package let mutesDomain: Bool
    package let endorses: Bool
    package let note: String
}

extension Queryable {
    /// In the order asked for, without those who are not known.
    package func relationships(of account: ActorID, to others: [ActorID]) async throws -> [Relationship] {
        guard !others.isEmpty else { return [] }
        return try await rows(
            """
            select actors.id as other, own.state as follows, coalesce(own.shows_boosts, false) as shows_boosts,
                coalesce(own.notifies, false) as notifies, coalesce(own.languages, '{}') as languages,
                (select state from follows where follower_id = actors.id and followed_id = \(account)) as followed_by,
                exists (select from blocks where blocker_id = \(account) and blocked_id = actors.id) as blocks,
                exists (select from blocks where blocker_id = actors.id and blocked_id = \(account)) as is_blocked_by,
                mutes.id is not null as mutes, coalesce(mutes.hides_notifications, false) as mutes_notifications,
                mutes.ends_at as mute_ends_at,
                exists (
                    select from domain_mutes where account_id = \(account) and domain = actors.domain) as mutes_domain,
                exists (select from endorsements where account_id = \(account) and endorsed_id = actors.id) as endorses,
                coalesce(
                    (select text from private_notes where account_id = \(account) and about_id = actors.id), '') as note
            from unnest(\(others.map(\.rawValue))::bigint[]) with ordinality as given (id, place)
                join actors on actors.id = given.id
                left join follows own on own.follower_id = \(account) and own.followed_id = actors.id
                left join mutes on muter_id = \(account) and muted_id = actors.id
                    and (ends_at is null or ends_at > now())
            order by place
            """
        ).map { row in
            Relationship(
                other: try row.get("other"), follows: try row.get("follows"), showsBoosts: try row.get("shows_boosts"),
                notifies: try row.get("notifies"), languages: try row.get("languages"),
                followedBy: try row.get("followed_by"), blocks: try row.get("blocks"),
                isBlockedBy: try row.get("is_blocked_by"), mutes: try row.get("mutes"),
                mutesNotifications: try row.get("mutes_notifications"), muteEndsAt: try row.get("mute_ends_at"),
                mutesDomain: try row.get("mutes_domain"), endorses: try row.get("endorses"), note: try row.get("note"))
        }
    }

    /// What a follower wants of whom they follow; nil leaves a thing as it is.
    package func setFollowWishes(
        by follower: ActorID, of followed: ActorID, showsBoosts: Bool?, notifies: Bool?, languages: [String]?
    ) async throws {
        _ = try await execute(
            """
            update follows set shows_boosts = coalesce(\(showsBoosts), shows_boosts),
                notifies = coalesce(\(notifies), notifies), languages = coalesce(\(languages), languages)
            where follower_id = \(follower) and followed_id = \(followed)
            """)
    }

    package func saveMute(by muter: ActorID, of muted: ActorID, hidesNotifications: Bool, until end: Date?) async throws
    {
        _ = try await execute(
            """
            insert into mutes (muter_id, muted_id, hides_notifications, ends_at)
            values (\(muter), \(muted), \(hidesNotifications), \(end))
            on conflict (muter_id, muted_id) do update set hides_notifications = excluded.hides_notifications,
                ends_at = excluded.ends_at
            """)
    }

    package func deleteMute(by muter: ActorID, of muted: ActorID) async throws {
        _ = try await execute("delete from mutes where muter_id = \(muter) and muted_id = \(muted)")
    }

    /// Empty takes the note away.
    package func saveNote(_ text: String, by account: ActorID, about other: ActorID) async throws {
        if text.isEmpty {
            _ = try await execute("delete from private_notes where account_id = \(account) and about_id = \(other)")
            return
        }
        _ = try await execute(
            """
            insert into private_notes (account_id, about_id, text) values (\(account), \(other), \(text))
            on conflict (account_id, about_id) do update set text = excluded.text
            """)
    }

    package func insertEndorsement(by account: ActorID, of other: ActorID) async throws {
        _ = try await execute(
            "insert into endorsements (account_id, endorsed_id) values (\(account), \(other)) on conflict do nothing")
    }

    package func deleteEndorsement(by account: ActorID, of other: ActorID) async throws {
        _ = try await execute("delete from endorsements where account_id = \(account) and endorsed_id = \(other)")
    }
}
