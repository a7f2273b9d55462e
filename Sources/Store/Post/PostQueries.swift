import Foundation
import JSONTree
package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// A post by its number, if the viewer may see it.
    package func post(_ id: PostID, for viewer: Viewer) async throws -> Post? {
        try await row(
            "select \(Post.columns) from posts where id = \(id) and \(SQL.isVisible(to: viewer))"
        ).map(Post.init)
    }

    /// A post by its address, if the viewer may see it.
    package func post(_ uri: URI, for viewer: Viewer) async throws -> Post? {
        try await row(
            "select \(Post.columns) from posts where uri = \(uri) and \(SQL.isVisible(to: viewer))"
        ).map(Post.init)
    }

    /// A post as the rules need it, whoever may see it. What is shown to anybody goes through a viewer.
    package func storedPost(_ uri: URI) async throws -> Post? {
        try await row("select \(Post.columns) from posts where uri = \(uri)").map(Post.init)
    }

    /// What is at an address: the number of a post, or the trace of one that was withdrawn.
    package func occupant(of uri: URI) async throws -> (post: PostID?, isWithdrawn: Bool) {
        let row = try await row(
            """
            select (select id from posts where uri = \(uri)) as post,
                exists (select from tombstones where uri = \(uri)) as is_withdrawn
            """)
        guard let row else { throw StoreError.nothingReturned }
        return (try row.get("post"), try row.get("is_withdrawn"))
    }

    package func storedPost(_ id: PostID) async throws -> Post? {
        try await row("select \(Post.columns) from posts where id = \(id)").map(Post.init)
    }

    /// An author's posts, the latest first.
    package func posts(by author: ActorID, for viewer: Viewer, before: PostID?, limit: Int) async throws -> [Post] {
        try await rows(
            """
            select \(Post.columns) from posts
            where author_id = \(author) and id < coalesce(\(before), 9223372036854775807)
                and \(SQL.isVisible(to: viewer))
            order by id desc limit \(limit)
            """
        ).map(Post.init)
    }

    /// What those wrote lately whom somebody follows, and the person, and whoever addressed the person.
    package func recentPosts(for person: ActorID, limit: Int) async throws -> [Post] {
        try await rows(
            """
            select \(Post.columns) from posts
            where (author_id = \(person)
                    or author_id in (
                        select followed_id from follows where follower_id = \(person) and state = 'accepted')
                    or exists (select from post_addressees a where a.post_id = posts.id and a.actor_id = \(person)))
                and \(SQL.isVisible(to: .actor(person)))
            order by id desc limit \(limit)
            """
        ).map(Post.init)
    }

    /// What was answered to a post directly, and not refused by its author, oldest first.
    package func replies(to post: PostID, for viewer: Viewer, after: PostID?, limit: Int) async throws -> [Post] {
        try await rows(
            """
            select \(Post.columns) from posts
            where reply_to_id = \(post) and refused_at is null and id > coalesce(\(after), 0::bigint)
                and \(SQL.isVisible(to: viewer))
            order by id limit \(limit)
            """
        ).map(Post.init)
    }

    /// The posts above a post that the viewer may and wants to see, the nearest first; at most 64, and each once, should
    /// they answer each other in a circle.
    package func ancestors(of post: PostID, for viewer: Viewer) async throws -> [Post] {
        try await rows(
            """
            with recursive above (id, distance) as (
                select reply_to_id, 1 from posts where id = \(post) and reply_to_id is not null
                union all
                select posts.reply_to_id, distance + 1 from above join posts on posts.id = above.id
                where posts.reply_to_id is not null and distance < 64
            ) cycle id set is_repeated using path
            select \(Post.columns) from above join posts on posts.id = above.id
            where not is_repeated and above.id <> \(post) and \(SQL.isVisible(to: viewer)) and \(SQL.isWanted(by: viewer))
            order by distance
            """
        ).map(Post.init)
    }

    /// The answers to a post, and the answers to them, as far as the viewer may and wants to see them: each below what it
    /// answers. What was refused or is of people whom the viewer mutes or blocks is left out, with all that answers it.
    package func descendants(of post: Post, for viewer: Viewer, limit: Int) async throws -> [Post] {
        let all = try await thread(post.thread, for: viewer, limit: limit + 1000)
        let byParent = Dictionary(grouping: all.filter { $0.replyTo != nil && !$0.isRefused }, by: \.replyTo)
        var found: [Post] = []
        var known: Set<PostID> = [post.id]
        // The latest first on the stack, so that the oldest is taken first.
        var waiting = Array((byParent[post.id] ?? []).reversed())
        while let next = waiting.popLast(), found.count < limit {
            guard known.insert(next.id).inserted else { continue }
            found.append(next)
            waiting += (byParent[next.id] ?? []).reversed()
        }
        return found
    }

    /// The posts of a thread that the viewer may and wants to see, oldest first.
    package func thread(_ thread: PostID, for viewer: Viewer, limit: Int) async throws -> [Post] {
        try await rows(
            """
            select \(Post.columns) from posts
            where thread_id = \(thread) and \(SQL.isVisible(to: viewer)) and \(SQL.isWanted(by: viewer))
            order by id limit \(limit)
            """
        ).map(Post.init)
    }

    /// The posts that an author shows first, in the order of pinning.
    package func pinnedPosts(of author: ActorID, for viewer: Viewer) async throws -> [Post] {
        try await rows(
            """
            select \(Post.columns) from pins join posts on posts.id = pins.post_id
            where pins.actor_id = \(author) and \(SQL.isVisible(to: viewer)) order by pins.created_at desc limit 20
            """
        ).map(Post.init)
    }

    /// How many posts of an author everybody may read.
    package func openPostCount(of author: ActorID) async throws -> Int {
        try await row(
            "select count(*) as n from posts where author_id = \(author) and visibility in ('public', 'unlisted')"
        ).map { try $0.get("n") } ?? 0
    }
}

