package import PostgreSQL
package import Social
package import Wire

/// A post with the place that it has in somebody's list.
package struct KeptPost: Sendable {
    package let position: Int64
    package let post: Post
}

extension Queryable {
    package func insertBookmark(_ post: PostID, by account: ActorID) async throws {
        _ = try await execute(
            "insert into bookmarks (account_id, post_id) values (\(account), \(post)) on conflict do nothing")
    }

    package func deleteBookmark(_ post: PostID, by account: ActorID) async throws {
        _ = try await execute("delete from bookmarks where account_id = \(account) and post_id = \(post)")
    }

    package func bookmarks(of account: ActorID, _ page: Page) async throws -> [KeptPost] {
        page.newestFirst(
            try await rows(
                """
                select bookmarks.id as position, \(Post.columns)
                from bookmarks join posts on posts.id = bookmarks.post_id
                where account_id = \(account) and \(page.holds("bookmarks.id"))
                    and \(SQL.isVisible(to: .actor(account)))
                \(page.end(by: "bookmarks.id"))
                """
            ).map(KeptPost.init))
    }

    package func likedPosts(of account: ActorID, _ page: Page) async throws -> [KeptPost] {
        page.newestFirst(
            try await rows(
                """
                select likes.id as position, \(Post.columns) from likes join posts on posts.id = likes.post_id
                where actor_id = \(account) and \(page.holds("likes.id")) and \(SQL.isVisible(to: .actor(account)))
                \(page.end(by: "likes.id"))
                """
            ).map(KeptPost.init))
    }

    package func muteThread(_ thread: PostID, by account: ActorID) async throws {
        _ = try await execute(
            "insert into thread_mutes (account_id, thread_id) values (\(account), \(thread)) on conflict do nothing")
    }

    package func unmuteThread(_ thread: PostID, by account: ActorID) async throws {
        _ = try await execute("delete from thread_mutes where account_id = \(account) and thread_id = \(thread)")
    }
}

extension KeptPost {
    fileprivate init(_ row: Row) throws {
        position = try row.get("position")
        post = try Post(row)
    }
}
