package import Foundation
package import Mentoring
package import PostgreSQL
package import Wire

/// An answer that somebody gave, to be used again.
package struct GivenAnswer: Sendable {
    package let question: String
    package let text: String
    package let at: Date
}

extension Queryable {
    /// Keeps what was answered, behind what was answered before.
    package func insert(_ answers: [IntakeAnswer], of session: UUID) async throws {
        guard !answers.isEmpty else { return }
        try await submit(
            """
            insert into session_answers (session_id, position, question, answer)
            select \(session)::uuid, position
                + (select coalesce(max(position), 0) from session_answers where session_id = \(session)::uuid),
                question, answer
            from unnest(\(answers.map(\.question))::text[], \(answers.map(\.text))::text[]) with ordinality
                as given (question, answer, position)
            """)
    }

    /// In the order of the questions.
    package func answers(of session: UUID) async throws -> [IntakeAnswer] {
        try await rows(
            "select question, answer from session_answers where session_id = \(session) order by position"
        ).map { IntakeAnswer(question: try $0.get("question"), text: try $0.get("answer")) }
    }

    /// What somebody answered to each question when they were last asked it; the latest first. Their last 500 sessions
    /// are looked through.
    package func latestAnswers(by mentee: ActorID, limit: Int) async throws -> [GivenAnswer] {
        try await rows(
            """
            select question, answer, requested_at from (
                select distinct on (question) question, answer, requested_at, number
                from (select id, number, requested_at from sessions where mentee_id = \(mentee)
                    order by number desc limit 500) asked
                    join session_answers on session_id = asked.id
                where answer is not null
                order by question, number desc) latest
            order by number desc, question limit \(limit)
            """
        ).map {
            GivenAnswer(question: try $0.get("question"), text: try $0.get("answer"), at: try $0.get("requested_at"))
        }
    }
}
