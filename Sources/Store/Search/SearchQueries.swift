package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// People whose names begin with a word or hold one that begins so, or whose mentor profile has these words: those
    /// with a published profile first, then those of this community. Of very many the first few hundred of each way are
    /// looked at.
    package func people(named words: String, followedBy reader: ActorID?, limit: Int, offset: Int) async throws
        -> [ActorID]
    {
        let start = words.lowercased()
        let end = start + "\u{10FFFF}"
        return try await rows(
            """
            with asked as materialized (select websearch_to_tsquery('simple', \(words)) as query),
            beginning as materialized (
                select case when numnode(query) > 0 then (query::text || ':*')::tsquery end as query from asked),
            candidates as (
                (select actor_id as id from mentor_profiles
                    where is_published and words @@ (select query from asked) limit 500)
                union (select id from actors
                    where domain is null and username ~>=~ \(start) and username ~<~ \(end) limit 500)
                union (select id from actors where username ~>=~ \(start) and username ~<~ \(end) limit 500)
                union (select id from actors where lower(name) ~>=~ \(start) and lower(name) ~<~ \(end) limit 500)
                union (select id from actors
                    where to_tsvector('simple', name) @@ (select query from beginning) limit 500)
            )
            select actors.id from candidates join actors on actors.id = candidates.id
                left join mentor_profiles on mentor_profiles.actor_id = actors.id and is_published
            where gone_at is null and suspended_at is null and kind <> 'Application'
                and \(SQL.isOfOpenHost)
                and (\(reader)::bigint is null or exists (select from follows
                    where follower_id = \(reader) and followed_id = actors.id and state = 'accepted'))
            order by mentor_profiles.actor_id is null, domain is not null, actors.id
            limit \(limit) offset \(offset)
            """
        ).map { try $0.get("id") }
    }

    /// Posts with some words that the reader wrote, was addressed in, or that were published for being found.
    ///
    /// Words that many use are looked for among the newest posts, one by one; only others in the index, of which then the
    /// thousand newest count. So neither takes long.
    package func posts(containing words: String, by author: ActorID?, for reader: ActorID, limit: Int, offset: Int)
        async throws -> [Post]
    {
        let isMeant: SQL = """
            words @@ (select query from asked) and (\(author)::bigint is null or author_id = \(author))
            """
        return try await rows(
            """
            with asked as materialized (select websearch_to_tsquery('simple', \(words)) as query),
            newest as materialized (
                select id from (select id, author_id, words from posts order by id desc limit 2000) posts where \(isMeant)),
            found as materialized (
                select id from newest
                union
                (select id from posts where (select count(*) from newest) < 40 and \(isMeant) order by id desc limit 1000)
            )
            select \(Post.columns) from posts
            where posts.id in (select id from found)
                and (author_id = \(reader)
                    or exists (select from post_addressees a where a.post_id = posts.id and a.actor_id = \(reader))
                    or visibility = 'public' and exists (select from actors where id = author_id and is_indexable))
                and \(SQL.isVisible(to: .actor(reader))) and \(SQL.isWanted(by: reader))
            order by posts.id desc limit \(limit) offset \(offset)
            """
        ).map(Post.init)
    }

    /// Tags that begin so, the shortest first, among the first few hundred in the order of the alphabet: each is found by
    /// one look at the index, however many posts carry it.
    package func tags(beginningWith start: String, limit: Int, offset: Int) async throws -> [String] {
        let end = start + "\u{10FFFF}"
        return try await rows(
            """
            with recursive found (name, place) as (
                (select name, 1 from post_tags where name ~>=~ \(start) and name ~<~ \(end) order by name using ~<~ limit 1)
                union all
                select (select post_tags.name from post_tags where post_tags.name ~>~ found.name and post_tags.name ~<~ \(end)
                    order by post_tags.name using ~<~ limit 1), place + 1
                from found where name is not null and place < 500
            )
            select name from found where name is not null order by length(name), name limit \(limit) offset \(offset)
            """
        ).map { try $0.get("name") }
    }

    /// A post by its id or its page.
    package func post(address: URI, for viewer: Viewer) async throws -> Post? {
        try await row(
            """
            select \(Post.columns) from posts where (uri = \(address) or url = \(address))
                and \(SQL.isVisible(to: viewer))
            limit 1
            """
        ).map(Post.init)
    }

    /// Somebody by their id or their page.
    package func actor(address: URI) async throws -> ActorID? {
        try await row(
            "select id from actors where (uri = \(address) or url = \(address)) and gone_at is null limit 1"
        ).map { try $0.get("id") }
    }
}
