package import PostgreSQL
import Social
package import Wire

/// How large this community is.
package struct CommunityFigures: Sendable {
    package let people: Int
    package let posts: Int
    package let hosts: Int
}

extension Queryable {
    package func communityFigures() async throws -> CommunityFigures {
        let found = try await row(
            """
            select (select count(*) from accounts) as people,
                (select count(*) from posts
                    where author_id in (select actor_id from accounts) and visibility <> 'direct') as posts,
                (select count(*) from hosts) as hosts
            """)
        guard let found else { throw StoreError.nothingReturned }
        return CommunityFigures(
            people: try found.get("people"), posts: try found.get("posts"), hosts: try found.get("hosts"))
    }

    package func firstAdministrator() async throws -> ActorID? {
        try await row("select actor_id from accounts where role = 'administrator' order by actor_id limit 1")
            .map { try $0.get("actor_id") }
    }

    /// Other servers with which this community may have to do, in the order of their names.
    package func knownHosts(limit: Int) async throws -> [String] {
        try await rows(
            "select host from hosts where judge_domain(host, 'open') = 'open' order by host limit \(limit)"
        ).map { try $0.get("host") }
    }
}
