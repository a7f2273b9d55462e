package import Foundation
package import PostgreSQL
import Social
package import Wire

/// A hashtag with which somebody says what they write about.
package struct FeaturedTag: Sendable {
    package let id: Int64
    package let name: String
    /// Their public posts with it, and the last of them.
    package let posts: Int
    package let lastPostAt: Date?

    package init(id: Int64, name: String, posts: Int, lastPostAt: Date?) {
        self.id = id
        self.name = name
        self.posts = posts
        self.lastPostAt = lastPostAt
    }
}

extension Queryable {
    package func featuredTags(of account: ActorID) async throws -> [FeaturedTag] {
        try await rows(
            """
            select featured_tags.id, featured_tags.name, used.posts, used.last_post_at
            from featured_tags, lateral (
                select count(*) as posts, max(published_at) as last_post_at
                from post_tags join posts on posts.id = post_tags.post_id
                where post_tags.name = featured_tags.name and author_id = \(account)
                    and visibility in ('public', 'unlisted')
            ) used
            where account_id = \(account) order by used.posts desc, featured_tags.id
            """
        ).map {
            FeaturedTag(
                id: try $0.get("id"), name: try $0.get("name"), posts: try $0.get("posts"),
                lastPostAt: try $0.get("last_post_at"))
        }
    }

    /// Nothing happens where the person has it already.
    package func insertFeaturedTag(_ name: String, of account: ActorID) async throws {
        _ = try await execute(
            "insert into featured_tags (account_id, name) values (\(account), \(name)) on conflict do nothing")
    }

    /// False when it is none of theirs.
    package func deleteFeaturedTag(_ id: Int64, of account: ActorID) async throws -> Bool {
        try await execute("delete from featured_tags where id = \(id) and account_id = \(account)") == 1
    }

    /// The tags that a person used most of late and does not feature.
    package func usedTags(by account: ActorID, limit: Int) async throws -> [String] {
        try await rows(
            """
            select name from (
                select id from posts where author_id = \(account) and visibility in ('public', 'unlisted')
                order by id desc limit 200
            ) latest join post_tags on post_tags.post_id = latest.id
            where not exists (
                select from featured_tags where account_id = \(account) and featured_tags.name = post_tags.name)
            group by name order by count(*) desc, name limit \(limit)
            """
        ).map { try $0.get("name") }
    }
}
