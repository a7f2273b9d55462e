package import PostgreSQL
package import Social
package import Wire

/// Which of somebody's posts are asked for.
package struct AuthorPosts: Sendable {
    package var withMediaOnly = false
    package var withoutReplies = false
    package var withoutBoosts = false
    package var pinnedOnly = false
    package var tag: String?

    package init() {}
}

extension Queryable {
    /// An author's posts and boosts, newest first.
    package func entries(by author: ActorID, _ wanted: AuthorPosts, for viewer: Viewer, _ page: Page) async throws
        -> [FeedEntry]
    {
        if wanted.pinnedOnly {
            return try await pinnedPosts(of: author, for: viewer).map { FeedEntry(post: $0) }
        }
        var conditions: [SQL] = ["posts.author_id = \(author)", page.holds("posts.id"), SQL.isVisible(to: viewer)]
        if viewer != .actor(author) { conditions.append("posts.visibility <> 'direct'") }
        if wanted.withMediaOnly { conditions.append("posts.attachments <> '[]'") }
        if wanted.withoutReplies { conditions.append(Self.isNoReplyToOthers) }
        if let tag = wanted.tag {
            conditions.append("exists (select from post_tags t where t.post_id = posts.id and t.name = \(tag))")
        }
        let own = page.newestFirst(
            try await rows(
                """
                select \(Post.columns) from posts where \(SQL.joined(conditions, separator: " and "))
                \(page.end(by: "posts.id"))
                """
            ).map { FeedEntry(post: try Post($0)) })
        if wanted.withoutBoosts || wanted.withMediaOnly || wanted.tag != nil { return own }
        let boosted = page.newestFirst(
            try await rows(
                """
                select \(FeedEntry.columns) from boosts join posts on posts.id = boosts.post_id
                where boosts.actor_id = \(author) and \(page.holds("boosts.id")) and \(SQL.isVisible(to: viewer))
                    and boosts.visibility in ('public', 'unlisted') and \(SQL.shows("boosts.actor_id", to: viewer))
                \(page.end(by: "boosts.id"))
                """
            ).map(FeedEntry.init))
        let all = (own + boosted).sorted { $0.id > $1.id }
        // Of what is next to the lower end, the lowest belong to this page.
        return Array(page.above == nil ? all.prefix(page.limit) : all.suffix(page.limit))
    }

    private static var isNoReplyToOthers: SQL {
        """
        (posts.reply_to_uri is null or exists (
            select from posts parent where parent.id = posts.reply_to_id and parent.author_id = posts.author_id))
        """
    }

    /// Those who liked or passed on a post and whom the viewer does not block, nor they the viewer, the latest first, with
    /// their positions.
    package func likers(of post: PostID, for viewer: Viewer, _ page: Page) async throws
        -> [(position: Int64, actor: ActorID)]
    {
        page.newestFirst(
            try await rows(
                """
                select id, actor_id from likes where post_id = \(post) and \(SQL.shows("actor_id", to: viewer))
                    and \(page.holds("id"))
                \(page.end(by: "id"))
                """
            ).map { (try $0.get("id"), try $0.get("actor_id")) })
    }

    package func boosters(of post: PostID, for viewer: Viewer, _ page: Page) async throws
        -> [(position: Int64, actor: ActorID)]
    {
        page.newestFirst(
            try await rows(
                """
                select id, actor_id from boosts where post_id = \(post) and visibility in ('public', 'unlisted')
                    and \(SQL.shows("actor_id", to: viewer)) and \(page.holds("id")) \(page.end(by: "id"))
                """
            ).map { (try $0.get("id"), try $0.get("actor_id")) })
    }

    /// Posts by their numbers, as far as the viewer may see them.
    package func posts(_ ids: [PostID], for viewer: Viewer) async throws -> [PostID: Post] {
        guard !ids.isEmpty else { return [:] }
        let found = try await rows(
            """
            select \(Post.columns) from posts
            where id = any(\(ids.map(\.rawValue))::bigint[]) and \(SQL.isVisible(to: viewer))
            """
        ).map(Post.init)
        return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Somebody's own boost of a post.
    package func boostEntry(of post: PostID, by actor: ActorID) async throws -> FeedEntry? {
        try await row(
            """
            select \(FeedEntry.columns) from boosts join posts on posts.id = boosts.post_id
            where boosts.post_id = \(post) and boosts.actor_id = \(actor)
            """
        ).map(FeedEntry.init)
    }

    /// A boost by its number, with its post, if the viewer may see it.
    package func boostEntry(_ id: Int64, for viewer: Viewer) async throws -> FeedEntry? {
        try await row(
            """
            select \(FeedEntry.columns) from boosts join posts on posts.id = boosts.post_id
            where boosts.id = \(id) and \(SQL.isVisible(to: viewer))
            """
        ).map(FeedEntry.init)
    }
}

extension SQL {
    /// Whether nothing stands between somebody, by their number, and a viewer of this community: no block of either.
    fileprivate static func shows(_ actor: SQL, to viewer: Viewer) -> SQL {
        guard case .actor(let reader) = viewer else { return "true" }
        return """
            not exists (select from blocks
                where (blocker_id, blocked_id) in ((\(actor), \(reader)), (\(reader), \(actor))))
            """
    }
}
