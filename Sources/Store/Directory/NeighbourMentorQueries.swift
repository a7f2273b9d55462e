package import Foundation
package import PostgreSQL
import Social
package import Wire

/// A mentor as the directory of another community lists them.
package struct ListedMentor: Hashable, Sendable {
    package let uri: URI
    /// When they last changed; nil where it does not say.
    package let updatedAt: Date?

    package init(uri: URI, updatedAt: Date?) {
        self.uri = uri
        self.updatedAt = updatedAt
    }
}

/// A mentor whose own document is to be fetched.
package struct MentorToFetch: Sendable {
    package let uri: URI
    /// By which it is told whether it is wished for once more.
    package let wish: String
}

extension Queryable {
    /// Keeps that a community added or changed a mentor, to be fetched at their own address.
    ///
    /// - Parameter limit: mentors of one community that are kept; false beyond.
    package func list(
        _ mentor: URI, of neighbour: ActorID, revision: Int?, limit: Int
    ) async throws -> Bool {
        try await execute(
            """
            insert into neighbour_mentors (neighbour_id, uri, revision)
            select \(neighbour)::bigint, \(mentor)::text, \(revision)::bigint
            where exists (select from neighbour_mentors where neighbour_id = \(neighbour) and uri = \(mentor))
                or (select count(*) from neighbour_mentors where neighbour_id = \(neighbour)) < \(limit)
            on conflict (neighbour_id, uri) do update set is_listed = true, revision = excluded.revision,
                fetch_at = now(), tries = 0
            where neighbour_mentors.revision is null or excluded.revision is null
                or neighbour_mentors.revision < excluded.revision
            """) == 1
    }

    /// Keeps that a community took a mentor out; false where it never had them, or has them again since.
    package func unlist(_ mentor: URI, of neighbour: ActorID, revision: Int?) async throws -> Bool {
        try await execute(
            """
            update neighbour_mentors set is_listed = false, revision = \(revision)::bigint, fetch_at = null
            where neighbour_id = \(neighbour) and uri = \(mentor)
                and (revision is null or \(revision)::bigint is null or revision < \(revision)::bigint)
            """) == 1
    }

    package func isListed(_ mentor: URI) async throws -> Bool {
        try await row("select from neighbour_mentors where uri = \(mentor) and is_listed limit 1") != nil
    }

    /// Takes a whole directory over, as it was at a revision: what was told of later changes stands.
    ///
    /// - Parameters:
    ///   - revision: nil where its server counts none.
    ///   - restarts: whether it counts anew.
    /// - Returns: those who are in it no more.
    package func takeDirectory(
        _ mentors: [ListedMentor], of neighbour: ActorID, revision: Int?, restarts: Bool
    ) async throws -> [URI] {
        if restarts || revision == nil {
            _ = try await execute("update neighbour_mentors set revision = null where neighbour_id = \(neighbour)")
        }
        _ = try await execute(
            """
            insert into neighbour_mentors (neighbour_id, uri, told_at)
            select \(neighbour)::bigint, uri, told_at
            from unnest(\(mentors.map(\.uri.string))::text[], \(mentors.map(\.updatedAt))::timestamptz[])
                as listed (uri, told_at)
            on conflict (neighbour_id, uri) do update set
                fetch_at = case when neighbour_mentors.is_listed and excluded.told_at is not null
                    and neighbour_mentors.told_at = excluded.told_at then neighbour_mentors.fetch_at else now() end,
                tries = case when neighbour_mentors.told_at = excluded.told_at then neighbour_mentors.tries else 0 end,
                is_listed = true, told_at = excluded.told_at
            where neighbour_mentors.revision is null or neighbour_mentors.revision <= \(revision)::bigint
            """)
        let gone = try await rows(
            """
            delete from neighbour_mentors
            where neighbour_id = \(neighbour) and (revision is null or revision <= \(revision)::bigint)
                and not uri = any(\(mentors.map(\.uri.string))::text[])
            returning uri
            """)
        return try gone.map { try $0.get("uri") }
    }

