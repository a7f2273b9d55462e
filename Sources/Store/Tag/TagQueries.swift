package import PostgreSQL
import Social
package import Wire

extension Queryable {
    package func insertFollowedTag(_ name: String, by account: ActorID) async throws {
        _ = try await execute(
            "insert into followed_tags (account_id, name) values (\(account), \(name)) on conflict do nothing")
    }

    package func deleteFollowedTag(_ name: String, by account: ActorID) async throws {
        _ = try await execute("delete from followed_tags where account_id = \(account) and name = \(name)")
    }

    package func followsTag(_ name: String, _ account: ActorID) async throws -> Bool {
        try await row("select from followed_tags where account_id = \(account) and name = \(name)") != nil
    }

    package func followedTags(among names: [String], by account: ActorID) async throws -> Set<String> {
        Set(
            try await rows(
                "select name from followed_tags where account_id = \(account) and name = any(\(names)::text[])"
            ).map { try $0.get("name") })
    }

    /// With the positions by which pages go on.
    package func followedTags(by account: ActorID, _ page: Page) async throws -> [(position: Int64, name: String)] {
        page.newestFirst(
            try await rows(
                """
                select id, name from followed_tags where account_id = \(account) and \(page.holds("id"))
                \(page.end(by: "id"))
                """
            ).map { (try $0.get("id"), try $0.get("name")) })
    }
}
