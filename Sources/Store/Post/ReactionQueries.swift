package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// False when the actor likes it already.
    package func insertLike(_ uri: URI, by actor: ActorID, of post: PostID) async throws -> Bool {
        try await execute(
            "insert into likes (uri, actor_id, post_id) values (\(uri), \(actor), \(post)) on conflict do nothing") == 1
    }

    /// The id of the Like that ends; nil when there was none.
    package func deleteLike(by actor: ActorID, of post: PostID) async throws -> URI? {
        try await row("delete from likes where actor_id = \(actor) and post_id = \(post) returning uri").map {
            try $0.get("uri")
        }
    }

    package func likedPost(_ like: URI, by actor: ActorID) async throws -> PostID? {
        try await row("select post_id from likes where actor_id = \(actor) and uri = \(like) limit 1").map {
            try $0.get("post_id")
        }
    }

    package func likeCount(of post: PostID) async throws -> Int {
        try await row("select count(*) as n from likes where post_id = \(post)").map { try $0.get("n") } ?? 0
    }

    /// nil when the actor passed it on already.
    package func insertBoost(_ uri: URI, by actor: ActorID, of post: PostID, visibility: Visibility) async throws
        -> Boost?
    {
        try await row(
            """
            insert into boosts (uri, actor_id, post_id, visibility) values (\(uri), \(actor), \(post), \(visibility))
            on conflict do nothing returning \(Boost.columns)
            """
        ).map(Boost.init)
    }

    package func deleteBoost(by actor: ActorID, of post: PostID) async throws -> Boost? {
        try await row(
            "delete from boosts where actor_id = \(actor) and post_id = \(post) returning \(Boost.columns)"
        ).map(Boost.init)
    }

    package func boost(_ uri: URI, by actor: ActorID) async throws -> Boost? {
        try await row("select \(Boost.columns) from boosts where actor_id = \(actor) and uri = \(uri)").map(Boost.init)
    }

    package func boostCount(of post: PostID) async throws -> Int {
        try await row("select count(*) as n from boosts where post_id = \(post)").map { try $0.get("n") } ?? 0
    }

    package func localBoosters(of post: PostID) async throws -> [ActorID] {
        try await rows(
            """
            select boosts.actor_id from boosts join accounts on accounts.actor_id = boosts.actor_id
            where post_id = \(post) order by boosts.id
            """
        ).map { try $0.get("actor_id") }
    }

    /// Open boosts of posts that everybody may read, the latest first.
    package func openBoosts(by actor: ActorID, before: Int64?, limit: Int) async throws -> [(boost: Boost, post: URI)] {
        try await rows(
            """
            select \(Boost.columns), posts.uri as post_uri from boosts join posts on posts.id = boosts.post_id
            where boosts.actor_id = \(actor) and boosts.visibility in ('public', 'unlisted')
                and \(SQL.isVisible(to: .nobody)) and boosts.id < coalesce(\(before), 9223372036854775807)
            order by boosts.id desc limit \(limit)
            """
        ).map { (try Boost($0), try $0.get("post_uri")) }
    }

    package func openBoostCount(by actor: ActorID) async throws -> Int {
        try await row(
            "select count(*) as n from boosts where actor_id = \(actor) and visibility in ('public', 'unlisted')"
        ).map { try $0.get("n") } ?? 0
    }

    /// False when it was pinned already.
    package func insertPin(_ post: PostID, by actor: ActorID) async throws -> Bool {
        try await execute(
            "insert into pins (actor_id, post_id) values (\(actor), \(post)) on conflict do nothing") == 1
    }

    package func deletePin(_ post: PostID, by actor: ActorID) async throws -> Bool {
        try await execute("delete from pins where actor_id = \(actor) and post_id = \(post)") == 1
    }

    /// Pins these posts, the first on top, and no others.
    package func setPins(_ posts: [PostID], of actor: ActorID) async throws {
        _ = try await execute(
            """
            with given as (
                select id, place from unnest(\(posts.map(\.rawValue))::bigint[]) with ordinality as given (id, place)
            ), others as (
                delete from pins where actor_id = \(actor) and post_id not in (select id from given)
            )
            insert into pins (actor_id, post_id, created_at)
            select \(actor), posts.id, now() - min(place) * interval '1 millisecond' from given join posts using (id)
            group by posts.id
            on conflict (actor_id, post_id) do update set created_at = excluded.created_at
            """)
    }

    package func pinCount(of actor: ActorID) async throws -> Int {
        try await row("select count(*) as n from pins where actor_id = \(actor)").map { try $0.get("n") } ?? 0
    }

    /// Actors elsewhere who liked, passed on or answered a post, or are named in it: who holds a copy of it for sure.
    package func remoteHolders(of post: PostID) async throws -> [Actor] {
        try await rows(
            """
            select \(Actor.columns) from actors
            where domain is not null and gone_at is null and id in (
                select actor_id from likes where post_id = \(post)
                union select actor_id from boosts where post_id = \(post)
                union select voter_id from poll_votes where post_id = \(post)
                union select author_id from posts where reply_to_id = \(post)
                union select actor_id from post_addressees where post_id = \(post))
            order by id limit 1000
            """
        ).map(Actor.init)
    }
}

extension Boost {
    static let columns: SQL =
        "boosts.id, boosts.uri, boosts.actor_id, boosts.post_id, boosts.visibility, boosts.created_at"

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), uri: try row.get("uri"), actor: try row.get("actor_id"),
            post: try row.get("post_id"), visibility: try row.get("visibility"), createdAt: try row.get("created_at"))
    }
}
