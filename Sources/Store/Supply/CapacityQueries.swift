package import Foundation
package import PostgreSQL
package import Wire

extension SQL {
    /// Whether a session of a mentor makes its mentee one whom the mentor has at a time: it was agreed, also when it
    /// waits to be moved, and is not over. No session is longer than eight hours.
    static func isOfPresentMentee(at now: SQL) -> SQL {
        """
        (sessions.status in ('pending', 'scheduled') and sessions.starts_at > \(now) - interval '8 hours'
            and (sessions.held_starts_at is not null or (sessions.status = 'scheduled'
                and sessions.starts_at + make_interval(mins => sessions.minutes) > \(now))))
        """
    }

    /// Whether the mentor of a row of `mentor_profiles` has as many mentees as they can have at once.
    static let isFull: SQL = """
        (mentor_profiles.most_mentees is not null and mentor_profiles.most_mentees <= (
            select count(distinct sessions.mentee_id) from sessions
            where sessions.mentor_id = mentor_profiles.actor_id and \(isOfPresentMentee(at: "now()"))))
        """
}

extension Queryable {
    /// Whether somebody is one of those whom a mentor has at present.
    package func isMentee(_ mentee: ActorID, of mentor: ActorID, at now: Date) async throws -> Bool {
        try await row(
            """
            select from sessions
            where mentor_id = \(mentor) and mentee_id = \(mentee)
                and \(SQL.isOfPresentMentee(at: "\(now)::timestamptz"))
            limit 1
            """) != nil
    }

    /// Whether a mentor of ours can have a session with somebody: one of those whom they have, or one more.
    package func hasRoom(_ mentor: ActorID, for mentee: ActorID, at now: Date) async throws -> Bool {
        try await row(
            """
            select from mentor_profiles cross join lateral (
                select count(distinct mentee_id) as mentees,
                    coalesce(bool_or(mentee_id = \(mentee)), false) as is_mentee
                from sessions
                where mentor_id = \(mentor) and \(SQL.isOfPresentMentee(at: "\(now)::timestamptz"))) present
            where actor_id = \(mentor) and most_mentees <= mentees and not is_mentee
            """) == nil
    }

    /// When the first of the sessions ends by which a mentor has mentees.
    package func nextSessionEnd(of mentor: ActorID, after now: Date) async throws -> Date? {
        try await row(
            """
            select min(starts_at + make_interval(mins => minutes)) as ends_at from sessions
            where mentor_id = \(mentor) and status = 'scheduled' and \(SQL.isOfPresentMentee(at: "\(now)::timestamptz"))
            """
        )?.get("ends_at")
    }

    /// Lets one transaction at a time decide whether somebody may ask once more.
    package func lockAsks(of mentee: ActorID) async throws {
        try await submit("select pg_advisory_xact_lock(hashtextextended('asks ' || \(mentee.rawValue)::bigint, 0))")
    }

    /// How many requests of somebody wait for an answer. The move of what was agreed once is no new request, and all dates
    /// of a series are one.
    package func openAsks(of mentee: ActorID) async throws -> Int {
        try await row(
            """
            select count(distinct coalesce(series_id, id)) as n
            from sessions left join series_dates on session_id = id
            where mentee_id = \(mentee) and status = 'pending' and held_starts_at is null
            """
        ).map { try $0.get("n") } ?? 0
    }
}
