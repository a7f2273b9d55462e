package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// People whose names begin with a word, or whose mentor profile has these words: those with a published profile
    /// first, then those of this community.
    package func people(named words: String, followedBy reader: ActorID?, limit: Int, offset: Int) async throws -> [ActorID] {
        let start = words.lowercased()
        return try await rows(
            """
            select actors.id from actors left join mentor_profiles on mentor_profiles.actor_id = actors.id and is_published
            where gone_at is null and suspended_at is null and kind <> 'Application'
                and \(SQL.isOfOpenHost)
                and (starts_with(username, \(start)) or starts_with(lower(name), \(start))
                    or position(\(" " + start) in lower(name)) > 0
                    or words @@ websearch_to_tsquery('simple', \(words)))
                and (\(reader)::bigint is null or exists (select from follows
                    where follower_id = \(reader) and followed_id = actors.id and state = 'accepted'))
            order by mentor_profiles.actor_id is null, domain is not null, actors.id
            limit \(limit) offset \(offset)
            """
        ).map { try $0.get("id") }
    }

    /// Posts with some words that the reader wrote, was addressed in, or that were published for being found.
    package func posts(containing words: String, by author: ActorID?, for reader: ActorID, limit: Int, offset: Int)
        async throws -> [Post]
    {
        try await rows(
            """
            select \(Post.columns) from posts
            where to_tsvector('simple', title || ' ' || warning || ' ' || content)
                    @@ websearch_to_tsquery('simple', \(words))
                and (author_id = \(reader)
                    or exists (select from post_addressees a where a.post_id = posts.id and a.actor_id = \(reader))
                    or visibility = 'public' and exists (select from actors where id = author_id and is_indexable))
                and (\(author)::bigint is null or author_id = \(author))
                and \(SQL.isVisible(to: .actor(reader)))
            order by posts.id desc limit \(limit) offset \(offset)
            """
        ).map(Post.init)
    }

    package func tags(beginningWith start: String, limit: Int, offset: Int) async throws -> [String] {
        try await rows(
            """
            select name from post_tags where starts_with(name, \(start)) group by name
            order by length(name), name limit \(limit) offset \(offset)
            """
        ).map { try $0.get("name") }
    }

    /// A post by its id or its page.
    package func post(address: URI, for viewer: Viewer) async throws -> Post? {
        try await row(
            """
            select \(Post.columns) from posts where (uri = \(address) or url = \(address)) and \(SQL.isVisible(to: viewer))
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
