package import Mentoring
package import PostgreSQL
package import Wire

/// How long somebody has met others, in one of the two roles.
package struct TimeTogether: Hashable, Sendable {
    /// Completed ones.
    package let sessions: Int
    /// Of how many of them it is known how long they really were.
    package let measured: Int
    package let minutes: Int
}

extension Session {
    /// For how many minutes the two of a row of `sessions` really met, as far as it was told.
    static let minutesMet: SQL = """
        coalesce(
            (select round(extract(epoch from met.ended_at - met.started_at) / 60)::bigint
                from session_workspaces met where met.session_id = sessions.id),
            (mentee_report->>'minutes')::bigint, (mentor_report->>'minutes')::bigint)
        """
}

extension Queryable {
    /// The real time counts where somebody told start and end, else the minutes that were reported, the mentee's first,
    /// else the agreed length.
    package func timeTogether(of actor: ActorID, as role: Role) async throws -> TimeTogether {
        let party: SQL = role == .mentor ? "mentor_id" : "mentee_id"
        let found = try await row(
            """
            select count(*) as sessions, count(known) as measured, coalesce(sum(coalesce(known, minutes)), 0) as minutes
            from (
                select minutes, \(Session.minutesMet) as known from sessions where \(party) = \(actor) and status = 'completed') completed
            """)
        guard let found else { throw StoreError.nothingReturned }
        return TimeTogether(
            sessions: try found.get("sessions"), measured: try found.get("measured"), minutes: try found.get("minutes"))
    }
}
