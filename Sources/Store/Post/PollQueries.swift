package import Foundation
package import PostgreSQL
import Social
package import Wire

extension Queryable {
    func insert(_ poll: Poll, of post: PostID) async throws {
        _ = try await execute(
            """
            insert into polls (post_id, is_multiple, ends_at, closed_at, voters)
            values (\(post), \(poll.isMultiple), \(poll.endsAt), \(poll.closedAt), \(poll.voters))
            """)
        _ = try await execute(
            """
            insert into poll_options (post_id, position, title, votes)
            select \(post), position - 1, title, votes
            from unnest(\(poll.options.map(\.title))::text[], \(poll.options.map(\.votes))::int[]) with ordinality
                as given (title, votes, position)
            """)
    }

    /// Takes over counts and end; other options make it another poll.
    func update(_ before: Poll?, to after: Poll?, of post: PostID) async throws {
        if let before, let after, before.options.map(\.title) == after.options.map(\.title),
            before.isMultiple == after.isMultiple
        {
            _ = try await execute(
                """
                update polls set ends_at = \(after.endsAt), closed_at = \(after.closedAt), voters = \(after.voters)
                where post_id = \(post)
                """)
            _ = try await execute(
                """
                update poll_options set votes = given.votes
                from unnest(\(after.options.map(\.votes))::int[]) with ordinality as given (votes, place)
                where post_id = \(post) and position = place - 1
                """)
            return
        }
        _ = try await execute("delete from polls where post_id = \(post)")
        if let after { try await insert(after, of: post) }
    }

    /// Locks the poll, so that votes are counted one after the other.
    package func lockPoll(of post: PostID) async throws {
        _ = try await row("select from polls where post_id = \(post) for update")
    }

    package func choices(of voter: ActorID, in post: PostID) async throws -> Set<Int> {
        Set(
            try await rows("select position from poll_votes where post_id = \(post) and voter_id = \(voter)").map {
                try $0.get("position")
            })
    }

    /// Writes votes and counts them; of a poll elsewhere until its own server tells other numbers.
    package func insertVotes(
        _ choices: Set<Int>, by voter: ActorID, in post: PostID, uri: URI?
    ) async throws {
        let isFirst = try await self.choices(of: voter, in: post).isEmpty
        _ = try await execute(
            """
            insert into poll_votes (post_id, position, voter_id, uri)
            select \(post), unnest(\(choices.sorted())::int[]), \(voter), \(uri) on conflict do nothing
            """)
        _ = try await execute(
            """
            update poll_options set votes = votes + 1
            where post_id = \(post) and position = any(\(choices.sorted())::int[])
            """)
        if isFirst { _ = try await execute("update polls set voters = voters + 1 where post_id = \(post)") }
    }

    package func closePoll(of post: PostID, at now: Date) async throws {
        _ = try await execute("update polls set closed_at = \(now) where post_id = \(post) and closed_at is null")
    }

    /// Everybody who voted.
    package func voters(in post: PostID) async throws -> [ActorID] {
        try await rows("select distinct voter_id from poll_votes where post_id = \(post) order by 1").map {
            try $0.get("voter_id")
        }
    }
}