    /// Adds what was read of a directory that has no end, or is too large: nobody is thereby taken out.
    package func takeBeginning(_ mentors: [ListedMentor], of neighbour: ActorID) async throws {
        _ = try await execute(
            """
            insert into neighbour_mentors (neighbour_id, uri, told_at)
            select \(neighbour)::bigint, uri, told_at
            from unnest(\(mentors.map(\.uri.string))::text[], \(mentors.map(\.updatedAt))::timestamptz[])
                as listed (uri, told_at)
            on conflict (neighbour_id, uri) do nothing
            """)
    }

    /// The mentors of a community whose own documents are to be fetched now, those that wait longest first.
    package func mentorsToFetch(of neighbour: ActorID, limit: Int) async throws -> [MentorToFetch] {
        try await rows(
            """
            select uri, fetch_at::text as wish from neighbour_mentors
            where neighbour_id = \(neighbour) and fetch_at <= now() and is_listed order by fetch_at, uri limit \(limit)
            """
        ).map { MentorToFetch(uri: try $0.get("uri"), wish: try $0.get("wish")) }
    }

    /// Writes that a mentor's document was fetched; what was heard meanwhile has it fetched again.
    package func mentorWasFetched(_ mentor: MentorToFetch, of neighbour: ActorID) async throws {
        _ = try await execute(
            """
            update neighbour_mentors set fetch_at = null, tries = 0
            where neighbour_id = \(neighbour) and uri = \(mentor.uri) and fetch_at::text = \(mentor.wish)
            """)
    }

    /// Writes that a mentor's document could not be had. It is asked for again after minutes, then hours, at most a day.
    package func mentorFailed(_ mentor: URI, of neighbour: ActorID) async throws {
        _ = try await execute(
            """
            update neighbour_mentors set tries = least(tries + 1, 1000),
                fetch_at = now() + least(120 * power(2, least(tries, 12)), 86400) * interval '1 second'
            where neighbour_id = \(neighbour) and uri = \(mentor)
            """)
    }

    /// All whom a community has listed here.
    package func mentors(of neighbour: ActorID) async throws -> [URI] {
        try await rows("select uri from neighbour_mentors where neighbour_id = \(neighbour) and is_listed").map {
            try $0.get("uri")
        }
    }

    /// Takes the profiles of mentors elsewhere out of what people here search, but of those whom somebody here follows
    /// or has or had a session with, and those whom a directory still lists. Whoever asks for one of the others fetches
    /// them anew.
    package func forgetProfiles(of mentors: [URI]) async throws {
        guard !mentors.isEmpty else { return }
        _ = try await execute(
            """
            with strangers as (
                select id from actors
                where uri = any(\(mentors.map(\.string))::text[]) and domain is not null and \(SQL.isStranger)),
            profiles as (delete from mentor_profiles where actor_id in (select id from strangers))
            update actors set fetched_at = null where id in (select id from strangers)
            """)
    }

    /// The same for mentors of whom nothing is heard, because they were only looked at once.
    package func forgetStrangers(fetchedBefore time: Date) async throws {
        _ = try await execute(
            """
            with strangers as (
                select id from actors join mentor_profiles on actor_id = id
                where domain is not null and (fetched_at is null or fetched_at < \(time)) and \(SQL.isStranger)),
            profiles as (delete from mentor_profiles where actor_id in (select id from strangers))
            update actors set fetched_at = null where id in (select id from strangers)
            """)
    }
}

extension SQL {
    /// Whether nobody would tell this community what becomes of the actor of a row.
    fileprivate static let isStranger: SQL = """
        (not exists (select from neighbour_mentors where neighbour_mentors.uri = actors.uri and is_listed)
            and not exists (select from follows join accounts on accounts.actor_id = follower_id
                where followed_id = actors.id)
            and not exists (select from sessions where mentor_id = actors.id or mentee_id = actors.id))
        """
}
