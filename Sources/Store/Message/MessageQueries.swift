import Foundation
import JSONTree
package import Mentoring
package import PostgreSQL
package import Social
package import Wire

/// A direct post in the context of a session, from one of its people to the other.
package struct StoredMessage: Sendable {
    package let post: Post
    /// Whether the community said it in its author's name, to somebody whose server knows no sessions.
    package let isTold: Bool

    package init(post: Post, isTold: Bool) {
        self.post = post
        self.isTold = isTold
    }
}

extension Queryable {
    /// The session between an author and the one reader of a direct post to which it belongs: the one that it names, or
    /// to which what it answers belongs, or else the only one that is open. What it names may be anything; only people
    /// who have a session with each other can say something in its context.
    package func session(ofPost content: Post.Content, by author: ActorID) async throws -> URI? {
        let readers = Set(content.addressees.map(\.actor)).subtracting([author])
        guard content.visibility == .direct, readers.count == 1, let reader = readers.first else { return nil }
        return try await row(
            """
            with shared as (
                select uri, case
                    when uri = \(content.context) then 0
                    when uri = (select context from posts where uri = \(content.replyTo)) then 1
                    when status in ('pending', 'scheduled') then 2
                end as distance
                from sessions
                where (mentee_id, mentor_id) in ((\(author), \(reader)), (\(reader), \(author)))
            )
            select min(uri) as uri from shared
            where distance = (select min(distance) from shared) having count(*) = 1
            """
        )?.get("uri")
    }

    /// What the two of a session wrote to each other about it, as far as the reader may and wants to see it; newest
    /// first, older than `before`.
    package func messages(
        in session: Session, for reader: ActorID, before: PostID? = nil, limit: Int
    ) async throws -> [StoredMessage] {
        try await rows(
            """
            select \(Post.columns),
                exists (select from session_messages told where told.post_id = posts.id) as is_told
            from posts
            where context = \(session.uri) and id < coalesce(\(before), 9223372036854775807)
                and \(SQL.isVisible(to: .actor(reader))) and \(SQL.isWanted(by: reader))
            order by id desc limit \(limit)
            """
        ).map { StoredMessage(post: try Post($0), isTold: try $0.get("is_told")) }
    }

    /// Whether a post answers what somebody else wrote themself in the context of a session.
    package func answersMessage(_ post: Post) async throws -> Bool {
        try await row(
            """
            select from posts
            where id = \(post.replyTo) and author_id <> \(post.author) and context is not null
                and not exists (select from session_messages told where told.post_id = posts.id)
                and not exists (select from told_times told where told.post_id = posts.id)
            """) != nil
    }
}
