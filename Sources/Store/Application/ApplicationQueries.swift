import Foundation
package import Mentoring
package import PostgreSQL
import Social
package import Wire

extension Queryable {
    /// nil when one of theirs waits already.
    package func insertApplication(_ text: String, of applicant: ActorID) async throws -> MentorApplication? {
        try await row(
            """
            insert into mentor_applications (actor_id, text) values (\(applicant), \(text))
            on conflict (actor_id) where decided_at is null do nothing returning \(MentorApplication.columns)
            """
        ).map(MentorApplication.init)
    }

    package func latestApplication(of applicant: ActorID) async throws -> MentorApplication? {
        try await row(
            """
            select \(MentorApplication.columns) from mentor_applications where actor_id = \(applicant)
            order by id desc limit 1
            """
        ).map(MentorApplication.init)
    }

    /// For whoever is going to answer it: nobody else does until this transaction ends.
    package func lockApplication(_ id: Int64) async throws -> MentorApplication? {
        try await row("select \(MentorApplication.columns) from mentor_applications where id = \(id) for update")
            .map(MentorApplication.init)
    }

    /// The latest first, older than `before`.
    package func applications(
        in state: MentorApplication.State?, before: Int64? = nil, limit: Int
    ) async throws -> [MentorApplication] {
        try await rows(
            """
            select \(MentorApplication.columns) from mentor_applications
            where id < coalesce(\(before), 9223372036854775807)
                and (\(state?.rawValue)::text is null or \(state?.rawValue) = case when decided_at is null then 'waiting'
                    when refusal is null then 'approved' else 'refused' end)
            order by id desc limit \(limit)
            """
        ).map(MentorApplication.init)
    }

    package func decide(_ application: Int64, _ decision: MentorApplication.Decision) async throws {
        _ = try await execute(
            """
            update mentor_applications
            set decided_at = \(decision.at), refusal = \(decision.refusal), decider_id = \(decision.by)
            where id = \(application)
            """)
    }

    /// People of this community who have a profile that waits for the community's yes.
    package func mentorsNotAdmitted() async throws -> [ActorID] {
        try await rows("select actor_id from mentor_profiles where not is_admitted order by actor_id")
            .map { try $0.get("actor_id") }
    }
}

extension MentorApplication {
    fileprivate static let columns: SQL = "id, actor_id, text, created_at, decided_at, refusal, decider_id"

    fileprivate init(_ row: Row) throws {
        let refusal: String? = try row.get("refusal")
        let by: ActorID? = try row.get("decider_id")
        self.init(
            id: try row.get("id"), applicant: try row.get("actor_id"), text: try row.get("text"),
            appliedAt: try row.get("created_at"),
            decision: try (row.get("decided_at") as Date?).map { Decision(refusal: refusal, at: $0, by: by) })
    }
}
