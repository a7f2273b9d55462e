package import Foundation
package import Mentoring
package import PostgreSQL
import Social
package import Wire

/// A no-show with the number to page by.
package struct ListedNoShow: Sendable {
    package let number: Int64
    package let noShow: NoShow
}

extension Queryable {
    /// Keeps what the two of a session say now of who was missing. What a moderator decided stays.
    package func save(_ noShows: [NoShow], of session: UUID) async throws {
        try await submit(
            """
            delete from no_shows where session_id = \(session)
                and role <> all(\(noShows.map(\.role.rawValue))::text[])
            """)
        for noShow in noShows {
            try await submit(
                """
                insert into no_shows (session_id, role, person_id, claimed_at, state, objection, stands_from)
                values (\(session), \(noShow.role), \(noShow.person), \(noShow.claimedAt), \(noShow.state),
                    \(noShow.objection), \(noShow.standsFrom))
                on conflict (session_id, role) do update set state = excluded.state,
                    objection = coalesce(excluded.objection, no_shows.objection), stands_from = excluded.stands_from
                where no_shows.decided_at is null
                    and not (no_shows.state = 'disputed' and excluded.state = 'claimed')
                """)
        }
    }

    /// Those of a session that count by then and of which the person has not been told.
    package func lockUntoldNoShows(of session: UUID, at now: Date) async throws -> [NoShow] {
        try await rows(
            """
            select \(NoShow.columns) from no_shows
            where session_id = \(session) and stands_from <= \(now) and told_at is null order by role for update
            """
        ).map(NoShow.init)
    }

    package func markTold(_ noShow: NoShow, at now: Date) async throws {
        _ = try await execute(
            "update no_shows set told_at = \(now) where session_id = \(noShow.session) and role = \(noShow.role)")
    }

    /// What is said of a person in a role, newest first.
    package func noShows(of person: ActorID, as role: Role, limit: Int) async throws -> [NoShow] {
        try await rows(
            """
            select \(NoShow.columns) from no_shows where person_id = \(person) and role = \(role)
            order by number desc limit \(limit)
            """
        ).map(NoShow.init)
    }

    /// From when on each no-show of a person in a role counts, as far as it does by then.
    package func noShowTimes(of person: ActorID, as role: Role, since: Date, until: Date) async throws -> [Date] {
        try await rows(
            """
            select stands_from from no_shows
            where person_id = \(person) and role = \(role) and stands_from > \(since) and stands_from <= \(until)
            order by stands_from desc limit 200
            """
        ).map { try $0.get("stands_from") }
    }

    /// What people of this community were said to have missed, or objected to, newest first.
    package func noShows(in state: NoShow.State?, before: Int64?, limit: Int) async throws -> [ListedNoShow] {
        try await rows(
            """
            select number, \(NoShow.columns) from no_shows
            where (\(state)::text is null or state = \(state)) and number < coalesce(\(before), 9223372036854775807)
            order by number desc limit \(limit)
            """
        ).map { ListedNoShow(number: try $0.get("number"), noShow: try NoShow($0)) }
    }

    package func lockNoShow(_ number: Int64) async throws -> NoShow? {
        try await row("select \(NoShow.columns) from no_shows where number = \(number) for update").map(NoShow.init)
    }

    /// What a moderator says about a disputed noShow.
    package func decideNoShow(_ number: Int64, counts: Bool, by moderator: ActorID, at now: Date) async throws {
        _ = try await execute(
            """
            update no_shows set state = \(counts ? NoShow.State.upheld : .dismissed),
                stands_from = \(counts ? now : nil), decided_by = \(moderator), decided_at = \(now)
            where number = \(number)
            """)
    }
}

extension NoShow {
    fileprivate static let columns: SQL =
        "session_id, role, person_id, claimed_at, state, objection, stands_from, decided_at"

    fileprivate init(_ row: Row) throws {
        self.init(
            session: try row.get("session_id"), role: try row.get("role"), person: try row.get("person_id"),
            claimedAt: try row.get("claimed_at"), state: try row.get("state"), objection: try row.get("objection"),
            standsFrom: try row.get("stands_from"), decidedAt: try row.get("decided_at"))
    }
}

extension NoShow.State: SQLEncodable, SQLDecodable {}
