package import PostgreSQL
import Social
package import Wire

/// Which people of the directory are asked for.
package struct Directory: Sendable {
    package let localOnly: Bool
    package let newestFirst: Bool
    package let limit: Int
    package let offset: Int

    package init(localOnly: Bool, newestFirst: Bool, limit: Int, offset: Int) {
        self.localOnly = localOnly
        self.newestFirst = newestFirst
        self.limit = limit
        self.offset = offset
    }
}

extension Queryable {
    /// People who want to be found, mentors who take requests first, then who wrote last here, then who of elsewhere
    /// was heard of last.
    package func directory(_ directory: Directory) async throws -> [ActorID] {
        let order: SQL = directory.newestFirst
            ? "actors.id desc"
            : """
            coalesce(is_published and is_accepting, false) desc, domain is not null,
            case when domain is null then (select max(posts.id) from posts where author_id = actors.id) end
                desc nulls last,
            actors.fetched_at desc, actors.id
            """
        return try await rows(
            """
            select actors.id from actors left join mentor_profiles on mentor_profiles.actor_id = actors.id
            where (is_discoverable or is_published) and gone_at is null and suspended_at is null and moved_to_id is null
                and (not \(directory.localOnly) or domain is null)
                and \(SQL.isOfOpenHost)
            order by \(order) limit \(directory.limit) offset \(directory.offset)
            """
        ).map { try $0.get("id") }
    }

    /// Mentors who take requests, whom somebody neither follows nor mutes nor blocks, of this community first.
    package func suggestions(for reader: ActorID, limit: Int) async throws -> [ActorID] {
        try await rows(
            """
            select actors.id from mentor_profiles join actors on actors.id = mentor_profiles.actor_id
            where is_published and is_accepting and not \(SQL.isFull)
                and gone_at is null and suspended_at is null and actors.id <> \(reader)
                and \(SQL.isOfOpenHost)
                and not exists (select from follows where follower_id = \(reader) and followed_id = actors.id)
                and not exists (select from blocks
                    where (blocker_id = \(reader) and blocked_id = actors.id)
                        or (blocker_id = actors.id and blocked_id = \(reader)))
                and not exists (select from mutes where muter_id = \(reader) and muted_id = actors.id)
            order by domain is not null, actors.id desc limit \(limit)
            """
        ).map { try $0.get("id") }
    }
}
