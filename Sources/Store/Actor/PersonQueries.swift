package import Foundation
package import PostgreSQL
package import Social
package import Wire

/// An actor with everything that a profile shows.
package struct Person: Sendable {
    package let actor: Actor
    package let profile: ActorProfile
    package let followers: Int
    package let following: Int
    /// Posts and boosts that not only those may read whom they name.
    package let posts: Int
    package let lastPostAt: Date?
    package let hidesCollections: Bool
    /// Of people of this community.
    package let role: Account.Role?
    /// Whether a mentor profile is published.
    package let isMentor: Bool
    /// Whether people of the actor's server are limited here.
    package let isLimited: Bool
}

extension Queryable {
    /// People by their numbers.
    package func people(_ ids: some Sequence<ActorID> & Sendable) async throws -> [ActorID: Person] {
        let ids = ids.map(\.rawValue)
        guard !ids.isEmpty else { return [:] }
        let people = try await rows(
            "select \(Person.columns) from \(Person.source) where actors.id = any(\(ids)::bigint[])"
        ).map(Person.init)
        return Dictionary(people.map { ($0.actor.id, $0) }) { first, _ in first }
    }

    package func person(_ id: ActorID) async throws -> Person? {
        try await row("select \(Person.columns) from \(Person.source) where actors.id = \(id)").map(Person.init)
    }
}

extension Person {
    static let source: SQL = "actors left join accounts on accounts.actor_id = actors.id"

    static let columns: SQL = """
        \(Actor.columns), icon, header, fields, is_indexable, also_known_as, is_memorial, outbox_uri, following_uri,
        featured_uri, hides_collections, accounts.role,
        (select count(*) from follows where followed_id = actors.id and state = 'accepted') as followers,
        (select count(*) from follows where follower_id = actors.id and state = 'accepted') as following,
        (select count(*) from posts where author_id = actors.id and visibility <> 'direct') as posts,
        (select published_at from posts where author_id = actors.id order by posts.id desc limit 1) as last_post_at,
        exists (select from mentor_profiles where mentor_profiles.actor_id = actors.id and is_published) as is_mentor,
        \(SQL.isOfLimitedHost) as is_limited
        """

    init(_ row: Row) throws {
        self.init(
            actor: try Actor(row), profile: try ActorProfile(row), followers: try row.get("followers"),
            following: try row.get("following"), posts: try row.get("posts"), lastPostAt: try row.get("last_post_at"),
            hidesCollections: try row.get("hides_collections"), role: try row.get("role"),
            isMentor: try row.get("is_mentor"), isLimited: try row.get("is_limited"))
    }
}
