package import Foundation
package import PostgreSQL
package import Social
package import Wire

/// A mentor of ours as the directory lists them.
package struct DirectoryEntry: Sendable {
    package let number: Int64
    package let uri: URI
    package let updatedAt: Date
}

extension Queryable {
    /// Puts a mentor of ours into the directory, or takes them out, as their profile is now.
    ///
    /// - Returns: whether they were in it and whether they are.
    package func enterInDirectory(_ actor: ActorID) async throws -> (before: Bool, now: Bool) {
        let row = try await row(
            """
            select exists (select from directory_entries where actor_id = \(actor)) as was,
                exists (select from mentor_profiles join actors on actors.id = actor_id
                    where actor_id = \(actor) and is_published and domain is null and kind = 'Person'
                        and gone_at is null and moved_to_id is null) as belongs
            """)
        guard let row else { throw StoreError.nothingReturned }
        let (was, belongs): (Bool, Bool) = try (row.get("was"), row.get("belongs"))
        if belongs, !was {
            _ = try await execute(
                "insert into directory_entries (actor_id) values (\(actor)) on conflict do nothing")
        } else if was, !belongs {
            _ = try await leaveDirectory(actor)
        }
        return (was, belongs)
    }

    /// False when the mentor was not in it.
    package func leaveDirectory(_ actor: ActorID) async throws -> Bool {
        try await execute("delete from directory_entries where actor_id = \(actor)") == 1
    }

    /// Counts one more change of our directory; one at a time, until each is committed.
    package func countDirectoryChange() async throws -> Int {
        guard let row = try await row("update directory_revision set revision = revision + 1 returning revision")
        else { throw StoreError.nothingReturned }
        return try row.get("revision")
    }

    /// How many are in our directory, after how many changes.
    package func directoryState() async throws -> (count: Int, revision: Int) {
        let row = try await row(
            "select (select count(*) from directory_entries) as n, (select revision from directory_revision) as revision")
        guard let row else { throw StoreError.nothingReturned }
        return (try row.get("n"), try row.get("revision"))
    }

    /// Those who came into it first, after a place of an earlier page.
    package func directoryEntries(after place: Int64, limit: Int) async throws -> [DirectoryEntry] {
        try await rows(
            """
            select number, uri, updated_at from directory_entries join actors on actors.id = actor_id
            where number > \(place) order by number limit \(limit)
            """
        ).map {
            DirectoryEntry(number: try $0.get("number"), uri: try $0.get("uri"), updatedAt: try $0.get("updated_at"))
        }
    }

    /// People elsewhere with whom somebody of ours has or had sessions.
    package func remotePartners(of actor: ActorID) async throws -> [Actor] {
        try await rows(
            """
            select \(Actor.columns) from actors
            where domain is not null and gone_at is null and id in (
                select mentee_id from sessions where mentor_id = \(actor)
                union select mentor_id from sessions where mentee_id = \(actor))
            order by id limit 1000
            """
        ).map(Actor.init)
    }
}
