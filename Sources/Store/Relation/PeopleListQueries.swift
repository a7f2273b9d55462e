package import PostgreSQL
import Social
package import Wire

// Lists of people with the positions by which their pages go on.

extension Queryable {
    package func followRequests(to account: ActorID, _ page: Page) async throws -> [(position: Int64, actor: ActorID)] {
        try await people(
            """
            select id as position, follower_id as actor from follows
            where followed_id = \(account) and state = 'pending' and \(page.holds("id"))
            """, page)
    }

    package func pendingFollowCount(of account: ActorID) async throws -> Int {
        try await row("select count(*) as n from follows where followed_id = \(account) and state = 'pending'")
            .map { try $0.get("n") } ?? 0
    }

    package func blocked(by account: ActorID, _ page: Page) async throws -> [(position: Int64, actor: ActorID)] {
        try await people(
            """
            select id as position, blocked_id as actor from blocks
            where blocker_id = \(account) and \(page.holds("id"))
            """,
            page)
    }

    package func muted(by account: ActorID, _ page: Page) async throws -> [(position: Int64, actor: ActorID)] {
        try await people(
            """
            select id as position, muted_id as actor from mutes
            where muter_id = \(account) and (ends_at is null or ends_at > now()) and \(page.holds("id"))
            """, page)
    }

    /// Those whom a reader follows and who follow somebody whose followers are no secret.
    package func familiarFollowers(of actor: ActorID, for reader: ActorID, limit: Int) async throws -> [ActorID] {
        try await rows(
            """
            select f.follower_id from follows f
                join follows mine on mine.followed_id = f.follower_id and mine.follower_id = \(reader)
                    and mine.state = 'accepted'
            where f.followed_id = \(actor) and f.state = 'accepted'
                and not exists (select from actors where id = \(actor) and hides_collections)
            order by f.id desc limit \(limit)
            """
        ).map { try $0.get("follower_id") }
    }

    package func endorsed(by account: ActorID, limit: Int) async throws -> [ActorID] {
        try await rows(
            "select endorsed_id from endorsements where account_id = \(account) order by id desc limit \(limit)"
        )
            .map { try $0.get("endorsed_id") }
    }

    private func people(_ query: SQL, _ page: Page) async throws -> [(position: Int64, actor: ActorID)] {
        page.newestFirst(
            try await rows("\(query) \(page.end(by: "id"))").map { (try $0.get("position"), try $0.get("actor")) })
    }
}
