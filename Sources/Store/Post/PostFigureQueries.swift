package import PostgreSQL
import Social
package import Wire

/// What others did with a post.
package struct PostFigures: Hashable, Sendable {
    package var replies = 0
    package var boosts = 0
    package var likes = 0
    /// Who wrote what the post answers.
    package var parentAuthor: ActorID?

    package init() {}
}

/// What one reader did with a post.
package struct PostMarks: Hashable, Sendable {
    package var isLiked = false
    package var isBoosted = false
    package var isBookmarked = false
    /// Whether the reader hears nothing more of its thread.
    package var isMuted = false
    package var isPinned = false
    /// Positions of the options that the reader chose.
    package var choices: [Int] = []

    package init() {}
}

extension Queryable {
    package func figures(of posts: [PostID]) async throws -> [PostID: PostFigures] {
        guard !posts.isEmpty else { return [:] }
        let found = try await rows(
            """
            select id,
                (select count(*) from posts reply
                    where reply.reply_to_id = given.id and reply.visibility in ('public', 'unlisted')
                        and reply.refused_at is null) as replies,
                (select count(*) from boosts where boosts.post_id = given.id) as boosts,
                (select count(*) from likes where likes.post_id = given.id) as likes,
                (select parent.author_id from posts join posts parent on parent.id = posts.reply_to_id
                    where posts.id = given.id) as parent_author
            from unnest(\(posts.map(\.rawValue))::bigint[]) as given (id)
            """)
        return Dictionary(
            try found.map { row in
                var figures = PostFigures()
                figures.replies = try row.get("replies")
                figures.boosts = try row.get("boosts")
                figures.likes = try row.get("likes")
                figures.parentAuthor = try row.get("parent_author")
                return (try row.get("id"), figures)
            }
        ) { first, _ in first }
    }

    package func marks(of reader: ActorID, on posts: [PostID]) async throws -> [PostID: PostMarks] {
        try await marks(of: [reader], on: posts)[reader] ?? [:]
    }

    package func marks(of readers: [ActorID], on posts: [PostID]) async throws -> [ActorID: [PostID: PostMarks]] {
        guard !posts.isEmpty, !readers.isEmpty else { return [:] }
        let found = try await rows(
            """
            select posts.id, reader.id as reader,
                exists (select from likes where post_id = posts.id and actor_id = reader.id) as is_liked,
                exists (select from boosts where post_id = posts.id and actor_id = reader.id) as is_boosted,
                exists (select from bookmarks where post_id = posts.id and account_id = reader.id) as is_bookmarked,
                exists (
                    select from thread_mutes where thread_id = posts.thread_id and account_id = reader.id) as is_muted,
                exists (select from pins where post_id = posts.id and actor_id = reader.id) as is_pinned,
                array(select position from poll_votes
                    where post_id = posts.id and voter_id = reader.id order by 1) as choices
            from posts cross join unnest(\(readers.map(\.rawValue))::bigint[]) as reader (id)
            where posts.id = any(\(posts.map(\.rawValue))::bigint[])
            """)
        var marks: [ActorID: [PostID: PostMarks]] = [:]
        for row in found {
            let (reader, post): (ActorID, PostID) = (try row.get("reader"), try row.get("id"))
            var mark = PostMarks()
            mark.isLiked = try row.get("is_liked")
            mark.isBoosted = try row.get("is_boosted")
            mark.isBookmarked = try row.get("is_bookmarked")
            mark.isMuted = try row.get("is_muted")
            mark.isPinned = try row.get("is_pinned")
            mark.choices = try row.get("choices")
            marks[reader, default: [:]][post] = mark
        }
        return marks
    }
}
