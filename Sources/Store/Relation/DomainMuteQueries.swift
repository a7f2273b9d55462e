package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// A person wants to hear and see nothing of a domain.
    ///
    /// - Parameter domain: as it stands in handles, with a port where those have one.
    package func insertDomainMute(of domain: String, by account: ActorID) async throws {
        _ = try await execute(
            "insert into domain_mutes (account_id, domain) values (\(account), \(domain)) on conflict do nothing")
    }

    package func deleteDomainMute(of domain: String, by account: ActorID) async throws {
        _ = try await execute("delete from domain_mutes where account_id = \(account) and domain = \(domain)")
    }

    /// With the positions by which pages go on.
    package func mutedDomains(by account: ActorID, _ page: Page) async throws -> [(position: Int64, domain: String)] {
        page.newestFirst(
            try await rows(
                """
                select id, domain from domain_mutes where account_id = \(account) and \(page.holds("id"))
                \(page.end(by: "id"))
                """
            ).map { (try $0.get("id"), try $0.get("domain")) })
    }

    /// Those at a domain who follow a person, and those there whom the person follows or has asked to.
    package func ties(of account: ActorID, to domain: String) async throws -> (followers: [Actor], followed: [Actor]) {
        let followers = try await rows(
            """
            select \(Actor.columns) from actors join follows on follower_id = actors.id
            where followed_id = \(account) and actors.domain = \(domain) order by actors.id
            """)
        let followed = try await rows(
            """
            select \(Actor.columns) from actors join follows on followed_id = actors.id
            where follower_id = \(account) and actors.domain = \(domain) order by actors.id
            """)
        return (try followers.map { try Actor($0) }, try followed.map { try Actor($0) })
    }
}
