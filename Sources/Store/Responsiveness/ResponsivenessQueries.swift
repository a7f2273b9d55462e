package import Foundation
package import Mentoring
package import PostgreSQL
import Social
package import Wire

/// What a mentor's answers are judged by.
package struct MentorRecord: Sendable {
    package var asks: [Responsiveness.Ask] = []
    /// When the mentor last did something about a session.
    package var lastDeed: Date?

    package func responsiveness(at now: Date) -> Responsiveness? {
        Responsiveness(asks, lastDeed: lastDeed, now: now)
    }
}

extension Queryable {
    /// The latest asks of each mentor, as far as they count. Those without any are left out.
    package func records(of mentors: [ActorID], at now: Date) async throws -> [ActorID: MentorRecord] {
        guard !mentors.isEmpty else { return [:] }
        let since = now.addingTimeInterval(-Responsiveness.memory)
        let found = try await rows(
            """
            select mentor.id, asks.requested_at, deeds.first_at, deeds.last_at,
                asks.status = 'expired' or (asks.status = 'pending' and asks.answer_by <= \(now)) as is_missed
            from unnest(\(mentors.map(\.rawValue))::bigint[]) as mentor (id)
                cross join lateral (
                    select id, requested_at, status, answer_by from sessions
                    where mentor_id = mentor.id
                        -- A series is asked for and answered as one.
                        and not exists (select from series_dates where session_id = sessions.id and position > 1)
                    order by number desc limit 200) asks
                cross join lateral (
                    select min(at) filter (where kind in ('accepted', 'declined', 'proposed')) as first_at,
                        max(at) as last_at
                    from session_events where session_id = asks.id and role = 'mentor') deeds
            where asks.requested_at > \(since)
            """)
        var records: [ActorID: MentorRecord] = [:]
        for row in found {
            var record = records[try row.get("id")] ?? MentorRecord()
            record.asks.append(
                Responsiveness.Ask(
                    askedAt: try row.get("requested_at"), answeredAt: try row.get("first_at"),
                    isMissed: try row.get("is_missed")))
            record.lastDeed = [record.lastDeed, try row.get("last_at")].compactMap(\.self).max()
            records[try row.get("id")] = record
        }
        return records
    }

    package func setStandings(_ standings: [ActorID: Standing]) async throws {
        _ = try await execute(
            """
            update mentor_profiles set standing = given.standing
            from unnest(\(standings.keys.map(\.rawValue))::bigint[], \(standings.values.map(\.rawValue))::integer[])
                as given (id, standing)
            where actor_id = given.id and mentor_profiles.standing <> given.standing
            """)
    }

    /// Mentors in the order of their ids, to go through them all.
    package func mentorIDs(after: ActorID?, limit: Int) async throws -> [ActorID] {
        try await rows(
            """
            select actor_id from mentor_profiles where actor_id > \(after ?? ActorID(rawValue: 0))
            order by actor_id limit \(limit)
            """
        ).map { try $0.get("actor_id") }
    }

    /// How many requests in a row a mentor let expire: since they last did anything about a session or came back, and
    /// only those in which it was their turn.
    package func expiriesInARow(of mentor: ActorID) async throws -> Int {
        try await row(
            """
            select count(distinct coalesce(series_id, id)) as n
            from sessions left join series_dates on session_id = id
            where mentor_id = \(mentor) and status = 'expired'
                and not exists (select from session_events
                    where session_id = sessions.id and role = 'mentor' and at >= revised_at)
                and ended_at > greatest(
                    (select woken_at from mentor_profiles where actor_id = \(mentor)),
                    (select max(at) from session_events
                        where role = 'mentor' and session_id in (
                            select id from sessions where mentor_id = \(mentor) order by number desc limit 200)),
                    '-infinity'::timestamptz)
            """
        )?.get("n") ?? 0
    }

    /// What a mentor missed before counts no more.
    package func markAwake(_ mentor: ActorID, at now: Date) async throws {
        _ = try await execute("update mentor_profiles set woken_at = \(now) where actor_id = \(mentor)")
    }
}
