import PostgreSQL
package import Social
import Wire

/// What a timeline shows at one place: a post, or that somebody passed it on.
package struct FeedEntry: Sendable {
    package let post: Post
    package let boost: Boost?

    package init(post: Post, boost: Boost? = nil) {
        self.post = post
        self.boost = boost
    }

    /// By which it is sorted and named.
    package var id: Int64 { boost?.id ?? post.id.rawValue }
}

extension FeedEntry {
    static let columns: SQL = """
        \(Post.columns), boosts.id as boost_id, boosts.uri as boost_uri, boosts.actor_id as booster_id,
        boosts.visibility as boost_visibility, boosts.created_at as boosted_at
        """

    init(_ row: Row) throws {
        post = try Post(row)
        guard let id: Int64 = try row.get("boost_id") else {
            boost = nil
            return
        }
        boost = Boost(
            id: id, uri: try row.get("boost_uri"), actor: try row.get("booster_id"), post: post.id,
            visibility: try row.get("boost_visibility"), createdAt: try row.get("boosted_at"))
    }
}