extension Post {
    /// Everything of a post in one row.
    static let columns: SQL = """
        posts.id, posts.uri, posts.author_id, posts.kind, posts.visibility, posts.title, posts.content, posts.source,
        posts.warning, posts.is_sensitive, posts.language, posts.url, posts.reply_to_id, posts.reply_to_uri,
        posts.context, posts.thread_id, posts.attachments, posts.emojis, posts.event, posts.published_at,
        posts.edited_at, posts.approval_uri, posts.refused_at is not null as is_refused,
        array(
            select actor_id from post_addressees a where a.post_id = posts.id and is_mentioned order by 1
        ) as mentions,
        array(
            select actor_id from post_addressees a where a.post_id = posts.id and not is_mentioned order by 1
        ) as others,
        array(select name from post_tags t where t.post_id = posts.id order by 1) as tags,
        (select jsonb_build_object('multiple', is_multiple, 'ends', ends_at, 'closed', closed_at, 'voters', voters,
            'options', (select jsonb_agg(jsonb_build_object('title', o.title, 'votes', o.votes) order by o.position)
                from poll_options o where o.post_id = posts.id))
            from polls where polls.post_id = posts.id) as poll
        """

    init(_ row: Row) throws {
        let mentions: [Int64] = try row.get("mentions")
        let others: [Int64] = try row.get("others")
        self.init(
            id: try row.get("id"), uri: try row.get("uri"), author: try row.get("author_id"),
            thread: try row.get("thread_id"), replyTo: try row.get("reply_to_id"),
            content: Content(
                kind: try row.get("kind"), visibility: try row.get("visibility"), title: try row.get("title"),
                html: try row.get("content"), source: try row.get("source"), warning: try row.get("warning"),
                isSensitive: try row.get("is_sensitive"), language: try row.get("language"), url: try row.get("url"),
                replyTo: try row.get("reply_to_uri"), context: try row.get("context"),
                addressees: mentions.map { Addressee(ActorID(rawValue: $0), isMentioned: true) }
                    + others.map { Addressee(ActorID(rawValue: $0), isMentioned: false) },
                tags: try row.get("tags"),
                attachments: try row.document("attachments").list.compactMap { Attachment($0) },
                emojis: try row.document("emojis").list.compactMap { CustomEmoji($0) },
                poll: try row.document("poll").flatMap { Poll($0) },
                event: try row.document("event").flatMap { EventDetails($0) }),
            publishedAt: try row.get("published_at"), editedAt: try row.get("edited_at"),
            approval: try row.get("approval_uri"), isRefused: try row.get("is_refused"))
    }
}

extension Queryable {
    /// Whether any of these is a person of this community.
    package func hasLocal(_ actors: [ActorID]) async throws -> Bool {
        try await row(
            "select from accounts where actor_id = any(\(actors.map(\.rawValue))::bigint[]) limit 1") != nil
    }

    /// Whether any of some actors is a person of this community, or any such person follows an author.
    package func hasLocalReaders(among actors: [ActorID], orFollowersOf author: ActorID?) async throws -> Bool {
        try await row(
            """
            select where exists (select from accounts where actor_id = any(\(actors.map(\.rawValue))::bigint[]))
                or exists (select from follows join accounts on accounts.actor_id = follower_id
                    where followed_id = \(author) and state = 'accepted')
            """) != nil
    }

    /// Whether a person of this community wrote in the thread of a post, or passed on something of it.
    package func hasLocalPart(inThreadOf uri: URI) async throws -> Bool {
        try await row(
            """
            select from posts start join posts on posts.thread_id = start.thread_id
            where start.uri = \(uri)
                and (exists (select from accounts where actor_id = posts.author_id)
                    or exists (select from boosts join accounts on accounts.actor_id = boosts.actor_id
                        where boosts.post_id = posts.id))
            limit 1
            """) != nil
    }
}
