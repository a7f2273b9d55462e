import PostgreSQL

/// A reader who follows many people, and everything that those have ever written, in the database as if it had come one
/// by one.
struct Library {
    static let reader = "reader"
    static let authors = 10_000
    static let hosts = 200
    /// Tags that many posts have, that few have, and that one in ten thousand has.
    static let tags = (common: "news", some: "topic7", rare: "rarity")

    let stage: Stage
    let posts: Int

    /// Writes all of it.
    ///
    /// - Returns: the number of an author.
    func fill() async throws -> String {
        try await writePeople()
        try await writePosts()
        try await writeReactions()
        try await stage.database.execute("vacuum analyze")
        let author: Int64? = try await stage.database.row("select max(id) as id from actors where username = 'w77'")?
            .get("id")
        return String(author ?? 0)
    }

    private var readerID: SQL {
        "(select id from actors where username = \(Self.reader) and domain is null)"
    }

    private func writePeople() async throws {
        let domain = Certificates.crowdDomain
        try await stage.database.execute(
            """
            with people as (
                insert into actors (uri, kind, username, name, domain, inbox, shared_inbox, is_discoverable,
                    is_indexable)
                select address || '/users/w' || n, 'Person', 'w' || n, 'Writer ' || n, substr(address, 9),
                    address || '/users/w' || n || '/inbox', address || '/inbox', true, true
                from generate_series(1, \(Self.authors)::int) as n
                cross join lateral (
                    select 'https://l' || n % \(Self.hosts)::int || '.' || \(domain)::text) host (address)
                returning id, uri
            )
            insert into follows (follower_id, followed_id, uri, state)
            select \(readerID), id, uri || '/follow', 'accepted' from people
            """)
    }

    /// Over two years, in the proportions of an ordinary home: seven of ten are public, two of ten are answers, and
    /// half have a tag.
    private func writePosts() async throws {
        try await stage.database.execute(
            """
            create temporary table written as
            select n, (floor(extract(epoch from at) * 1000)::bigint << 16) | (n & 65535) as id, at,
                authors.id as author, authors.uri as author_uri
            from generate_series(1, \(posts)::int) as n
            cross join lateral (select now() - interval '730 days' * (1 - n::float8 / \(posts)::int)) as moment (at)
            join (select id, uri, row_number() over (order by id) as place from actors
                where username ~ '^w[0-9]+$') authors
                on place = 1 + (n::bigint * 7919) % \(Self.authors)::int
            """)
        try await stage.database.execute(
            """
            insert into posts (id, uri, author_id, kind, visibility, content, language, reply_to_id, reply_to_uri,
                thread_id, published_at, fetched_at)
            select w.id, w.author_uri || '/posts/' || w.n, w.author, 'Note',
                (array['public', 'public', 'public', 'public', 'public', 'public', 'public', 'unlisted',
                    'followers', 'followers'])
                    [1 + w.n % 10],
                '<p>Word' || w.n % 5000 || ' about what I learnt in week ' || w.n % 52 || repeat(', and more of it', 12)
                    || '.</p>',
                'en', parent.id, parent.author_uri || '/posts/' || parent.n, coalesce(parent.id, w.id), w.at, w.at
            from written w left join written parent on parent.n = w.n - 3 and w.n % 5 = 0
            """)
        try await stage.database.execute(
            """
            insert into post_tags (post_id, name)
            select id, \(Self.tags.common) from written where n % 4 = 1
            union all select id, 'topic' || n % 500 from written where n % 3 = 0
            union all select id, \(Self.tags.rare) from written where n % 10000 = 4242
            """)
        // As many as the daily tidying leaves.
        try await stage.database.execute(
            """
            insert into feed_entries (feed_id, id, post_id)
            select \(readerID), written.id, written.id from written order by written.id desc limit 4000
            """)
    }

    private func writeReactions() async throws {
        try await stage.database.execute(
            """
            insert into likes (uri, actor_id, post_id)
            select a.uri || '/likes/' || w.n || '-' || k, a.id, w.id
            from written w cross join generate_series(1, 3) as k
            join (select id, uri, row_number() over (order by id) as place from actors where username ~ '^w[0-9]+$') a
                on place = 1 + (w.n::bigint * 31 + k * 997) % \(Self.authors)::int
            where w.n > \(posts)::int - 100000
            on conflict do nothing
            """)
        try await stage.database.execute(
            """
            insert into notifications (id, recipient_id, kind, from_id, post_id, created_at)
            select nextval('notification_numbers'), \(readerID), 'mention', author, id, at
            from written where n % 50 = 7 order by n desc limit 20000
            """)
    }
}
