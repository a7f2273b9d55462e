package import PostgreSQL
import Social
package import Wire

// Which of those who listen are told of an event: by the rules by which timelines are read, for all of them at once.

/// A post or boost as feeds show it, with what its author's timelines go by.
package struct StreamedEntry: Sendable {
    package let entry: FeedEntry
    package let isLocal: Bool
}

extension Queryable {
    /// Posts and boosts by their numbers, whoever may see them.
    package func streamedEntries(_ ids: [Int64]) async throws -> [Int64: StreamedEntry] {
        guard !ids.isEmpty else { return [:] }
        let found = try await rows(
            """
            select \(FeedEntry.columns), posts.fetched_at is null as is_local
            from unnest(\(ids)::bigint[]) as given (id) left join boosts on boosts.id = given.id
                join posts on posts.id = coalesce(boosts.post_id, given.id)
            """
        ).map { StreamedEntry(entry: try FeedEntry($0), isLocal: try $0.get("is_local")) }
        return Dictionary(found.map { ($0.entry.id, $0) }) { first, _ in first }
    }

    /// Which of some homes and lists show which of some entries to their owners, as reading them would.
    package func feeds(_ feeds: [Int64: ActorID], showing entries: [Int64]) async throws -> [(
        feed: Int64, entry: Int64
    )] {
        guard !feeds.isEmpty, !entries.isEmpty else { return [] }
        let owners = Array(feeds)
        return try await rows(
            """
            select entry.feed_id, entry.id
            from unnest(\(owners.map(\.key))::bigint[], \(owners.map(\.value.rawValue))::bigint[])
                    as reader (feed, owner)
                join feed_entries entry on entry.feed_id = reader.feed and entry.id = any(\(entries)::bigint[])
                join posts on posts.id = entry.post_id
                left join boosts on boosts.id = entry.id and entry.id <> entry.post_id
            where (entry.id = entry.post_id or boosts.id is not null)
                and \(SQL.isVisible(toReader: "reader.owner"))
                and \(SQL.isWanted(byReader: "reader.owner", withBoosts: true))
            """
        ).map { (try $0.get("feed_id"), try $0.get("id")) }
    }

    /// Which of some homes and lists hold which of some entries, though what they show is gone.
    package func feeds(_ feeds: [Int64], holding entries: [Int64]) async throws -> [(feed: Int64, entry: Int64)] {
        guard !feeds.isEmpty, !entries.isEmpty else { return [] }
        return try await rows(
            """
            select feed_id, id from feed_entries
            where feed_id = any(\(feeds)::bigint[]) and id = any(\(entries)::bigint[])
            """
        ).map { (try $0.get("feed_id"), try $0.get("id")) }
    }

    /// Which of some readers the timelines for everybody show which of some posts.
    package func publicReaders(_ readers: [ActorID], of posts: [PostID]) async throws -> [(
        post: PostID, reader: ActorID
    )] {
        guard !readers.isEmpty, !posts.isEmpty else { return [] }
        return try await rows(
            """
            select posts.id, reader.id as reader
            from posts cross join unnest(\(readers.map(\.rawValue))::bigint[]) as reader (id)
            where posts.id = any(\(posts.map(\.rawValue))::bigint[]) and posts.visibility = 'public'
                and \(SQL.isShownUnasked) and \(SQL.isVisible(toReader: "reader.id"))
                and \(SQL.isWanted(byReader: "reader.id"))
            """
        ).map { (try $0.get("id"), try $0.get("reader")) }
    }

    /// Which of some posts the timelines for everybody show to those who have no account.
    package func openPosts(among posts: [PostID]) async throws -> [PostID] {
        guard !posts.isEmpty else { return [] }
        return try await rows(
            """
            select posts.id from posts
            where posts.id = any(\(posts.map(\.rawValue))::bigint[]) and posts.visibility = 'public'
                and \(SQL.isShownUnasked) and \(SQL.isVisible(to: .nobody))
            """
        ).map { try $0.get("id") }
    }

    /// What some people were notified of by the transactions of some events, as far as they want to hear of it at once:
    /// nothing else has the very same time.
    package func notifications(of events: [Int64], for recipients: [ActorID]) async throws -> [(
        event: Int64, recipient: ActorID, id: Int64
    )] {
        guard !events.isEmpty, !recipients.isEmpty else { return [] }
        let recipients = recipients.map(\.rawValue)
        return try await rows(
            """
            select event.id as event, n.recipient_id, n.id
            from stream_events event join notifications n on n.post_id = event.post_id and n.created_at = event.at
            where event.id = any(\(events)::bigint[]) and n.recipient_id = any(\(recipients)::bigint[])
                and not n.is_filtered
            union
            select event.id, n.recipient_id, n.id
            from stream_events event join notifications n on n.recipient_id = any(\(recipients)::bigint[])
                and n.from_id = event.actor_id and n.post_id is null and n.session_id is null
                and n.created_at = event.at
            where event.id = any(\(events)::bigint[]) and event.kind = 'related' and not n.is_filtered
            order by 3
            """
        ).map { (try $0.get("event"), try $0.get("recipient_id"), try $0.get("id")) }
    }

    /// The conversations of some people that direct posts of some events belong to.
    package func conversations(of events: [Int64], for accounts: [ActorID]) async throws -> [(
        event: Int64, account: ActorID, id: Int64
    )] {
        guard !events.isEmpty, !accounts.isEmpty else { return [] }
        return try await rows(
            """
            select event.id as event, c.account_id, c.id
            from stream_events event left join posts on posts.id = event.post_id and posts.visibility = 'direct'
                join conversations c on c.thread_id = coalesce(posts.thread_id, event.thread_id)
                    and c.account_id = any(\(accounts.map(\.rawValue))::bigint[])
            where event.id = any(\(events)::bigint[]) and event.kind in ('published', 'deleted') and not c.is_hidden
            order by event.id
            """
        ).map { (try $0.get("event"), try $0.get("account_id"), try $0.get("id")) }
    }

    /// Those of some tokens that still allow anything.
    package func validTokens(among ids: [Int64]) async throws -> Set<Int64> {
        guard !ids.isEmpty else { return [] }
        return Set(
            try await rows(
                """
                select tokens.id from tokens left join actors on actors.id = tokens.actor_id
                where tokens.id = any(\(ids)::bigint[]) and actors.gone_at is null and actors.suspended_at is null
                """
            ).map { try $0.get("id") })
    }
}
