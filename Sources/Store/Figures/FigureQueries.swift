package import Foundation
package import Mentoring
package import PostgreSQL
import Social
package import Wire

extension Queryable {
    /// What somebody's sessions in a role come to. Counted anew whenever it is asked for, in one statement: nothing
    /// that is kept can be wrong.
    package func figures(of person: ActorID, as role: Role, at now: Date) async throws -> Figures {
        let side: SQL = role == .mentor ? "mentor_id = \(person)" : "mentee_id = \(person)"
        return try await figures(
            of: side, cancelledBy: "ended_by = \(role)", noShows: "person_id = \(person) and role = \(role)",
            reviews: "subject_id = \(person) and role = \(role.other)", leastRatings: 1, at: now)
    }

    /// What all sessions come to of which this community knows.
    package func figures(at now: Date) async throws -> Figures {
        try await figures(
            of: "true", cancelledBy: "ended_by in ('mentee', 'mentor')", noShows: "true",
            reviews: "role = 'mentee'", leastRatings: RatingSummary.least, at: now)
    }

    private func figures(
        of side: SQL, cancelledBy: SQL, noShows: SQL, reviews: SQL, leastRatings: Int, at now: Date
    ) async throws -> Figures {
        let found = try await row(
            """
            select counts.*, answers.*, missed.*, ratings.*
            from (
                select count(*) as asked,
                    count(*) filter (where agreement_activity is not null) as agreed,
                    count(*) filter (where status = 'completed') as completed,
                    count(*) filter (where status = 'no_show') as no_shows,
                    count(*) filter (where status = 'cancelled' and agreement_activity is not null) as cancelled,
                    count(*) filter (where ended_late and \(cancelledBy)) as late_cancels,
                    coalesce(sum(coalesce(\(Session.minutesMet), minutes)) filter (where status = 'completed'), 0)
                        as minutes
                from sessions where \(side)) counts
            cross join (
                select count(*) as answered,
                    ceil(percentile_disc(0.5) within group (
                        order by greatest(0, extract(epoch from first_at - requested_at)))
                        / 60)::bigint as usual_minutes
                from (
                    select requested_at, (select min(at) from session_events
                        where session_id = sessions.id and role = 'mentor'
                            and kind in ('accepted', 'declined', 'proposed', 'inquired')) as first_at
                    from sessions where \(side)) asks
                where first_at is not null) answers
            cross join (select count(*) as missed_sessions from no_shows where \(noShows) and stands_from <= \(now)) missed
            cross join (
                select count(*) as ratings, coalesce(sum(overall), 0) as stars
                from reviews join sessions on sessions.id = session_id
                where \(reviews) and revealed_at is not null and status = 'completed') ratings
            """)
        guard let found else { throw StoreError.nothingReturned }
        var figures = Figures()
        figures.asked = try found.get("asked")
        figures.agreed = try found.get("agreed")
        figures.completed = try found.get("completed")
        figures.noShows = try found.get("no_shows")
        figures.cancelled = try found.get("cancelled")
        figures.lateCancels = try found.get("late_cancels")
        figures.minutes = try found.get("minutes")
        figures.answered = try found.get("answered")
        figures.usualAnswerMinutes = try found.get("usual_minutes")
        figures.missed = try found.get("missed_sessions")
        figures.ratings = RatingSummary(
            count: try found.get("ratings"), total: try found.get("stars"), least: leastRatings)
        return figures
    }
}
