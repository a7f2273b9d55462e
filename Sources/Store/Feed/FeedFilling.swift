package import PostgreSQL
package import Social
package import Wire

// Feeds are filled when something is written, so that reading costs the same whatever somebody follows.

extension Queryable {
    /// Puts a post into the homes and lists of this community that show its author's posts; gives those that got it.
    ///
    /// Direct posts are conversations, not entries. An answer to somebody else goes only where that somebody is
    /// followed, too (in lists as each list says).
    package func fillFeeds(with post: PostID) async throws {
        try await submit(
            """
            with written as (
                select posts.id, posts.author_id, posts.language, parent.author_id as answers
                from posts left join posts parent on parent.id = posts.reply_to_id
                where posts.id = \(post) and posts.visibility <> 'direct'
                    and (posts.reply_to_uri is null or parent.id is not null)
            )
            insert into feed_entries (feed_id, id, post_id)
            select accounts.actor_id, written.id, written.id
            from written join accounts on accounts.actor_id = written.author_id
            union
            select follower_id, written.id, written.id
            from written join follows on followed_id = author_id and state = 'accepted'
                join accounts on accounts.actor_id = follower_id
            where \(SQL.wantsAnswer)
                and (follows.languages = '{}' or language is null or language = any(follows.languages))
                and not exists (select from list_members m join lists l on l.id = m.list_id
                    where l.owner_id = follower_id and l.is_exclusive and m.actor_id = author_id)
            union
            select lists.id, written.id, written.id
            from written join list_members on list_members.actor_id = author_id
                join lists on lists.id = list_members.list_id
            where answers is null or answers = author_id
                or lists.replies = 'followed' and (answers = lists.owner_id or exists (select from follows f
                    where f.follower_id = lists.owner_id and f.followed_id = answers and f.state = 'accepted'))
                or lists.replies = 'list' and (answers = lists.owner_id or exists (select from list_members other
                    where other.list_id = lists.id and other.actor_id = answers))
            union
            select followed_tags.account_id, written.id, written.id
            from written join post_tags on post_tags.post_id = written.id
                join followed_tags on followed_tags.name = post_tags.name
            where exists (select from posts where posts.id = written.id and visibility = 'public')
            on conflict do nothing
            """)
    }

    /// Puts a boost into the homes and lists that show the booster's; nowhere twice within the last entries.
    package func fillFeeds(with boost: Boost) async throws {
        try await submit(
            """
            insert into feed_entries (feed_id, id, post_id)
            select feed, \(boost.id), \(boost.post) from (
                select follower_id as feed from follows join accounts on accounts.actor_id = follower_id
                where followed_id = \(boost.actor) and state = 'accepted' and shows_boosts
                    and not exists (select from list_members m join lists l on l.id = m.list_id
                        where l.owner_id = follower_id and l.is_exclusive and m.actor_id = \(boost.actor))
                union
                select actor_id from accounts where actor_id = \(boost.actor)
                union
                select list_id from list_members where actor_id = \(boost.actor)
            ) readers
            where not exists (
                select from (
                    select post_id from feed_entries where feed_id = feed order by id desc limit 40
                ) latest where latest.post_id = \(boost.post))
            on conflict do nothing
            """)
    }

    /// Gives somebody's home, or a list, the latest of what an author wrote, because they are shown there from now on.
    package func backfill(_ feed: Int64, from author: ActorID, for viewer: ActorID) async throws {
        try await submit(
            """
            insert into feed_entries (feed_id, id, post_id)
            select \(feed), id, id from posts
            where author_id = \(author) and visibility <> 'direct' and reply_to_uri is null
                and \(SQL.isVisible(to: .actor(viewer)))
            order by id desc limit 20
            on conflict do nothing
            """)
    }

    /// Takes an author's posts and boosts out of a home or list.
    package func clear(_ feed: Int64, of author: ActorID) async throws {
        try await submit(
            """
            delete from feed_entries entry where feed_id = \(feed)
                and (exists (select from posts where posts.id = entry.id and author_id = \(author))
                    or exists (select from boosts where boosts.id = entry.id and actor_id = \(author)))
            """)
    }

    /// Leaves at most so many entries in each feed, and none whose post is gone.
    package func trimFeeds(to most: Int) async throws {
        _ = try await execute(
            """
            delete from feed_entries using (
                select feeds.feed_id, (
                    select id from feed_entries e where e.feed_id = feeds.feed_id
                        order by id desc offset \(most) limit 1
                ) as last
                from (select actor_id as feed_id from accounts union all select id from lists) feeds
            ) cut
            where feed_entries.feed_id = cut.feed_id and feed_entries.id <= cut.last
            """)
        _ = try await execute(
            """
            delete from feed_entries e
            where not exists (select from posts where posts.id = e.post_id)
                or (e.id <> e.post_id and not exists (select from boosts where boosts.id = e.id))
                or (not exists (select from accounts where actor_id = e.feed_id)
                    and not exists (select from lists where lists.id = e.feed_id))
            """)
    }
}

extension SQL {
    /// Whether a follower's home shows what a followed author answers.
    fileprivate static let wantsAnswer: SQL = """
        (answers is null or answers = author_id or answers = follower_id or exists (select from follows f
            where f.follower_id = follows.follower_id and f.followed_id = answers and f.state = 'accepted'))
        """
}
